package guard

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// A guard that somebody takes away comes back by itself, and the log says so once, and once that it is whole again.
func TestDamageIsTold(t *testing.T) {
	f := newFixture(t, `CREATE TABLE t (id int, txt text)`)
	f.sealed(t, columnOf("t", "txt"))
	var log bytes.Buffer
	c := New(Options{Store: f.store, Policy: pgstore.PolicyHash{1}, Columns: []Column{columnOf("t", "txt")}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	defer func() { _ = c.Close(context.WithoutCancel(t.Context())) }()
	settle := func() {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		for range 3 {
			if s, err := c.Settle(ctx); err != nil || !s.Columns[0].Guard.Whole() {
				t.Fatalf("%+v, %v", s, err)
			}
		}
	}
	settle()
	if log.Len() > 0 {
		t.Errorf("told of nothing: %s", &log)
	}
	for _, sql := range []string{
		"ALTER TABLE t DISABLE TRIGGER USER",
		"DROP TRIGGER " + quoteName(beforeInsert.name("txt")) + " ON t",
		"ALTER TABLE t DROP CONSTRAINT " + quoteName(check.name("txt")),
	} {
		log.Reset()
		f.as(t, "owner", sql)
		settle()
		warned, mended := strings.Count(log.String(), "level=WARN"), strings.Count(log.String(), "whole again")
		if warned != 1 || mended != 1 {
			t.Errorf("%s: %s", sql, &log)
		}
	}
}
