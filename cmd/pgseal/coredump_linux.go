package main

import (
	"errors"

	"golang.org/x/sys/unix"
)

// refuseCoreDumps keeps the kernel from writing what a proxy holds, values in plaintext among it, to a file or to a crash reporter when it dies, and other
// programs of the same account from reading its memory. The limit alone would not do: the kernel hands a dump to a reporter in spite of it.
func refuseCoreDumps() error {
	return errors.Join(unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}), unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0))
}
