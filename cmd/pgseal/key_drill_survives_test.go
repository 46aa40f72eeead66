package main

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// A drill outlives what it is made of: a proxy that dies in it is told of, one that is started in it follows it, the database is restarted, and it
// ends at its time. The command that ordered another one is killed: that one is ended, and reported, by the next command.
func TestDrillSurvives(t *testing.T) {
	t.Parallel()
	p := startProxies(t, 2)
	if _, err := p.connect(0).Exec(t.Context(), "INSERT INTO matters VALUES (1, 'canary')"); err != nil {
		t.Fatal(err)
	}
	p.until(1, "")
	died, file := p.name(0), p.File("drill.json")
	drill := make(chan string, 1)
	go func() { drill <- p.pgseal(1, "key", "drill", "acme", "--for", "15s", "--yes", "--report", file) }()
	p.until(0, "KU001")
	p.until(1, "KU001")
	p.drillInStatus()
	p.each[0].Kill()
	if err := errors.Join(p.cluster.Shutdown(), p.cluster.Restart(t.Context())); err != nil {
		t.Fatal(err)
	}
	p.start(0)
	p.until(0, "KU001")
	p.until(1, "KU001")
	p.until(0, "")
	p.until(1, "")
	said := <-drill
	if !strings.Contains(said, "the drill has failed: proxy "+died+": it was not heard of after") {
		t.Error(said)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r drillReport
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	for name, state := range map[string]string{died: "silent", p.name(0): "drilled", p.name(1): "drilled"} {
		if i := slices.IndexFunc(r.Proxies, func(d drilledProxy) bool { return d.Name == name }); i < 0 || r.Proxies[i].State != state || r.Proxies[i].Refused["KU001"] < 1 && name != died {
			t.Errorf("%s is not %s: %s", name, state, text)
		}
	}
	if len(r.Proxies) != 3 || r.Passed || len(r.Failures) != 1 || r.Ended.Sub(r.Ordered) != 15*time.Second {
		t.Errorf("%s", text)
	}
	p.pgseal(0, "key", "drill", "--verify", file)

	process, err := program.Start(p.Command(t.Context(), "key", "drill", "acme", "--for", "1h", "--yes"))
	if err != nil {
		t.Fatal(err)
	}
	p.until(1, "KU001")
	process.Kill()
	p.until(1, "KU001")
	ended := make(chan string, 1)
	go func() { ended <- p.pgseal(0, "key", "drill", "acme", "--end") }()
	p.until(0, "")
	p.until(1, "")
	if said := <-ended; !strings.Contains(said, "before its time") || !strings.Contains(said, "passed") {
		t.Error(said)
	}
}

// On a terminal, the tenant's name is asked for.
func TestDrillIsConfirmed(t *testing.T) {
	for typed, want := range map[string]string{"acme\n": "", " acme \n": "", "acme": "", "other\n": "nothing was changed", "yes\n": "nothing was changed", "": "nothing was changed"} {
		var out strings.Builder
		c := cli.NewContext(&cli.App{Reader: strings.NewReader(typed)}, nil, nil)
		err := confirm(c, &out, "acme", "For 2m no statement is served.")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", typed, err)
		}
		if !strings.Contains(out.String(), "For 2m no statement is served.") {
			t.Errorf("asked: %q", out.String())
		}
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if onTerminal(cli.NewContext(&cli.App{Reader: r}, nil, nil)) {
		t.Error("a pipe is no terminal")
	}
}
