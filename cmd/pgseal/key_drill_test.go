package main

import (
	"encoding/json"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// busyMachine is how far what clients measure may be from what proxies do, on a machine that does other things.
const busyMachine = 5 * time.Second

// A drill under load, in two proxies with cursors and COPYs open: the report's figures are what the clients measured, the drill is told for a drill
// everywhere, it ends by itself, and the report verifies until a letter of it is changed.
func TestDrill(t *testing.T) {
	t.Parallel()
	p := startProxies(t, 2)
	if _, err := p.connect(0).Exec(t.Context(), "INSERT INTO matters VALUES (1, 'canary')"); err != nil {
		t.Fatal(err)
	}
	loads := []*load{startLoad(t.Context(), p.url(0)), startLoad(t.Context(), p.url(1))}
	p.until(1, "")
	time.Sleep(500 * time.Millisecond)
	file := p.File("drill.json")
	began := time.Now()
	drill := make(chan string, 1)
	go func() { drill <- p.pgseal(0, "key", "drill", "acme", "--for", "10s", "--yes", "--report", file) }()
	for i := range loads {
		p.until(i, "KU001")
	}
	p.drillIsTold()
	said := <-drill
	for i, l := range loads {
		p.until(i, "")
		defer l.end()
	}
	if took := time.Since(began); took > 10*time.Second+drillSettle+busyMachine {
		t.Errorf("the drill took %v", took)
	}
	for _, l := range loads {
		l.end()
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r drillReport
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s\n%s", said, text)
	if !r.Passed || len(r.Proxies) != 2 || r.Ended.Sub(r.Ordered) != 10*time.Second || r.Early {
		t.Errorf("%+v", r)
	}
	for i, l := range loads {
		r.holdAgainst(t, p.name(i), l)
	}
	if said := p.pgseal(0, "key", "drill", "--verify", file); !strings.Contains(said, "nothing of it was changed") {
		t.Error(said)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), `"passed": true`, `"passed": false`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := p.pgseal(1, "key", "drill", "--verify", file); !strings.Contains(said, "never kept") {
		t.Error(said)
	}
}

// holdAgainst compares a proxy's figures with its clients'.
func (r *drillReport) holdAgainst(t *testing.T, name string, l *load) {
	t.Helper()
	for _, p := range r.Proxies {
		if p.Name != name {
			continue
		}
		for _, err := range l.strange {
			t.Errorf("%s: a client read %v", name, err)
		}
		if p.Refused["KU001"] != l.refused["KU001"]+untilRefused || len(p.Refused) != 1 {
			t.Errorf("%s: refused %v, by what clients read %v and one", name, p.Refused, l.refused)
		}
		if p.Left != 0 || p.Held == 0 || p.Destroyed == nil || p.Noticed == nil || p.Over == nil {
			t.Errorf("%s: %+v", name, p)
			return
		}
		last, next := l.around(r.Ordered.Add(r.Ended.Sub(r.Ordered) / 2))
		for _, c := range []struct {
			what   string
			figure *int64
			zero   time.Time
			client time.Time
		}{{"last value", p.LastValue, r.Ordered, last}, {"first refusal", p.FirstRefusal, r.Ordered, l.first}, {"first value again", p.FirstValue, r.Ended, next}} {
			if c.figure == nil {
				t.Errorf("%s: no %s", name, c.what)
				continue
			}
			at := c.zero.Add(time.Duration(*c.figure) * time.Millisecond)
			if off := c.client.Sub(at); off < -50*time.Millisecond || off > busyMachine {
				t.Errorf("%s: the %s was at %v by the proxy, at %v by the clients", name, c.what, at, c.client)
			}
			t.Logf("%s: %s: %d ms by the proxy, %d ms by the clients", name, c.what, *c.figure, c.client.Sub(c.zero).Milliseconds())
		}
		return
	}
	t.Errorf("%s is not in the report", name)
}

// untilRefused is what proxies.until adds to the refusals of each proxy in TestDrill.
const untilRefused = 1

// drillIsTold: whoever looks hears that it is a drill, and until when.
func (p *proxies) drillIsTold() {
	t := p.t
	t.Helper()
	conn := p.connect(0)
	var state, cause string
	if err := conn.QueryRow(t.Context(), "SHOW pgseal.key_state").Scan(&state, nil, &cause, nil); err != nil || state != "withdrawn" || !strings.Contains(cause, "KU001 key_access_denied (drill until ") {
		t.Errorf("key_state: %q %q, %v", state, cause, err)
	}
	var until *time.Time
	if err := conn.QueryRow(t.Context(), "SELECT drill_until FROM pgseal.tenant_state WHERE tenant = 'acme'").Scan(&until); err != nil || until == nil {
		t.Errorf("tenant_state: %v, %v", until, err)
	}
	if said := p.pgseal(1, "key", "drill", "acme", "--for", "10s", "--yes"); !strings.Contains(said, "is under way until") {
		t.Errorf("a second drill: %s", said)
	}
	p.drillInStatus()
	if said := p.logs[len(p.logs)-1].String(); !strings.Contains(said, "DRILL: the key counts as denied") {
		t.Errorf("the log: %s", said)
	}
}

// drillInStatus waits until both proxies have reported that they follow.
func (p *proxies) drillInStatus() {
	p.t.Helper()
	for deadline := time.Now().Add(busyMachine); ; time.Sleep(100 * time.Millisecond) {
		said := p.pgseal(0, "key", "status", "acme")
		if strings.Contains(said, "nobody has withdrawn the key") && strings.Count(said, "DRILL until") == 2 {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("key status: %s", said)
		}
	}
}

// Ctrl-C ends a drill at once, and reports it; one proxy alone can be drilled, and the other serves on.
func TestDrillInterrupted(t *testing.T) {
	t.Parallel()
	p := startProxies(t, 2)
	if _, err := p.connect(0).Exec(t.Context(), "INSERT INTO matters VALUES (1, 'canary')"); err != nil {
		t.Fatal(err)
	}
	p.until(1, "")
	for _, tt := range []struct {
		code int
		args []string
		says string
	}{
		{exitUsage, []string{"acme", "--for", "9s", "--yes"}, "outside 10s to 1h"},
		{exitUsage, []string{"acme", "--for", "2h", "--yes"}, "outside 10s to 1h"},
		{exitUsage, []string{"acme", "--proxy", "nobody", "--yes"}, "no live proxy"},
		{exitFailed, []string{"acme", "--end"}, "no drill"},
		{exitFailed, []string{"nobody", "--yes"}, "nobody"},
		{exitUsage, []string{"acme"}, "needs --yes"}, // nobody is there who could be asked
		{exitFailed, []string{"--verify", p.File("policy.yaml")}, "is no report"},
	} {
		if said := p.pgseal(tt.code, append([]string{"key", "drill"}, tt.args...)...); !strings.Contains(said, tt.says) {
			t.Errorf("%v: %s", tt.args, said)
		}
	}
	var out strings.Builder
	cmd := p.Command(t.Context(), "key", "drill", "acme", "--for", "1h", "--yes", "--proxy", p.name(1), "--json")
	cmd.Stdout = &out
	began := time.Now()
	process, err := program.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	p.until(1, "KU001")
	p.until(0, "")
	_ = process.Signal(syscall.SIGINT)
	p.until(1, "")
	select {
	case <-process.Done():
	case <-time.After(time.Minute):
		process.Kill()
		t.Fatal("Ctrl-C does not end it")
	}
	var r drillReport
	if err := json.Unmarshal([]byte(out.String()), &r); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	if !r.Passed || !r.Early || len(r.Proxies) != 1 || r.Proxies[0].Name != p.name(1) || r.Proxies[0].Refused["KU001"] < 1 || r.Ended.Sub(r.Ordered) > time.Since(began) {
		t.Errorf("%s", out.String())
	}
}
