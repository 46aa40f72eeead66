package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var writeCapacity = flag.Bool("write-capacity", false, "write the table of docs/operations.md from docs/performance.md")

const (
	capacityDocument = "../../docs/operations.md"
	capacityBegins   = "<!-- The table is written by go test ./cmd/pgseal -run TestCapacitySheet -write-capacity -->\n"
	capacityEnds     = "<!-- end of the table -->\n"

	planned     = 0.6          // of the CPU
	manyCores   = 64.0 / 2     // what 64 cores are taken for
	fleetOfCore = (8 - 1) * 16 // eight machines of 16 cores, one of them away
)

// workload is a line of the sheet: the row of docs/performance.md that has the CPU time of one of its units.
type workload struct {
	what, unit            string
	section, setting, way string
}

var workloads = []workload{
	{"a look-up in a table that is not protected", "transactions", "passthrough", "prepared, 32 clients", "pgseal"},
	{"reading a row with one sealed column", "transactions", "read", "prepared, 32 clients", "pgseal, sealed column"},
	{"inserting a row with one sealed column", "transactions", "write", "prepared, 32 clients", "pgseal, sealed column"},
	{"seven statements, nothing protected (TPC-B)", "transactions", "tpcb", "prepared, 32 clients", "pgseal"},
	{"10,000 rows, one of ten columns sealed", "results", "rows", "prepared, 1 client", "pgseal, 1 sealed column"},
	{"10,000 rows, ten of ten columns sealed", "results", "rows", "prepared, 1 client", "pgseal, 10 sealed columns"},
	{"COPY in, one sealed column", "rows", "copyin", "1 client", "pgseal, sealed column"},
	{"COPY out, one sealed column", "rows", "copyout", "1 client", "pgseal, sealed column"},
}

// TestCapacitySheet: the capacity sheet is what the measured CPU times give.
func TestCapacitySheet(t *testing.T) {
	measured, err := os.ReadFile("../../docs/performance.md")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| | CPU of the proxy, µs | in a second: one core, full | 4 cores | 64 cores | fleet |\n|---|---:|---:|---:|---:|---:|\n")
	for _, w := range workloads {
		cpu := w.cpu(t, string(measured))
		fmt.Fprintf(&b, "| %s | %s |", w.what, strconv.FormatFloat(cpu, 'f', -1, 64))
		for i, cores := range []float64{1, 4 * planned, manyCores * planned, fleetOfCore * planned} {
			fmt.Fprintf(&b, " %s", rounded(cores*1e6/cpu))
			if i == 0 {
				b.WriteString(" " + w.unit)
			}
			b.WriteString(" |")
		}
		b.WriteByte('\n')
	}
	document, err := os.ReadFile(capacityDocument)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(document), capacityBegins)
	table, tail, ok2 := strings.Cut(rest, capacityEnds)
	if !ok || !ok2 {
		t.Fatal("docs/operations.md has no place for the table")
	}
	if *writeCapacity {
		if err := os.WriteFile(capacityDocument, []byte(head+capacityBegins+b.String()+capacityEnds+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(table, b.String()); diff != "" {
		t.Errorf("docs/operations.md does not have what docs/performance.md gives (write it anew with -write-capacity): %s", diff)
	}
}

// cpu is the workload's CPU time in microseconds, as it stands in the measurements.
func (w workload) cpu(t *testing.T, measured string) float64 {
	t.Helper()
	_, section, _ := strings.Cut(measured, "\n### "+w.section+":")
	section, _, _ = strings.Cut(section, "\n#")
	for _, line := range strings.Split(section, "\n") {
		cells := strings.Split(line, " | ")
		if len(cells) > 4 && strings.TrimPrefix(cells[0], "| ") == w.setting && cells[1] == w.way {
			cpu, err := strconv.ParseFloat(cells[4], 64)
			if err != nil {
				t.Fatalf("%s, %s: %v", w.section, w.setting, err)
			}
			return cpu
		}
	}
	t.Fatalf("docs/performance.md has no %s, %s, by way of %s", w.section, w.setting, w.way)
	return 0
}

// rounded has two digits that count, with commas between thousands.
func rounded(x float64) string {
	unit := math.Pow(10, math.Floor(math.Log10(x))-1)
	s := strconv.FormatFloat(math.Floor(x/unit)*unit, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
