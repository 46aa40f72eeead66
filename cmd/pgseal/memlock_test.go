package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
)

// TestLockedMemory: the log says once that keys may be swapped, and once that they may not any more.
func TestLockedMemory(t *testing.T) {
	var out bytes.Buffer
	var usage crypto.SecretUsage
	l := &lockedMemory{log: slog.New(slog.NewTextHandler(&out, nil)), usage: func() crypto.SecretUsage { return usage }}
	for _, unlocked := range []int{0, 4096, 8192, 4096, 0, 0, 4096} {
		usage.Unlocked = unlocked
		l.look()
	}
	if warnings, infos := strings.Count(out.String(), "level=WARN"), strings.Count(out.String(), "level=INFO"); warnings != 2 || infos != 1 {
		t.Errorf("the log:\n%s", out.String())
	}
}
