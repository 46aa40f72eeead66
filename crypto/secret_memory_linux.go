//go:build linux

package crypto

import (
	"os"
	"syscall"
)

const madvDontDump = 0x10 // MADV_DONTDUMP, madvise(2)

// allocateSecret maps whole pages of its own for at least n bytes, so that locking and unmapping touch nothing else.
func allocateSecret(n int) ([]byte, error) {
	page := os.Getpagesize()
	size := (n + page - 1) / page * page
	b, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		return nil, err
	}
	// Best effort, both: RLIMIT_MEMLOCK may be small, and a kernel may be built without core dumps.
	_ = syscall.Mlock(b)
	_ = syscall.Madvise(b, madvDontDump)
	return b, nil
}

// wipeSecret zeroes the pages and unmaps them (which unlocks them, mlock(2)). b is what allocateSecret gave.
func wipeSecret(b []byte) {
	clear(b)
	_ = syscall.Munmap(b)
}
