package postgres

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// FilesWith lists the files of the data folder (heap, indexes, statistics,
// write-ahead log, temporary files) that hold one of the texts, paths relative
// to the folder. A checkpoint comes first, so that what is in shared buffers is
// in the files. Values over about 2 kB may be compressed there: search for
// short ones.
func (c *Cluster) FilesWith(t testing.TB, texts ...string) []string {
	t.Helper()
	if c.Running() {
		c.Exec(t, "postgres", "CHECKPOINT")
	}
	var found []string
	err := filepath.WalkDir(c.DataDir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil // files come and go under a running server
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		if filepath.Base(filepath.Dir(path)) == "pg_wal" {
			data = slices.Concat(data, unpaged(data)) // as it is too: what was left of an earlier use of the file has other pages
		}
		for _, text := range texts {
			if bytes.Contains(data, []byte(text)) {
				rel, _ := filepath.Rel(c.DataDir(), path)
				found = append(found, rel)
				break
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Log is the server's log so far.
func (c *Cluster) Log(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(c.LogFile())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// LogTail is the last n lines of the server's log.
func (c *Cluster) LogTail(n int) string {
	data, err := os.ReadFile(c.LogFile())
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
