package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// writeDocument writes performance.md and its chart to a folder.
func writeDocument(dir string, a about, results []result) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var chart bytes.Buffer
	if err := drawChart(&chart, results); err != nil {
		return fmt.Errorf("the chart: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "performance.svg"), chart.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "performance.md"), document(a, results), 0o644)
}

const documentHead = `# Performance

Written by ` + "`make performance`" + `. PostgreSQL itself, PgBouncer (session mode) and pgseal take turns in every round, all on one machine that does nothing else if
it can be helped; ratios are what lasts from one machine to another, absolute figures are not. What a larger machine would carry is worked out in [operations](operations.md#capacity).

**How to read it.** The last column of each table is the answer in short: what part of PgBouncer's throughput, or of a direct connection's, is left by way of pgseal. PgBouncer stands for what any proxy costs. What sealing itself costs is the line with sealed columns beside the one with native
(unprotected) ones. With few clients it is latency that is seen; with many, on these cores, the CPU that PostgreSQL, pgbench and the proxy have to share.

- %s
- %s
- AES-256-GCM alone opens a value of %d bytes in %.2f µs on this machine.

![throughput and CPU](performance.svg)

## Columns

- **setting**: pgbench's query mode, the number of clients, and whether the client's leg has TLS (with the same certificate by all ways). Behind the proxies there is none.
- **throughput**: the median of the ratios of each round, with the least and the most.
- **p50 / p95 / p99**: latency of one transaction, of pgbench's log of all of them, which it writes by all ways alike.
- **CPU**: of the proxy's process, all threads, for one transaction or row, connecting included. The direct way has no proxy.
- **reads, writes**: calls of read and write and their kin for one transaction or row, of /proc/PID/io, since tracing would slow down what is measured. PgBouncer calls recv and send, which are not counted there.
- **waits**: how often a thread of the proxy gave up its CPU to wait for something, for one transaction or row (voluntary context switches).
- **allocations**: objects that pgseal allocated for one transaction or row, of go_memstats_mallocs_total, connecting included.

## Tables
`

// document is performance.md.
func document(a about, results []result) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, documentHead, capital(a.where()), capital(a.how()), cellBytes, a.AESMicros)
	printTables(&b, results)
	if verdicts := checkMarks(a, results); len(verdicts) > 0 {
		fmt.Fprintf(&b, "\n## Marks\n\nThe marks are goals of the development; each line says whether this run has reached it.\n\n")
		for _, v := range verdicts {
			fmt.Fprintf(&b, "- %s\n", v.text)
		}
	}
	return b.Bytes()
}

// capital makes a line a sentence.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }
