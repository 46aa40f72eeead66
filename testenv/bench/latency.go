package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// percentiles of the latency, in milliseconds.
type percentiles struct {
	P50 float64 `json:"p50_ms"`
	P95 float64 `json:"p95_ms"`
	P99 float64 `json:"p99_ms"`
}

// readLatencies reads the logs of pgbench's threads that begin with prefix, and
// removes them: "client transaction microseconds script seconds microseconds"
// in each line, "skipped" or "failed" in place of a time that there is not.
func readLatencies(prefix string) (micros []float64, err error) {
	files, err := filepath.Glob(prefix + ".*")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if micros, err = parseLatencies(micros, data); err != nil {
			return nil, fmt.Errorf("pgbench's log: %w", err)
		}
		if err := os.Remove(file); err != nil {
			return nil, err
		}
	}
	return micros, nil
}

// parseLatencies appends the times of a log to list.
func parseLatencies(list []float64, data []byte) ([]float64, error) {
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		fields := bytes.Fields(lines.Bytes())
		if len(fields) < 6 {
			return nil, fmt.Errorf("a line of %d fields", len(fields))
		}
		n, err := strconv.ParseFloat(string(fields[2]), 64)
		if err != nil {
			return nil, errors.New("a transaction that was not carried out")
		}
		list = append(list, n)
	}
	return list, nil
}

// percentilesOf sorts the times of a run.
func percentilesOf(micros []float64) percentiles {
	slices.Sort(micros)
	at := func(share float64) float64 { return percentile(micros, share) / 1000 }
	return percentiles{at(0.50), at(0.95), at(0.99)}
}

// percentile is the least of the sorted values that a share of them does not
// exceed (the nearest rank); 0 of none.
func percentile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(share * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}
