package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	sealpolicy "github.com/legatics/pgseal/policy"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestDirect runs the program for real, without proxies.
func TestDirect(t *testing.T) {
	out := measured(t, "-ways", "direct", "-scenario", "read,write", "-rounds", "2", "-seconds", "1", "-clients", "2", "-scale", "1")
	if len(out) != 2 {
		t.Fatalf("%d results, want those of two scenarios", len(out))
	}
	for _, r := range out {
		if len(r.Legs) != 1 || len(r.Legs[0].Runs) != 2 || r.Clients != 2 || r.Mode != "prepared" {
			t.Errorf("%s: %+v", r.Scenario, r)
		}
	}
}

// TestProxies runs everything that has not been run by way of the proxies, with TLS, and writes the document.
func TestProxies(t *testing.T) {
	dir := t.TempDir()
	out := measured(t, "-ways", "pgbouncer,pgseal", "-scenario", "tpcb,rows,copyin,copyout", "-mode", "simple", "-tls", "on",
		"-rounds", "1", "-seconds", "1", "-clients", "2", "-scale", "1", "-copyrows", "3000", "-write", dir)
	want := map[string]int{"tpcb": 2, "rows": 4, "copyin": 3, "copyout": 3}
	for _, r := range out {
		if len(r.Legs) != want[r.Scenario] || r.TLS != "on" {
			t.Errorf("%s: %+v", r.Scenario, r)
		}
		delete(want, r.Scenario)
		for _, l := range r.Legs {
			m := l.Median
			if m.CPUMicros <= 0 || m.Waits <= 0 || r.Unit == "transaction" && (m.P50 <= 0 || m.P95 < m.P50 || m.P99 < m.P95) {
				t.Errorf("%s, %s: %+v", r.Scenario, l.Name, m)
			}
			if l.Way == pgseal && (m.Syscalls <= 0 || m.Allocations <= 0) {
				t.Errorf("%s, %s: %+v", r.Scenario, l.Name, m)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not measured: %v", want)
	}
	for _, name := range []string{"performance.md", "performance.svg"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(data) < 1000 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
		if host, err := os.Hostname(); err == nil && len(host) > 3 && bytes.Contains(data, []byte(host)) {
			t.Errorf("%s names the machine", name)
		}
	}
}

// measured are the results of a run of the program.
func measured(t *testing.T, args ...string) []result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), append(args, "-json"), &stdout, &stderr); code != 0 {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	var out struct{ Results []result }
	if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	for _, r := range out.Results {
		for _, l := range r.Legs {
			if l.Median.PerSecond <= 0 || l.Min > l.Median.PerSecond || l.Max < l.Median.PerSecond {
				t.Errorf("%s, %s: %+v", r.Scenario, l.Name, l)
			}
		}
	}
	return out.Results
}

func TestParsePgbench(t *testing.T) {
	const good = `transaction type: <builtin: select only>
number of transactions actually processed: 1200
number of failed transactions: 0 (0.000%)
latency average = 0.071 ms
initial connection time = 3.5 ms
tps = 14023.491 (without initial connection time)
`
	r, err := parsePgbench([]byte(good))
	if err != nil || r.PerSecond != 14023.491 || r.Units != 1200 {
		t.Errorf("%+v, %v", r, err)
	}
	for _, bad := range []string{"", strings.Replace(good, ": 0 (", ": 3 (", 1), strings.Replace(good, "1200", "0", 1), strings.Replace(good, "tps", "", 1)} {
		if _, err := parsePgbench([]byte(bad)); err == nil {
			t.Errorf("taken: %q", bad)
		}
	}
}

// TestCPUTime: a process that works is seen to work, by both ways of counting.
func TestCPUTime(t *testing.T) {
	for name, count := range map[string]func(int) (time.Duration, error){"threads": threadsTime, "ticks": ticksTime, "either": cpuTime} {
		before, err := count(os.Getpid())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for start := time.Now(); time.Since(start) < 300*time.Millisecond; {
		}
		after, err := count(os.Getpid())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if used := after - before; used < 20*time.Millisecond || used > 10*time.Second {
			t.Errorf("%s: %s of CPU in 300 ms of work", name, used)
		}
	}
	if used, err := cpuTime(0); used != 0 || err != nil {
		t.Errorf("no process: %v, %v", used, err)
	}
	if _, err := cpuTime(1 << 30); err == nil {
		t.Error("a process that does not exist has CPU time")
	}
}

// TestUsage: what a process did is counted, and what is unknown stays so.
func TestUsage(t *testing.T) {
	before, err := syscalls(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if _, err := os.ReadFile("/proc/self/stat"); err != nil {
			t.Fatal(err)
		}
	}
	if after, err := syscalls(os.Getpid()); err != nil || after < before+100 {
		t.Errorf("%v calls and then %v, %v", before, after, err)
	}
	if n, err := waits(os.Getpid()); err != nil || n < 1 {
		t.Errorf("%v waits, %v", n, err)
	}
	if _, err := waits(1 << 30); err == nil {
		t.Error("a process that does not exist waits")
	}
	got := usage{cpu: 3 * time.Millisecond, syscalls: 40, waits: -1, mallocs: 5}.since(usage{cpu: time.Millisecond, syscalls: 20, waits: 7, mallocs: 5}, 10)
	if want := (perUnit{CPUMicros: 200, Syscalls: 2, Waits: -1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestPolicy: the measured policy is one.
func TestPolicy(t *testing.T) {
	if _, err := sealpolicy.Load("policy.yaml", []byte(policy)); err != nil {
		t.Error(err)
	}
}
