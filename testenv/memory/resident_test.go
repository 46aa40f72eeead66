package memory

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// resident is the memory of a process in KiB, once it has settled: what the garbage collector has freed is given back only after a while.
func resident(t *testing.T, pid int) int {
	t.Helper()
	least := status(t, pid, "VmRSS:")
	for range 4 {
		time.Sleep(200 * time.Millisecond)
		least = min(least, status(t, pid, "VmRSS:"))
	}
	return least
}

// peak is the most that a process has held so far, in KiB.
func peak(t *testing.T, pid int) int {
	t.Helper()
	return status(t, pid, "VmHWM:")
}

// status reads a number of KiB from /proc/PID/status (proc(5)).
func status(t *testing.T, pid int, field string) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		if rest, ok := strings.CutPrefix(string(line), field); ok {
			kib, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				t.Fatal(err)
			}
			return kib
		}
	}
	t.Fatalf("no %s of process %d", field, pid)
	return 0
}
