package bulk

import (
	"errors"
	"os/exec"
	"syscall"
	"testing"
)

func asExit(err error, exit **exec.ExitError) bool { return errors.As(err, exit) }

// killProxy kills the serving process and starts another one.
func (w *world) killProxy(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(w.pgseal.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = w.pgseal.Stop() // it reports the kill
	w.serve(t)
}
