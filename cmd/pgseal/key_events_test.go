package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// events reads the log until it has all of the kinds, newest first.
func (d *deployment) events(kinds ...string) []admin.Event {
	d.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		all := told[[]admin.Event](d, "key", "events", "acme")
		seen := map[string]bool{}
		for _, e := range all {
			seen[e.Kind] = true
		}
		missing := ""
		for _, k := range kinds {
			if !seen[k] {
				missing = k
			}
		}
		if missing == "" {
			return all
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("no event %q in %+v", missing, all)
		}
	}
}

// metricOf reads a metric of the event log's head, with its writer.
func (d *deployment) metricOf(name string) (writer, number string) {
	d.t.Helper()
	res, err := http.Get("http://" + d.service.adminAddress().String() + "/metrics")
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^`+name+`\{database="dealroom",writer="([-0-9a-f]+)"\} (\S+)$`).FindAllStringSubmatch(string(text), -1)
	if len(found) != 1 {
		d.t.Fatalf("%s: %q", name, found)
	}
	return found[0][1], found[0][2]
}

// A withdrawal as the log tells it: each thing once, with the ids by which the key's owner finds the calls in his own log; and what somebody does to the log
// afterwards shows.
func TestEventsOfAWithdrawal(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	d.until(conn, "")
	deny := kmstest.Denial{Operations: []string{"Decrypt"}}
	d.kms.Deny(deny)
	d.ask(conn)
	d.until(conn, "KU001")
	d.kms.Allow(deny)
	d.until(conn, "")

	calls := map[string]kmstest.Call{}
	for _, c := range d.kms.Calls() {
		calls[c.RequestID] = c
	}
	counts := map[string]int{}
	all := d.events("key fetched", "key evicted", "key denied", "key back")
	for _, e := range all {
		counts[e.Kind]++
		answer, ofKMS := map[string]string{"key fetched": "", "key back": "", "key denied": "AccessDeniedException"}[e.Kind]
		if !ofKMS {
			continue
		}
		if len(e.Requests) != 1 || calls[e.Requests[0]].Operation != "Decrypt" || calls[e.Requests[0]].Answer != answer || e.Actor != proxyName() || e.Key != d.key {
			t.Errorf("%+v is not of a call of the KMS: %+v", e, calls)
		}
	}
	if counts["key denied"] != 1 || counts["key back"] != 1 || counts["key fetched"] != 2 || counts["locked"] != 1 {
		t.Errorf("%v", counts)
	}

	proof := told[proofView](d, "key", "events", "--verify", "acme")
	if !proof.Whole || proof.OfTenant == nil || *proof.OfTenant < int64(len(all)) || proof.Writers < 4 {
		t.Errorf("%+v", proof)
	}
	writer, number := d.metricOf("pgseal_event_log_head")
	_, hash := d.metricOf("pgseal_event_log_head_hash")
	noted := fmt.Sprintf("%s:%s:#%s", writer, number, hash)
	if proof := told[proofView](d, "key", "events", "--verify", "--head", noted); !proof.Whole {
		t.Errorf("%+v", proof)
	}
	d.cluster.Exec(t, "dealroom", `ALTER TABLE pgseal.event DISABLE TRIGGER ALL; ALTER TABLE pgseal.event_head DISABLE TRIGGER ALL;
		DELETE FROM pgseal.event WHERE kind = 'locked'`)
	if got := d.refused(exitFailed, "key", "events", "--verify"); !strings.Contains(got, "all its events, 1, are missing") || !strings.Contains(got, "not as it was written") {
		t.Errorf("an event deleted: %s", got)
	}
	d.cluster.Exec(t, "dealroom", `DELETE FROM pgseal.event WHERE writer = '`+writer+`'; DELETE FROM pgseal.event_head WHERE writer = '`+writer+`'`)
	if got := d.refused(exitFailed, "key", "events", "--verify", "--head", noted); !strings.Contains(got, "writer "+writer+": all its events") {
		t.Errorf("a proxy's chain deleted: %s", got)
	}
	if got := d.refused(exitFailed, "key", "events", "--forget-before", "2d"); !strings.Contains(got, "nothing was deleted") {
		t.Errorf("retention of a log that is not whole: %s", got)
	}
}

// The log as a file: per tenant and period, and nothing in it that a spreadsheet takes for a formula.
func TestEventsExported(t *testing.T) {
	d := deploy(t)
	d.run("tenant", "add", `=HYPERLINK("http://x")`, "--provider", "aws-kms", "--key", d.key)
	d.run("key", "lock", "acme")
	export := func(args ...string) [][]string {
		t.Helper()
		var out bytes.Buffer
		if code := runContext(t.Context(), append([]string{"pgseal", "key", "events", "--config", d.config, "--format", "csv"}, args...), &out, &out); code != exitDone {
			t.Fatalf("%v: %s", args, out.String())
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	for _, row := range export() {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a formula: %q", row)
			}
		}
	}
	if rows := export(`=HYPERLINK("http://x")`); len(rows) != 1 || rows[0][1] != `'=HYPERLINK("http://x")` || rows[0][6] == "" {
		t.Errorf("%q", rows)
	}
	if rows := export("acme", "--since", "1h"); len(rows) < 2 || rows[0][2] != "locked" {
		t.Errorf("%q", rows)
	}
	if rows := export("--until", "1h"); len(rows) != 0 {
		t.Errorf("%q", rows)
	}
	if rows := export("--limit", "1"); len(rows) != 1 {
		t.Errorf("%q", rows)
	}
	if got := told[[]admin.Event](d, "key", "events", "--until", "2000-01-01"); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	for _, tt := range []struct {
		says string
		args []string
	}{
		{"is no time", []string{"--since", "yesterday"}}, {"--format", []string{"--format", "xml"}}, {"--head", []string{"--verify", "--head", "x:1:00"}},
		{"--head goes with", []string{"--head", "x"}}, {"contradict", []string{"--json", "--format", "csv"}}, {"ends before", []string{"--since", "1h", "--until", "2h"}}, {"last 24 hours", []string{"--forget-before", "2h"}}, {"whole log", []string{"acme", "--forget-before", "40d"}},
		{"whole log", []string{"--verify", "--since", "1h"}},
	} {
		if got := d.refused(exitUsage, append([]string{"key", "events"}, tt.args...)...); !strings.Contains(got, tt.says) {
			t.Errorf("%v: %s", tt.args, got)
		}
	}
}

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "acme": "acme", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", " =1": "' =1", "＝1": "'＝1", "a=1": "a=1", "'=1": "'=1", "2026-01-01": "2026-01-01",
	} {
		if got := harmless(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

// run is a command's output.
func (r *restarted) run(args ...string) []byte {
	r.t.Helper()
	out, err := r.Command(r.t.Context(), args...).Output()
	if err != nil {
		r.t.Errorf("%v: %v: %s", args, err, out)
	}
	return out
}

// Proxies and commands are killed at any moment, several at a time: what is in the log can be proved.
func TestEventsOfTheKilled(t *testing.T) {
	r := prepareRestart(t, "")
	second := filepath.Join(r.File(""), "second.yaml")
	config, err := os.ReadFile(r.File("pgseal.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	ports := make([]any, 2)
	for i := range ports {
		if ports[i], err = program.FreePort(); err != nil {
			t.Fatal(err)
		}
	}
	text := strings.ReplaceAll(strings.ReplaceAll(string(config), r.Address(), fmt.Sprintf("127.0.0.1:%v", ports[0])), r.AdminAddress(), fmt.Sprintf("127.0.0.1:%v", ports[1]))
	if err := os.WriteFile(second, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	var finished atomic.Int64
	enough := func() bool { // some seconds; a loaded machine may take longer for the commands to come that far
		took := time.Since(began)
		return took > 60*time.Second || took > 5*time.Second && finished.Load() >= 5
	}
	var all sync.WaitGroup
	for _, args := range [][]string{{"serve"}, {"serve", "--config", second}, {"key", "lock", "acme"}, {"key", "unlock", "acme"}, {"key", "set-cache-time", "acme", "2m"}} {
		all.Go(func() {
			for n := 0; !enough(); n++ {
				p, err := program.Start(r.Command(context.Background(), args...))
				if err != nil {
					t.Error(err)
					return
				}
				select {
				case <-p.Done():
					finished.Add(1)
				case <-time.After(time.Duration(300+n*197%1500) * time.Millisecond):
					p.Kill()
				}
			}
		})
	}
	all.Wait()
	p := r.serve(nil) // ends as it should, with a key in hand, and its last event in its log
	r.run("key", "unlock", "acme")
	conn, err := pgx.Connect(t.Context(), "postgres://app@"+r.Address()+"/dealroom?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if _, err := conn.Exec(t.Context(), "SELECT title FROM matters"); err == nil {
			break
		} else if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	_ = conn.Close(t.Context())
	r.stop(p)
	var last []admin.Event
	if err := json.Unmarshal(r.run("key", "events", "acme", "--limit", "1", "--json"), &last); err != nil || len(last) != 1 || last[0].Kind != "key evicted" || last[0].Detail != "the process ends" {
		t.Errorf("%+v, %v", last, err)
	}
	out := r.run("key", "events", "--verify", "--json")
	var proof proofView
	if json.Unmarshal(out, &proof) != nil || !proof.Whole || proof.Writers < 5 {
		t.Errorf("%s", out)
	}
	t.Logf("%d events of %d writers", proof.Events, proof.Writers)
	head := regexp.MustCompile(`msg="event log" .*writer=(\S+) head=(\d+) hash=(\w+)`).FindStringSubmatch(r.logs[len(r.logs)-1].String())
	if head == nil {
		t.Fatalf("no head in the log: %s", r.logs[len(r.logs)-1])
	}
	if out, err := r.Command(t.Context(), "key", "events", "--verify", "--head", strings.Join(head[1:], ":")).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
