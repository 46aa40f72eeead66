package localkey_test

import (
	"context"
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/localkey"
)

// TestForbidden: a file that this process may not read is a no. Root may read everything, so the test lowers itself to nobody.
func TestForbidden(t *testing.T) {
	path := keyFile(t, fixedKey)
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	err := asNobody(t, func() error { return localkey.New(path).Probe(context.WithoutCancel(t.Context()), spec()) })
	if keysource.KindOf(err) != keysource.AccessDenied {
		t.Errorf("%v, want %v", err, keysource.AccessDenied)
	}
}

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
