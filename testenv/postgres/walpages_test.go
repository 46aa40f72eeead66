package postgres

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestUnpaged: of many short values some lie across two pages of the write-ahead log. A search that does not see those says that nothing is there where something is.
func TestUnpaged(t *testing.T) {
	const rows = 3000
	c := Start(t, Options{})
	c.Exec(t, "postgres", "CREATE TABLE t (v text)")
	c.Exec(t, "postgres", fmt.Sprintf("INSERT INTO t SELECT 'a-canary-that-may-lie-across-' || lpad(n::text, 5, '0') FROM generate_series(1, %d) n", rows))
	c.Exec(t, "postgres", "CHECKPOINT")
	segments, err := filepath.Glob(filepath.Join(c.DataDir(), "pg_wal", "0*"))
	if err != nil {
		t.Fatal(err)
	}
	var raw, whole []byte
	for _, segment := range segments {
		data, err := os.ReadFile(segment)
		if err != nil {
			t.Fatal(err)
		}
		raw, whole = append(raw, data...), append(whole, unpaged(data)...)
	}
	lost := 0
	for n := 1; n <= rows; n++ {
		canary := []byte(fmt.Sprintf("a-canary-that-may-lie-across-%05d", n))
		if !bytes.Contains(raw, canary) {
			lost++
		}
		if !bytes.Contains(whole, canary) {
			t.Errorf("%s is not found", canary)
		}
	}
	if lost == 0 {
		t.Error("none lies across two pages: nothing is shown here")
	}
}
