package bulk

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/postgres"
)

// Canaries are random letters and digits, which neither pglz nor lz4 makes shorter: both leave such text as it is, so that it is found in a file
// byte for byte, in a row as in a TOAST chunk, an index or an array of statistics. What can be made shorter is stored by columns with STORAGE
// EXTERNAL here: the compressed form of a value is a file's content as any other, and goes with the file.
type canaries struct {
	rng   *rand.Rand
	known map[string]bool
}

const (
	canaryMark   = "cnry"
	canaryLength = 28
	alphabet     = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

var canaryPattern = regexp.MustCompile(canaryMark + "[0-9A-Za-z]{24}")

func newCanaries(seed uint64) *canaries {
	return &canaries{rand.New(rand.NewPCG(seed, 5)), map[string]bool{}}
}

// one makes a canary.
func (c *canaries) one() string {
	b := []byte(canaryMark)
	for len(b) < canaryLength {
		b = append(b, alphabet[c.rng.IntN(len(alphabet))])
	}
	c.known[string(b)] = true
	return string(b)
}

// long is a text of many canaries.
func (c *canaries) long(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(c.one())
	}
	return b.String()
}

func (c *canaries) in(data []byte) int {
	n := 0
	for _, found := range canaryPattern.FindAll(data, -1) {
		if c.known[string(found)] {
			n++
		}
	}
	return n
}

// files counts the canaries in each file below some of the data directory's folders, by its path there.
func (c *canaries) files(t *testing.T, server *postgres.Cluster, database string, folders ...string) map[string]int {
	t.Helper()
	server.Exec(t, database, "CHECKPOINT")
	found := map[string]int{}
	for _, folder := range folders {
		seen := 0
		err := filepath.WalkDir(filepath.Join(server.DataDir(), folder), func(path string, d os.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return nil // files come and go under a running server
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return nil
			}
			seen++
			if n := c.in(data); n > 0 {
				rel, _ := filepath.Rel(server.DataDir(), path)
				found[rel] = n
			}
			return nil
		})
		if err != nil || seen == 0 {
			t.Fatalf("%s: %d files, %v", folder, seen, err)
		}
	}
	return found
}

// fileOf is the path of a relation's file.
func fileOf(t *testing.T, server *postgres.Cluster, database, relation string) (path string) {
	t.Helper()
	if err := server.Conn(t, database, "").QueryRow(t.Context(), "SELECT pg_relation_filepath("+relation+")").Scan(&path); err != nil {
		t.Fatalf("%s: %v", relation, err)
	}
	return path
}

const walSegment = 16 << 20

// inWAL counts the canaries in the WAL from one place to another. A segment that was taken into use again holds bytes of before behind its end.
func (c *canaries) inWAL(t *testing.T, server *postgres.Cluster, from, to string) (n int) {
	t.Helper()
	begin, end := lsn(t, from), lsn(t, to)
	for at := begin; at < end; at = (at/walSegment + 1) * walSegment {
		name := fmt.Sprintf("00000001%08X%08X", at>>32, at/walSegment%(1<<32/walSegment))
		data, err := os.ReadFile(filepath.Join(server.DataDir(), "pg_wal", name))
		if err != nil {
			t.Fatal(err)
		}
		n += c.in(data[at%walSegment : min(walSegment, end-at/walSegment*walSegment)])
	}
	return n
}

func lsn(t *testing.T, text string) uint64 {
	t.Helper()
	high, low, ok := strings.Cut(text, "/")
	h, errH := strconv.ParseUint(high, 16, 32)
	l, errL := strconv.ParseUint(low, 16, 32)
	if !ok || errH != nil || errL != nil {
		t.Fatalf("%q is no place in the WAL", text)
	}
	return h<<32 | l
}

func sorted(found map[string]int) []string {
	var all []string
	for path, n := range found {
		all = append(all, fmt.Sprintf("%s: %d", path, n))
	}
	slices.Sort(all)
	return all
}

func TestCanariesAreFound(t *testing.T) {
	unraced(t)
	t.Parallel()
	c := newCanaries(1)
	text := c.long(3)
	other := newCanaries(2).one()
	if n := c.in([]byte("x" + text + other + "\x00")); n != 3 || !bytes.Contains([]byte(text), []byte(canaryMark)) {
		t.Errorf("%d of 3 found", n)
	}
}
