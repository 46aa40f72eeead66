package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// usage is what a proxy has used since it started. A figure that cannot be had
// is negative.
type usage struct {
	cpu      time.Duration
	syscalls float64
	waits    float64
	mallocs  float64
}

// usageOf reads the usage of a way's proxy; there is none behind the direct way.
func (s *servers) usageOf(ctx context.Context, way string) (u usage, err error) {
	pid := s.pids[way]
	if u.cpu, err = cpuTime(pid); err != nil || pid == 0 {
		return u, err
	}
	u.syscalls, u.waits, u.mallocs = -1, -1, -1
	if n, err := waits(pid); err == nil {
		u.waits = n
	}
	if way != pgseal {
		return u, nil
	}
	if n, err := syscalls(pid); err == nil {
		u.syscalls = n
	}
	u.mallocs, err = s.mallocs(ctx)
	return u, err
}

// since is the usage of one of units things between an earlier usage and u.
func (u usage) since(before usage, units int64) perUnit {
	share := func(after, before float64) float64 {
		if after < 0 || before < 0 {
			return -1
		}
		return (after - before) / float64(units)
	}
	return perUnit{
		CPUMicros:   share(float64(u.cpu.Nanoseconds())/1000, float64(before.cpu.Nanoseconds())/1000),
		Syscalls:    share(u.syscalls, before.syscalls),
		Waits:       share(u.waits, before.waits),
		Allocations: share(u.mallocs, before.mallocs),
	}
}

// syscalls counts the calls of read and write and their kin, which
// /proc/PID/io tells. It knows nothing of recv and send, so it is of no use for
// PgBouncer, which calls those; Go reads and writes sockets.
func syscalls(pid int) (float64, error) {
	return sumOfLines(fmt.Sprintf("/proc/%d/io", pid), "syscr:", "syscw:")
}

// waits counts how often threads gave up their CPU until something happens.
func waits(pid int) (total float64, err error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	if err != nil || len(threads) == 0 {
		return 0, errors.Join(err, os.ErrNotExist)
	}
	for _, file := range threads {
		n, err := sumOfLines(file, "voluntary_ctxt_switches:")
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// sumOfLines adds up the numbers behind names, each the first word of a line.
func sumOfLines(file string, names ...string) (sum float64, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	found, sum := sumOf(bytes.NewReader(data), names...)
	if found != len(names) {
		return 0, fmt.Errorf("%s has %d of %s", file, found, strings.Join(names, " "))
	}
	return sum, nil
}

func sumOf(r io.Reader, names ...string) (found int, sum float64) {
	for lines := bufio.NewScanner(r); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		for _, name := range names {
			if len(fields) < 2 || fields[0] != name {
				continue
			}
			if n, err := strconv.ParseFloat(fields[1], 64); err == nil {
				found++
				sum += n
			}
		}
	}
	return found, sum
}

// mallocs is how many objects pgseal has allocated, as it says itself, or -1 if
// it does not say.
func (s *servers) mallocs(ctx context.Context) (float64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.proxy.AdminAddress()+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if found, sum := sumOf(answer.Body, "go_memstats_mallocs_total"); found == 1 {
		return sum, nil
	}
	return -1, nil
}
