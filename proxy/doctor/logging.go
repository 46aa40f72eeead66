package doctor

import (
	"context"
	"slices"
	"strings"
)

// textLoggers are settings with which the server writes texts of statements that succeed, and the value that keeps it from that.
var textLoggers = []struct {
	name  string
	quiet []string // values with which no text is logged; the first is the one to set
	what  string
}{
	{"log_statement", []string{"none", "ddl"}, "the texts of statements"},
	{"log_min_duration_statement", []string{"-1"}, "the texts and parameters of slow statements"},
	{"log_min_duration_sample", []string{"-1"}, "the texts and parameters of a sample of the slow statements"},
	{"log_transaction_sample_rate", []string{"0"}, "the texts and parameters of all statements of some transactions"},
	{"log_parameter_max_length_on_error", []string{"0"}, "the parameters of statements that fail"},
	{"debug_print_parse", []string{"off", "false", "no", "0"}, "the parse trees of statements, literals included"},
	{"debug_print_rewritten", []string{"off", "false", "no", "0"}, "the rewritten trees of statements, literals included"},
	{"debug_print_plan", []string{"off", "false", "no", "0"}, "the plans of statements, literals included"},
}

const (
	fromPgseal = "What goes through pgseal has sealed values in the place of protected ones, but not in expressions, comments and what reaches other columns; " +
		"a direct connection's has all of it"
	failedTexts = "the server logs the texts of statements that fail: of what goes through pgseal with sealed values in the place of protected literals, but of a " +
		"statement that only the guard refuses, and of direct connections, with the plaintext"
)

// logging reports settings with which the server's log keeps values.
func (e *examination) logging(ctx context.Context) error {
	names := []string{"log_min_error_statement", "log_parameter_max_length"}
	for _, l := range textLoggers {
		names = append(names, l.name)
	}
	settings := map[string]string{}
	var name, val string
	err := e.each(ctx, "SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY($1)", []any{names}, []any{&name, &val}, func() error {
		settings[name] = val
		return nil
	})
	if err != nil {
		return err
	}
	for _, l := range textLoggers {
		f, ok := logs(l.name, settings[l.name])
		if _, known := settings[l.name]; !ok || !known {
			continue
		}
		f.Mend = "ALTER SYSTEM SET " + l.name + " = '" + l.quiet[0] + "'; SELECT pg_reload_conf();"
		if most := settings["log_parameter_max_length"]; most != "0" && strings.HasPrefix(l.name, "log_") && !strings.HasSuffix(l.name, "_on_error") {
			f.Evidence += "; log_parameter_max_length = " + most + ": parameters are logged with the texts"
		}
		e.note(f)
	}
	if level := settings["log_min_error_statement"]; !slices.Contains([]string{"", "log", "fatal", "panic"}, level) {
		e.note(Finding{Severity: Information, Kind: "log", Object: "log_min_error_statement", Evidence: "log_min_error_statement = " + level, Message: failedTexts,
			Mend: "ALTER SYSTEM SET log_min_error_statement = 'panic'; SELECT pg_reload_conf();"})
	}
	return nil
}

// logs tells whether a setting makes the server log texts or parameters.
func logs(name, setting string) (Finding, bool) {
	for _, l := range textLoggers {
		if l.name == name && !slices.Contains(l.quiet, setting) {
			return Finding{Severity: Warning, Kind: "log", Object: name, Evidence: name + " = " + setting,
				Message: "the server's log keeps " + l.what + ". " + fromPgseal}, true
		}
	}
	return Finding{}, false
}
