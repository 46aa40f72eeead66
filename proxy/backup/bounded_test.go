package backup

import (
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// repeated gives a head, a row so many times, and a tail.
func repeated(head, row, tail string, n int) io.Reader {
	readers := []io.Reader{strings.NewReader(head)}
	block := strings.Repeat(row, 1000)
	for range n / 1000 {
		readers = append(readers, strings.NewReader(block))
	}
	return io.MultiReader(append(readers, strings.NewReader(tail))...)
}

// However long a dump, and however long what is in it that nobody asks for, the memory that is used does not grow with it.
func TestCheckIsBounded(t *testing.T) {
	row := "1\t" + armour(number) + "\t\\N\t" + strings.Repeat("text of a column that is not sealed ", 20) + "\n"
	const rows = 200_000
	r := repeated(begins+"COPY public.matters (id, title, fee, remark) FROM stdin;\n", row, "\\.\nSELECT '"+strings.Repeat("x", 32<<20)+"';\n"+ends, rows)
	began := time.Now()
	highest := watchHeap(t)
	got, err := Check(t.Context(), r, Options{Tag: tag, Watched: []Watched{{Schema: "public", Table: "matters", Column: "title"}, {Schema: "public", Table: "matters", Column: "fee"}}})
	if err != nil || got.Columns[0].Sealed[number] != rows || got.Columns[1].Null != rows || len(got.Problems) != 0 {
		t.Fatalf("%v, %s", err, outcome(got))
	}
	size := len(row) * rows
	if grown := highest(); grown > 128<<20 { // the statement is kept up to 16 MiB, with room to grow
		t.Errorf("%d MiB for a dump of %d MiB", grown>>20, size>>20)
	}
	t.Logf("%d MiB in %s", size>>20, time.Since(began).Round(time.Millisecond))
}

// watchHeap gives how much the heap has grown at most, until it is asked.
func watchHeap(t *testing.T) (highest func() uint64) {
	stop, done := make(chan struct{}), make(chan uint64)
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	go func() {
		var most uint64
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			if now.HeapAlloc > before.HeapAlloc {
				most = max(most, now.HeapAlloc-before.HeapAlloc)
			}
			select {
			case <-stop:
				done <- most
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return <-done }
}

// A value that is longer than what is kept of one is judged by its beginning, and not opened.
func TestCheckOfAHugeValue(t *testing.T) {
	text := begins + "COPY public.matters (title, fee) FROM stdin;\n" + armour(number) + strings.Repeat("A", maxValue) + "\t" + strings.Repeat("x", maxValue+1) + "\n\\.\n" + ends
	open := func([]byte) Verdict { t.Error("it is opened"); return Opened }
	got, err := Check(t.Context(), strings.NewReader(text), Options{Tag: tag, All: true, Watched: []Watched{
		{Schema: "public", Table: "matters", Column: "title", Open: open}, {Schema: "public", Table: "matters", Column: "fee", Open: open}}})
	if err != nil || got.Columns[0].Sealed[number] != 1 || got.Columns[0].NotKnown != 1 || got.Columns[1].Plain != 1 {
		t.Errorf("%v, %s", err, outcome(got))
	}
}
