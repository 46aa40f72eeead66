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

// pgbench runs a script for some seconds. Each transaction's time is logged, by
// all ways alike, and read when the run is over.
func (s *servers) pgbench(ctx context.Context, w work, set setting, scale, seconds int, url string) (sample, error) {
	// pgbench's own threads share the machine; one for 8 clients is enough.
	args := []string{"-n", "-M", set.Mode, "-c", strconv.Itoa(set.Clients), "-j", strconv.Itoa(max(1, min(4, set.Clients/8))), "-T", strconv.Itoa(seconds)}
	if w.builtin != "" {
		args = append(args, "-b", w.builtin, "-s", strconv.Itoa(scale))
	} else {
		file := filepath.Join(s.dir, "script.sql")
		if err := os.WriteFile(file, []byte(w.script), 0o600); err != nil {
			return sample{}, err
		}
		// In simple mode a variable is text of the statement.
		text := body()
		if set.Mode == "simple" {
			text = "'" + text + "'"
		}
		args = append(args, "-D", "body="+text, "-f", file)
	}
	log := filepath.Join(s.dir, "times")
	out, err := pgbench(ctx, append(args, "-l", "--log-prefix="+log, url)...)
	if err != nil {
		return sample{}, err
	}
	micros, err := readLatencies(log)
	if err != nil {
		return sample{}, err
	}
	r, err := parsePgbench(out)
	r.percentiles = percentilesOf(micros)
	return r, err
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
	if r.Units = int64(number(processedLine)); err == nil && r.Units == 0 {
		return r, errNoTransaction
	}
	r.PerSecond = number(tpsLine)
	if m := failedLine.FindSubmatch(out); m != nil && string(m[1]) != "0" {
		err = fmt.Errorf("%s transactions failed", m[1])
	}
	return r, err
}

// errNoTransaction: the machine is too busy with other things to measure.
var errNoTransaction = errors.New("no transaction was processed in the time given")
