package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	coltrace "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// locked is a buffer for several writers.
type locked struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// collector takes traces as a collector does.
type collector struct {
	*httptest.Server
	raw locked

	mu    sync.Mutex
	spans []*tracepb.Span
}

func startCollector(t *testing.T) *collector {
	c := &collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		_, _ = c.raw.Write(body)
		var request coltrace.ExportTraceServiceRequest
		if err := proto.Unmarshal(body, &request); err != nil {
			t.Error(err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, resource := range request.GetResourceSpans() {
			for _, scope := range resource.GetScopeSpans() {
				c.spans = append(c.spans, scope.GetSpans()...)
			}
		}
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(c.Close)
	return c
}

// spansOf are the names of a span and of those below it; empty where none has the parent.
func (c *collector) spansOf(traceID, parent string) (names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.spans {
		if hex.EncodeToString(s.GetTraceId()) != traceID {
			continue
		}
		if id := hex.EncodeToString(s.GetParentSpanId()); id != parent && s.GetName() == "pgseal query" {
			names = append(names, "wrong parent "+id)
		}
		names = append(names, s.GetName())
	}
	slices.Sort(names)
	return names
}

// Nothing that a client sends as a value is in a log, a metric or a trace, at whatever level: not of statements that succeed, fail, are refused or slow.
func TestNoValueIsTold(t *testing.T) {
	d := deployWith(t, "CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text UNIQUE, due date, note text); CREATE TABLE plain (id bigint PRIMARY KEY, v text)",
		"version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}, email: {mode: deterministic}, due: {mode: randomized, type: date}, note: {mode: randomized, state: observe}}}}\n")
	var log locked
	traces := startCollector(t)
	s := d.serveLogged(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), func(c *config) {
		c.Log.SlowStatement = time.Nanosecond
		c.Trace = traceConfig{OTLP: traces.URL + "/v1/traces", Sample: 1}
	})
	conn := d.connectTo(s)
	d.until(conn, "")
	const canary = "kanarienvogel"
	simple := []string{
		"INSERT INTO matters VALUES (1, '%[1]s', '%[1]s@x', '2026-01-02', '%[1]s')", "SELECT '%[1]s', title FROM matters -- %[1]s",
		"INSERT INTO matters VALUES (1, '%[1]s', '%[1]s@y', NULL, NULL)", "SELECT * FROM matters WHERE title LIKE '%[1]s'",
		"SELECT title || '%[1]s' FROM matters", "UPDATE matters SET due = '%[1]s'", "SELECT $$%[1]s$$::int", "SELECT E'\\'%[1]s' FROM nothing", "SELECT '%[1]s",
		"INSERT INTO plain VALUES (1, '%[1]s'); INSERT INTO plain VALUES (1, '%[1]s')", "SELECT U&'%[1]s', B'1', '%[1]s'::date", "DO $x$BEGIN RAISE EXCEPTION '%[1]s'; END$x$",
		"SET standard_conforming_strings = off", "SELECT 'a\\' %[1]s ', title FROM matters", "SELECT 'a\\' %[1]s '", "RESET standard_conforming_strings",
		"SET client_encoding = 'SJIS'", "SELECT '\x95\\%[1]s' FROM matters", "SELECT '\x95\\' '%[1]s'", "RESET client_encoding", "/* %[1]s */ SELECT note FROM matters WHERE note > '%[1]s'",
		"SELECT '" + strings.Repeat("x", 4090) + "%[1]s'", "PREPARE p AS INSERT INTO matters(id, title) VALUES ($1, $2)", "EXECUTE p (7, '%[1]s')", "EXECUTE p (7, '%[1]s')",
	}
	for _, sql := range simple {
		_, _ = conn.PgConn().Exec(t.Context(), strings.ReplaceAll(sql, "%[1]s", canary)).ReadAll()
	}
	for i, sql := range []string{"INSERT INTO matters(id, title, email) VALUES ($1, $2, $2)", "INSERT INTO plain VALUES ($1, $2)", "SELECT title FROM matters WHERE id = $1 AND email = $2",
		"SELECT id FROM matters WHERE id = $1 AND title < $2", "SELECT v::date FROM plain WHERE id > $1 OR v = $2"} {
		for range 2 {
			_, _ = conn.Exec(t.Context(), sql, 10+i, canary)
		}
	}
	copied := [][]any{{int64(100), canary, canary + "@c"}, {int64(100), canary, canary + "@d"}}
	for range 2 {
		_, _ = conn.CopyFrom(t.Context(), pgx.Identifier{"matters"}, []string{"id", "title", "email"}, pgx.CopyFromRows(copied))
	}
	for _, data := range []string{"200\t" + canary + "\t" + canary + "\n", canary + "\n", "201\t" + canary + "\\", "202\t" + canary + "\t\\x" + canary + "\t" + canary + "\n"} {
		_, _ = conn.PgConn().CopyFrom(t.Context(), strings.NewReader(data), "COPY matters (id, title, due) FROM STDIN")
	}
	d.run("key", "lock", "acme")
	d.until(conn, "KU009")
	_, _ = conn.Exec(t.Context(), "INSERT INTO matters(id, title) VALUES (50, $1)", canary)
	d.run("key", "unlock", "acme")
	d.until(conn, "")

	const traceID, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	if _, err := conn.Exec(t.Context(), fmt.Sprintf("SELECT title FROM matters WHERE email = '%s@x' /*route='x',traceparent='00-%s-%s-01'*/", canary, traceID, parent), pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	metrics := new(bytes.Buffer)
	for _, f := range exposed(t, s) {
		metrics.WriteString(f.String())
	}
	for deadline := time.Now().Add(30 * time.Second); len(traces.spansOf(traceID, parent)) == 0 && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
	}
	if got := strings.Join(traces.spansOf(traceID, parent), ", "); got != "pgseal key, pgseal open, pgseal plan, pgseal query, pgseal seal, pgseal server" {
		t.Errorf("spans of a statement with a traceparent: %s", got)
	}
	for name, text := range map[string]string{"log": log.String(), "metrics": metrics.String(), "traces": traces.raw.String()} {
		if len(text) < 500 {
			t.Errorf("%s: only %d bytes", name, len(text))
		}
		for _, part := range []string{canary, canary[:8], strings.ToUpper(canary)} {
			if at := strings.Index(text, part); at >= 0 {
				t.Errorf("%s: a value is told: %q", name, text[max(0, at-300):min(len(text), at+100)])
			}
		}
	}
	checkSlow(t, log.String())
}

// checkSlow holds the lines of slow statements against what is said of them.
func checkSlow(t *testing.T, log string) {
	t.Helper()
	forms, phases := map[string]string{}, map[string]bool{}
	for line := range strings.Lines(log) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if fields["msg"] != "slow statement" {
			continue
		}
		sum := 0.0
		for _, p := range []string{"plan", "key", "seal", "server", "open"} {
			took, ok := fields[p+"_ms"].(float64)
			if !ok {
				t.Fatalf("no time for %s: %s", p, line)
			}
			sum += took
			phases[p] = phases[p] || took > 0
		}
		if total, _ := fields["took_ms"].(float64); sum > total+0.01 || sum < total-0.01 {
			t.Errorf("the phases are %g of %g ms: %s", sum, total, line)
		}
		form, _ := fields["statement"].(string)
		forms[form], _ = fields["fingerprint"].(string)
		if fields["tenant"] != "acme" || fields["database"] != "dealroom" || fields["session"] == nil {
			t.Errorf("whose statement it was is not told: %s", line)
		}
	}
	for _, p := range []string{"plan", "key", "seal", "server", "open"} {
		if !phases[p] {
			t.Errorf("no statement spent any time with %s", p)
		}
	}
	for _, form := range []string{"insert into matters (id, title, email) values ($1, ...)", "copy matters (id, title, due) from stdin", "execute p (?, ...)"} {
		if forms[form] == "" {
			t.Errorf("%q is not told", form)
		}
	}
	if len(forms) < 20 {
		t.Errorf("%d forms were told", len(forms))
	}
	if t.Failed() {
		for f := range forms {
			t.Log(f)
		}
	}
}
