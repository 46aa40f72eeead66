package doctor

import (
	"context"
	"slices"
	"strings"
)

// setting is one that somebody has set where it holds from the beginning of a session.
type setting struct {
	name, value string
	where       string // for people: "role app in database shop", "the server"
	reset       string // the statement that takes it away
	everybody   bool   // it holds for every role
}

// roleSettings reports what ALTER ROLE and ALTER DATABASE have set.
func (e *examination) roleSettings(ctx context.Context) error {
	var role, database, text string
	return e.each(ctx, `
SELECT coalesce(r.rolname::text, ''), coalesce(d.datname::text, ''), unnest(s.setconfig)
FROM pg_catalog.pg_db_role_setting s LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
WHERE d.datname = pg_catalog.current_database() OR s.setdatabase = 0 ORDER BY 1, 2, 3`,
		nil, []any{&role, &database, &text}, func() error {
			name, val, _ := strings.Cut(text, "=")
			e.setting(setOn(role, database, strings.ToLower(name), val))
			return nil
		})
}

func setOn(role, database, name, val string) setting {
	s := setting{name: name, value: val, everybody: role == ""}
	switch {
	case role != "" && database != "":
		s.where, s.reset = "role "+role+" in database "+database, "ALTER ROLE "+quoted(role)+" IN DATABASE "+quoted(database)
	case role != "":
		s.where, s.reset = "role "+role, "ALTER ROLE "+quoted(role)
	case database != "":
		s.where, s.reset = "database "+database, "ALTER DATABASE "+quoted(database)
	default:
		s.where, s.reset = "every role", "ALTER ROLE ALL"
	}
	s.reset += " RESET " + quoted(name) + ";"
	return s
}

// serverSettings reports what the server's configuration files have set.
func (e *examination) serverSettings(ctx context.Context) error {
	var name, val string
	return e.each(ctx, `
SELECT name, setting FROM pg_catalog.pg_file_settings
WHERE applied AND setting IS NOT NULL AND name IN ('standard_conforming_strings', 'client_encoding', 'session_replication_role', 'search_path', 'bytea_output') ORDER BY 1`,
		nil, []any{&name, &val}, func() error {
			e.setting(setting{name: name, value: val, where: "the server", everybody: true,
				reset: "ALTER SYSTEM RESET " + name + "; SELECT pg_reload_conf(); and look into postgresql.conf"})
			return nil
		})
}

// setting reports one if it gets in the way.
func (e *examination) setting(s setting) {
	f, ok := logs(s.name, s.value)
	if !ok {
		f, ok = hinders(s)
	}
	if !ok {
		return
	}
	f.Object = s.where
	f.Evidence = s.name + " = " + s.value
	f.Mend = s.reset
	e.note(f)
}

// hinders tells whether a setting blocks statements, or changes what triggers do.
func hinders(s setting) (Finding, bool) {
	f := Finding{Severity: Warning, Kind: "setting"}
	blocked := "statements on protected tables are refused (KP002) in such sessions"
	switch value := strings.ToLower(strings.Trim(s.value, `"' `)); {
	case s.name == "standard_conforming_strings" && slices.Contains([]string{"off", "false", "no", "0"}, value):
		f.Message = "standard_conforming_strings is off: " + blocked
	case s.name == "client_encoding" && !slices.Contains([]string{"utf8", "utf-8", "unicode"}, value):
		f.Message = "client_encoding is not UTF8: " + blocked + ", unless the client asks for UTF8 itself"
		return f, true
	case s.name == "session_replication_role" && value == "replica":
		f.Message = "such sessions fire no ordinary triggers, and foreign keys do not hold in them; the guard's triggers fire all the same, being ENABLE ALWAYS"
		return f, true
	case s.name == "search_path" && mentionsOwnSchema(value):
		f.Message = "search_path names the schema pgseal, so that its tables are found without it: nothing but pgseal itself is to use them"
		return f, true
	case s.name == "bytea_output" && value == "escape":
		f.Severity, f.Message = Information, "values of sealed bytea columns are written as text in hex all the same"
		return f, true
	default:
		return f, false
	}
	if s.everybody {
		f.Severity = Error
	}
	return f, true
}

func mentionsOwnSchema(path string) bool {
	for schema := range strings.SplitSeq(path, ",") {
		if strings.Trim(schema, `"' `) == "pgseal" {
			return true
		}
	}
	return false
}
