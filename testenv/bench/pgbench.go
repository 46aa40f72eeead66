package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// sample is one run.
type sample struct {
	TPS          float64 `json:"tps"`
	Transactions int64   `json:"transactions"`
	LatencyMS    float64 `json:"latency_ms"`
	CPUMicros    float64 `json:"cpu_us_per_transaction,omitempty"` // of the proxy
}

// measure runs a leg once.
func (s *servers) measure(ctx context.Context, l leg, o options, clients, seconds int) (sample, error) {
	// pgbench's own threads share the machine; one for 8 clients is enough.
	args := []string{"-n", "-M", o.mode, "-c", strconv.Itoa(clients), "-j", strconv.Itoa(max(1, min(4, clients/8))), "-T", strconv.Itoa(seconds)}
	if l.script == "" {
		args = append(args, "-S", "-s", strconv.Itoa(o.scale))
	} else {
		file := filepath.Join(s.dir, "script.sql")
		if err := os.WriteFile(file, []byte(l.script), 0o600); err != nil {
			return sample{}, err
		}
		// In simple mode a variable is text of the statement.
		text := body()
		if o.mode == "simple" {
			text = "'" + text + "'"
		}
		args = append(args, "-D", "body="+text, "-f", file)
	}
	pid := s.pids[l.way]
	before, err := cpuTime(pid)
	if err != nil {
		return sample{}, err
	}
	out, err := pgbench(ctx, append(args, s.urls[l.way])...)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", l.name, err)
	}
	after, err := cpuTime(pid)
	if err != nil {
		return sample{}, err
	}
	r, err := parsePgbench(out)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", l.name, err)
	}
	if pid != 0 {
		r.CPUMicros = float64((after - before).Microseconds()) / float64(r.Transactions)
	}
	return r, nil
}

// pgbench runs the program and returns what it printed.
func pgbench(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, pgbenchPath(), args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("pgbench: %w\n%.2000s", err, stderr.String())
	}
	return stdout.Bytes(), nil
}

var (
	tpsLine       = regexp.MustCompile(`(?m)^tps = ([0-9.]+) \(without initial connection time\)$`)
	processedLine = regexp.MustCompile(`(?m)^number of transactions actually processed: ([0-9]+)`)
	latencyLine   = regexp.MustCompile(`(?m)^latency average = ([0-9.]+) ms$`)
	failedLine    = regexp.MustCompile(`(?m)^number of failed transactions: ([0-9]+) `)
)

func parsePgbench(out []byte) (r sample, err error) {
	number := func(line *regexp.Regexp) (f float64) {
		m := line.FindSubmatch(out)
		if m == nil {
			err = fmt.Errorf("pgbench printed no line like %s:\n%s", line, out)
			return 0
		}
		f, perr := strconv.ParseFloat(string(m[1]), 64)
		if perr != nil {
			err = perr
		}
		return f
	}
	if r.Transactions = int64(number(processedLine)); err == nil && r.Transactions == 0 {
		return r, errNoTransaction
	}
	r.TPS, r.LatencyMS = number(tpsLine), number(latencyLine)
	if m := failedLine.FindSubmatch(out); m != nil && string(m[1]) != "0" {
		err = fmt.Errorf("%s transactions failed", m[1])
	}
	return r, err
}

// errNoTransaction: the machine is too busy with other things to measure.
var errNoTransaction = errors.New("no transaction was processed in the time given")
