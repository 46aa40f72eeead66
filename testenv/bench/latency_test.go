package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestPercentile(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(i + 1)
	}
	for _, c := range []struct {
		values []float64
		share  float64
		want   float64
	}{
		{nil, 0.5, 0}, {[]float64{7}, 0.5, 7}, {[]float64{7}, 0.99, 7}, {[]float64{1, 2}, 0.5, 1}, {[]float64{1, 2, 3}, 0.5, 2}, {[]float64{1, 2, 3}, 0, 1},
		{hundred, 0.5, 50}, {hundred, 0.95, 95}, {hundred, 0.99, 99}, {hundred, 1, 100}, {hundred[:10], 0.95, 10},
	} {
		if got := percentile(c.values, c.share); got != c.want {
			t.Errorf("%v of %d values: %v, want %v", c.share, len(c.values), got, c.want)
		}
	}
	slices.Reverse(hundred)
	if got, want := percentilesOf(hundred), (percentiles{0.050, 0.095, 0.099}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestReadLatencies(t *testing.T) {
	prefix := filepath.Join(t.TempDir(), "times")
	for name, text := range map[string]string{".17": "0 0 1500 0 1700000000 123\n1 0 250 0 1700000000 124\n", ".17.1": "2 0 3 0 1700000000 99\n"} {
		if err := os.WriteFile(prefix+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := readLatencies(prefix)
	slices.Sort(got)
	if err != nil || !slices.Equal(got, []float64{3, 250, 1500}) {
		t.Errorf("%v, %v", got, err)
	}
	if left, _ := filepath.Glob(prefix + "*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	for _, bad := range []string{"0 0 failed 0 1700000000 123\n", "0 0 1\n"} {
		if _, err := parseLatencies(nil, []byte(bad)); err == nil {
			t.Errorf("taken: %q", bad)
		}
	}
}

// TestRowReader: the rows come out whole and as many as there should be, however they are read.
func TestRowReader(t *testing.T) {
	if blockRows < cellRows {
		t.Errorf("numbers repeat after %d rows in a table with a primary key of %d", blockRows, cellRows)
	}
	for _, rows := range []int{1, 7, blockRows, blockRows + 1, 2*blockRows + 5} {
		data, err := io.ReadAll(newRowReader("%d\tx\n", rows))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
		if len(lines) != rows || lines[0] != "1\tx" {
			t.Errorf("%d rows, the first %q, want %d", len(lines), lines[0], rows)
		}
	}
	data, err := io.ReadAll(iotest.OneByteReader(newRowReader("%d,\n", 3)))
	if err != nil || string(data) != "1,\n2,\n3,\n" {
		t.Errorf("%q, %v", data, err)
	}
}
