package localkey_test

import (
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

const nobody = 65534

// asNobody calls f as a user who may read no file of ours. Nothing is to be done when this process is no superuser.
func asNobody(t *testing.T, f func() error) error {
	t.Helper()
	if os.Geteuid() != 0 {
		return f()
	}
	done := make(chan error)
	go func() {
		// The thread keeps its changed credentials, so it is never unlocked and dies with the goroutine.
		runtime.LockOSThread()
		if err := unix.Setfsuid(nobody); err != nil {
			done <- err
			return
		}
		done <- f()
	}()
	return <-done
}
