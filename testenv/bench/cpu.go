package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// userTick is the unit of times in /proc/PID/stat, USER_HZ, which is 100 on
// every architecture that Go runs Linux on.
const userTick = 10 * time.Millisecond

// cpuTime is the CPU time that a process has used, 0 for process 0. It is the
// sum of its threads' schedstat (nanoseconds) where the kernel has that, and
// utime and stime in ticks otherwise.
func cpuTime(pid int) (time.Duration, error) {
	if pid == 0 {
		return 0, nil
	}
	total, err := threadsTime(pid)
	if errors.Is(err, fs.ErrNotExist) {
		return ticksTime(pid)
	}
	return total, err
}

// threadsTime adds up /proc/PID/task/*/schedstat: "time on CPU, time waiting,
// slices". A thread that ends meanwhile is left out.
func threadsTime(pid int) (total time.Duration, err error) {
	if _, err := os.Stat(fmt.Sprintf("/proc/%d/schedstat", pid)); err != nil {
		return 0, err
	}
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil {
		return 0, err
	}
	for _, file := range threads {
		data, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		first, _, _ := bytes.Cut(data, []byte(" "))
		ns, err := strconv.ParseInt(string(first), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		total += time.Duration(ns)
	}
	return total, nil
}

// ticksTime reads utime and stime, the 14th and 15th field of /proc/PID/stat,
// counted behind the command's name, which may hold anything.
func ticksTime(pid int) (time.Duration, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields))
	}
	var ticks int64
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(string(f), 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * userTick, nil
}
