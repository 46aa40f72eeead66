package browser

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// patience is how long a condition may take: machines that test are slow, and do other things.
const patience = 30 * time.Second

// Browser is a running Chromium.
type Browser struct{ ctx context.Context }

// Path is the Chromium that is used; empty: there is none.
func Path() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Start starts a Chromium that ends with the test. Under the race detector it skips the test: what runs there is Chromium and the program, neither of which
// is built with it, and both take their time.
func Start(t testing.TB) *Browser {
	t.Helper()
	if program.RaceDetector {
		t.Skip("the race detector has nothing to look at in a browser")
	}
	path := Path()
	if path == "" {
		t.Fatal("there is no Chromium: .ci/prerequisites test installs it")
	}
	profile, err := os.MkdirTemp("", "pgseal-browser-")
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	allocator, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	ctx, quit := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // asks it to end, and waits
		quit()
		stop()
		_ = os.RemoveAll(profile)
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return &Browser{ctx: ctx}
}
