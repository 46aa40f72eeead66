package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// storeless are the commands that work without a store, or on what is not this program's to refuse.
var storeless = map[string]bool{"demo": true, "open": true, "policy check": true, "policy show": true, "policy schema": true, "backup check": true,
	"man": true, "completion": true, "health": true}

// arguments are what commands want behind their names; ARCHIVE and EXPORT are files that the test has made.
var arguments = map[string][]string{
	"tenant add": {"umbrella", "--provider", "local"}, "tenant set-provider": {"acme", "--provider", "local"}, "tenant onboarding": {"acme", "--principal", "arn:aws:iam::444455556666:role/pgseal"},
	"tenant retire": {"acme", "--yes"}, "backup forget": {strings.Repeat("0", 64)},
	"key set-arn": {"acme", "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"}, "key set-cache-time": {"acme", "2m"},
	"key import": {"EXPORT"}, "key events export": {"--all"}, "key drill verify": {"acme"},
}

// leaves are the commands that do something, by their whole names.
func leaves(commands []*cli.Command, above string) map[string]*cli.Command {
	all := map[string]*cli.Command{}
	for _, c := range commands {
		name := strings.TrimSpace(above + " " + c.Name)
		if len(c.Subcommands) == 0 {
			all[name] = c
		}
		for n, sub := range leaves(c.Subcommands, name) {
			all[n] = sub
		}
	}
	return all
}

func argumentsOf(name string, c *cli.Command, export string) (all []string) {
	given, listed := arguments[name]
	if !listed && strings.Contains(c.ArgsUsage, "COLUMN") && !strings.HasPrefix(c.ArgsUsage, "[") {
		given = []string{"public.matters.title"}
	} else if !listed && strings.Contains(c.ArgsUsage, "TENANT") && !strings.HasPrefix(c.ArgsUsage, "[") {
		given = []string{"acme"}
	} else if !listed && strings.HasPrefix(c.ArgsUsage, "NAME") {
		given = []string{"acme"}
	}
	for _, a := range given {
		if a == "EXPORT" {
			a = export
		}
		all = append(all, a)
	}
	return all
}

// A store, or the tables of its job queue, that a later version has upgraded: every command says so with both numbers and exits 1, serve too, and nothing is
// written. Tables that are not whole send people to pgseal init.
func TestEveryCommandRefusesAnotherVersion(t *testing.T) {
	d := deploy(t)
	export := filepath.Join(t.TempDir(), "export.json")
	d.write(export, d.printed("key", "export", "--all"))
	cases := []struct{ name, sql, undo, says string }{
		{"a newer store", "INSERT INTO pgseal.migration (version) VALUES (1000)", "DELETE FROM pgseal.migration WHERE version = 1000", "(1000; this program knows 1)"},
		{"a newer queue", "INSERT INTO pgseal.river_migration (line, version) VALUES ('main', 999)", "DELETE FROM pgseal.river_migration WHERE version = 999", "(999; this program knows "},
		{"an older store", "DELETE FROM pgseal.migration", "INSERT INTO pgseal.migration (version) VALUES (1)", "pgseal init"},
		{"an older queue", "DELETE FROM pgseal.river_migration WHERE version > 4", "", "pgseal init"},
	}
	refused := 0
	for _, x := range cases {
		d.cluster.Exec(t, "dealroom", x.sql)
		for name, c := range leaves(newApp(nil, nil).Commands, "") {
			mends := strings.HasPrefix(x.name, "an older") && (name == "init" || name == "key import")
			queueless := strings.HasSuffix(x.name, "queue") && name == "key import"              // it gives back what is lost of the store, and knows nothing of the queue
			if storeless[name] || strings.HasPrefix(name, "admin user ") || mends || queueless { // users are in a file
				continue
			}
			var out bytes.Buffer
			args := append(append([]string{"pgseal"}, strings.Fields(name)...), argumentsOf(name, c, export)...)
			code := runWith(t.Context(), append(args, "--config", d.config), strings.NewReader("acme\n"), &out, &out)
			if code != exitFailed || !strings.Contains(out.String(), x.says) {
				t.Errorf("%s: pgseal %s: exit %d: %s", x.name, name, code, out.String())
			}
			refused++
		}
		if x.undo != "" {
			d.cluster.Exec(t, "dealroom", x.undo)
		}
	}
	t.Logf("%d commands refused", refused)
	if refused < 60 {
		t.Errorf("only %d commands were tried", refused)
	}
}
