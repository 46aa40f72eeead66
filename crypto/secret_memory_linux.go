//go:build linux

package crypto

import (
	"os"
	"syscall"
)

const madvDontDump = 0x10 // MADV_DONTDUMP, madvise(2)

// allocateSecret maps whole pages of its own for at least n bytes, so that locking and unmapping touch nothing else.
// Where the limit on locked memory is reached (RLIMIT_MEMLOCK, mlock(2)) the pages are not locked: to refuse the key would stop the
// tenant's work for fear of a swap device.
func allocateSecret(n int) (b []byte, locked bool, err error) {
	page := os.Getpagesize()
	size := (n + page - 1) / page * page
	b, err = syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		return nil, false, err
	}
	locked = syscall.Mlock(b) == nil
	_ = syscall.Madvise(b, madvDontDump) // best effort: a kernel may be built without core dumps
	return b, locked, nil
}

// wipeSecret zeroes the pages and unmaps them (which unlocks them, mlock(2)). b is what allocateSecret gave.
func wipeSecret(b []byte) {
	clear(b)
	_ = syscall.Munmap(b)
}
