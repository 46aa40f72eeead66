package bulk

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
)

var longForm = flag.Bool("long", false, "the tests too that take minutes")

// long is for tests that take minutes and whose subject shorter ones touch as well.
func long(t *testing.T) {
	t.Helper()
	if !*longForm {
		t.Skip("takes minutes: make existing runs it (-long)")
	}
}

// unraced is for tests that measure time, and for those of what the server does.
func unraced(t *testing.T) {
	t.Helper()
	if program.RaceDetector {
		t.Skip("not under the race detector: what it is about is time, or is done by the server")
	}
}

// binary is pgseal, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "pgseal-bulk-")
		if err == nil {
			defer os.RemoveAll(dir)
			binary, err = program.Build(context.Background(), dir)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}
