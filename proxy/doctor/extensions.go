package doctor

import (
	"context"
	"slices"
	"strings"
)

// keeper is an extension, or a library, that keeps or shows texts of statements.
type keeper struct {
	name    string
	message string
	mend    string
}

var keepers = []keeper{
	{"pg_stat_statements", "it keeps the texts of statements: without the literals of queries, but with those of utility statements and of DO blocks",
		"ALTER SYSTEM SET pg_stat_statements.track_utility = off; SELECT pg_reload_conf(); SELECT pg_stat_statements_reset();"},
	{"auto_explain", "it logs plans, with the literals and parameters in their conditions",
		"ALTER SYSTEM SET auto_explain.log_min_duration = -1; SELECT pg_reload_conf();"},
	{"pgaudit", "it logs the texts of statements, and their parameters where pgaudit.log_parameter is on",
		"ALTER SYSTEM SET pgaudit.log = 'ddl, role'; SELECT pg_reload_conf();"},
	{"pg_stat_monitor", "it keeps the texts of statements with their literals",
		"ALTER SYSTEM SET pg_stat_monitor.pgsm_normalized_query = on; SELECT pg_reload_conf();"},
	{"pg_qualstats", "it keeps the constants of conditions",
		"ALTER SYSTEM SET pg_qualstats.track_constants = off; SELECT pg_reload_conf(); SELECT pg_qualstats_reset();"},
	{"pg_store_plans", "it keeps plans, with the literals in their conditions", "take it out of shared_preload_libraries"},
	{"pg_show_plans", "it shows the plans of running statements, with the literals in their conditions", "take it out of shared_preload_libraries"},
	{"pg_tracing", "it keeps the texts of statements and the parameters of traces", "ALTER SYSTEM SET pg_tracing.max_parameter_size = 0; SELECT pg_reload_conf();"},
}

// libraries reports loaded libraries that keep texts.
func (e *examination) libraries(ctx context.Context) error {
	var seen int
	var name, setting string
	err := e.each(ctx, "SELECT name, setting FROM pg_catalog.pg_settings WHERE name IN ('shared_preload_libraries', 'session_preload_libraries', 'local_preload_libraries') ORDER BY name",
		nil, []any{&name, &setting}, func() error {
			seen++
			for library := range strings.SplitSeq(setting, ",") {
				library = strings.Trim(library, ` "`)
				library = strings.TrimSuffix(library[strings.LastIndexByte(library, '/')+1:], ".so")
				e.keeper(library, "library "+library, "in "+name)
			}
			return nil
		})
	if seen < 3 && err == nil {
		e.note(Finding{Severity: Information, Kind: "unseen", Object: "loaded libraries", Message: "the control role may not see which libraries the server loads",
			Mend: "GRANT pg_read_all_settings to the control role, and run pgseal doctor again"})
	}
	return err
}

// extensions reports installed ones that keep texts.
func (e *examination) extensions(ctx context.Context) error {
	var name, version string
	return e.each(ctx, "SELECT extname::text, extversion FROM pg_catalog.pg_extension ORDER BY 1", nil, []any{&name, &version}, func() error {
		e.keeper(name, "extension "+name, "version "+version)
		return nil
	})
}

func (e *examination) keeper(name, object, evidence string) {
	i := slices.IndexFunc(keepers, func(k keeper) bool { return k.name == name })
	if i < 0 {
		return
	}
	already := slices.ContainsFunc(e.found, func(f Finding) bool { return f.Kind == "extension" && strings.HasSuffix(f.Object, " "+name) })
	if !already {
		e.note(Finding{Severity: Warning, Kind: "extension", Object: object, Evidence: evidence, Message: keepers[i].message + ". " + fromPgseal, Mend: keepers[i].mend})
	}
}
