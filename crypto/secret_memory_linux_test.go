//go:build linux

package crypto

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"
)

// TestSecretPages looks at the kernel's own view of a key's page: locked, not dumped, private, and gone after Destroy.
func TestSecretPages(t *testing.T) {
	k := arenaKey(t, newArena())
	address := pageOf(t, k)
	flags := strings.Fields(mappingFlags(t, address))
	has := map[string]bool{}
	for _, f := range flags {
		has[f] = true
	}
	if !has["dd"] {
		t.Errorf("the page would be dumped: %s", flags)
	}
	if !has["lo"] && memlockAllowed() {
		t.Errorf("the page is not locked: %s", flags)
	}
	if has["sh"] || has["ex"] {
		t.Errorf("the page is shared or executable: %s", flags)
	}
	k.Destroy()
	if isKeyPage(t, address) {
		t.Error("the page is still mapped")
	}
}

// TestForgottenKey: a key that nobody destroyed is wiped and unmapped when it is collected.
func TestForgottenKey(t *testing.T) {
	address := pageOf(t, arenaKey(t, newArena()))
	for deadline := time.Now().Add(10 * time.Second); isKeyPage(t, address); {
		if time.Now().After(deadline) {
			t.Fatal("the page is still mapped")
		}
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}

// arenaKey is a key in an arena of its own.
func arenaKey(t *testing.T, arena *secretArena) *DataKey {
	t.Helper()
	m, err := newSecretMemory(arena)
	if err != nil {
		t.Fatal(err)
	}
	return &DataKey{m}
}

func pageOf(t *testing.T, k *DataKey) (address uintptr) {
	t.Helper()
	if err := k.use(func(key []byte) error {
		address = uintptr(unsafe.Pointer(&key[0]))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return address
}

// isKeyPage tells whether a key's page is mapped at address (other memory may have come to lie there since).
func isKeyPage(t *testing.T, address uintptr) bool {
	t.Helper()
	return strings.Contains(mappingFlags(t, address), "dd")
}

// mappingFlags gives the VmFlags of the mapping that holds address (proc_pid_smaps(5)), "" if there is none.
func mappingFlags(t *testing.T, address uintptr) string {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	inside := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var from, to uintptr
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			inside = from <= address && address < to
		} else if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && inside {
			return flags
		}
	}
	return ""
}

// memlockAllowed tells whether this process may lock a page.
func memlockAllowed() bool {
	b, locked, err := allocateSecret(1)
	if err != nil {
		return false
	}
	defer wipeSecret(b)
	return locked
}
