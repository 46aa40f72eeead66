package proxy_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgproto3"
)

// A pipeline in whose first part everything behind an error was skipped: what its second part prepares under the same name, a statement of its own, is what
// the name stands for. It was taken for the one from before the error, which had not been replaced, and the session ended out of step.
func TestUnnamedStatementBehindSkippedOne(t *testing.T) {
	s := startSafe(t)
	c := dialWire(t, s.url(s.name))
	const insert = "INSERT INTO matters (id, title) VALUES ($1, $2) RETURNING title"
	bind := &pgproto3.Bind{Parameters: [][]byte{[]byte("1"), []byte("one")}}
	c.send(t, &pgproto3.Parse{Query: insert}, bind, &pgproto3.Execute{}, &pgproto3.Sync{})
	if trace, err := c.readUntil(t.Context(), ""); err != nil || trace[len(trace)-2] != `C "INSERT 0 1\x00"` {
		t.Fatal(trace, err)
	}
	native := func(sql string) []pgproto3.FrontendMessage {
		return []pgproto3.FrontendMessage{&pgproto3.Parse{Query: sql}, &pgproto3.Bind{}, &pgproto3.Execute{}}
	}
	script := []pgproto3.FrontendMessage{&pgproto3.Parse{Query: insert}, bind, &pgproto3.Execute{}} // the key is there already
	script = append(append(script, native("SELECT 1")...), &pgproto3.Sync{})
	script = append(append(script, native("SELECT 2")...), &pgproto3.Sync{})
	script = append(script, &pgproto3.Query{String: "SELECT 3"})
	c.send(t, script...)
	trace, err := c.readUntil(t.Context(), `C "SELECT 1\x00"`)
	if err != nil {
		t.Fatal(trace, err)
	}
	want := []string{`1 ""`, `2 ""`, "E ERROR 23505", `Z "I"`, `1 ""`, `2 ""`, `D "\x00\x01\x00\x00\x00\x012"`, `C "SELECT 1\x00"`, `Z "I"`}
	if diff := cmp.Diff(want, trace); diff != "" {
		t.Errorf("(- wanted, + got)\n%s", diff)
	}
}
