package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	sealpolicy "github.com/legatics/pgseal/policy"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestDirect runs the program for real, without proxies.
func TestDirect(t *testing.T) {
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"-ways", "direct", "-scenario", "read,write", "-rounds", "2", "-seconds", "2", "-clients", "2", "-scale", "1", "-json"}, &stdout, &stderr)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	var out struct{ Results []result }
	if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	if len(out.Results) != 2 {
		t.Fatalf("%d results, want those of two scenarios", len(out.Results))
	}
	for _, r := range out.Results {
		if len(r.Legs) != 1 || len(r.Legs[0].Runs) != 2 || r.Legs[0].MedianTPS < 1 || r.Clients != 2 {
			t.Errorf("%s: %+v", r.Scenario, r)
		}
	}
}

func TestOptions(t *testing.T) {
	for _, c := range []struct {
		args string
		want string // part of what is said, "" if the options are good
	}{
		{"", ""},
		{"-rounds 2 -seconds 3 -clients 1,4 -scenario read -ways direct,pgseal -mode simple", ""},
		{"-rounds 0", "at least 1"},
		{"-clients x", "is not a number"},
		{"-clients 0", "is not a number"},
		{"-scenario none", `"none" is none of passthrough, read, write`},
		{"-ways direct,odyssey", "is none of direct, pgbouncer, pgseal"},
		{"-mode copy", "is none of simple"},
		{"-nothing", "not defined"},
		{"now", `unexpected argument "now"`},
	} {
		var said bytes.Buffer
		_, err := parseOptions(strings.Fields(c.args), &said)
		if (err == nil) != (c.want == "") || !strings.Contains(said.String(), c.want) {
			t.Errorf("%q: %v, %s", c.args, err, said.String())
		}
	}
	if code := run(t.Context(), []string{"-rounds", "-1"}, io.Discard, io.Discard); code != 2 {
		t.Errorf("exit %d for a wrong option, want 2", code)
	}
	if code := run(t.Context(), []string{"-help"}, io.Discard, io.Discard); code != 0 {
		t.Errorf("exit %d for -help, want 0", code)
	}
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
	if err != nil || r.TPS != 14023.491 || r.Transactions != 1200 || r.LatencyMS != 0.071 {
		t.Errorf("%+v, %v", r, err)
	}
	for _, bad := range []string{"", strings.Replace(good, ": 0 (", ": 3 (", 1), strings.Replace(good, "1200", "0", 1), strings.Replace(good, "tps", "", 1)} {
		if _, err := parsePgbench([]byte(bad)); err == nil {
			t.Errorf("taken: %q", bad)
		}
	}
}

func TestSummary(t *testing.T) {
	sc := allScenarios()[0]
	runs := map[string][]sample{
		direct:    {{TPS: 100}, {TPS: 300}, {TPS: 200}},
		pgbouncer: {{TPS: 50, CPUMicros: 10}, {TPS: 100, CPUMicros: 30}, {TPS: 100, CPUMicros: 20}},
		pgseal:    {{TPS: 45, CPUMicros: 1}, {TPS: 70, CPUMicros: 1}, {TPS: 95, CPUMicros: 2}},
	}
	r := summarize(sc, 8, runs)
	if got := r.ratio(pgseal, pgbouncer); got != 0.9 {
		t.Errorf("ratio %v, want the median of 0.9, 0.7, 0.95", got)
	}
	if r.Legs[0].MedianTPS != 200 || r.Legs[1].CPUMicros != 20 {
		t.Errorf("%+v", r.Legs)
	}
	var table bytes.Buffer
	printTables(&table, options{mode: "prepared", rounds: 3, seconds: 1}, []result{r})
	if want := "| 8 | pgseal | 70 (45..95) | 1.0 µs | **0.90** (0.70..0.95) of pgbouncer, **0.45** (0.23..0.47) of direct |"; !strings.Contains(table.String(), want) {
		t.Errorf("table without %s:\n%s", want, table.String())
	}
	if !checkMarks(io.Discard, []result{r}) {
		t.Error("0.90 misses a mark of 0.80")
	}
	runs[pgseal] = []sample{{TPS: 1}, {TPS: 1}, {TPS: 1}}
	if checkMarks(io.Discard, []result{summarize(sc, 8, runs)}) {
		t.Error("0.01 reaches a mark of 0.80")
	}
	if !checkMarks(io.Discard, []result{summarize(sc, 1, runs)}) {
		t.Error("a mark for 8 clients is held against 1")
	}
	if median([]float64{4, 1, 3, 2}) != 2.5 {
		t.Error("median of an even number of values")
	}
}

// TestScenarios: what a scenario names is there, and the policy and the tables
// agree.
func TestScenarios(t *testing.T) {
	for _, s := range allScenarios() {
		var names []string
		for _, l := range s.legs {
			names = append(names, l.name)
		}
		for _, q := range s.ratios {
			if !slices.Contains(names, q.of) || !slices.Contains(names, q.to) {
				t.Errorf("%s: ratio %v of legs that it does not have", s.name, q)
			}
		}
	}
	for _, table := range []string{"sealed_cells", "sealed_new"} {
		if !strings.Contains(schema, "table "+table) || !strings.Contains(policy, "public."+table) {
			t.Errorf("%s is not in both schema and policy", table)
		}
	}
	if len(body()) != cellBytes {
		t.Errorf("a value of %d bytes", len(body()))
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

// TestPolicy: the measured policy is one.
func TestPolicy(t *testing.T) {
	if _, err := sealpolicy.Load("policy.yaml", []byte(policy)); err != nil {
		t.Error(err)
	}
}
