package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Page is a window with cookies of its own.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	problems []string
	requests []string
}

// Open opens a window of 1280 x 900 that ends with the test.
func (b *Browser) Open(t testing.TB) *Page {
	t.Helper()
	p := &Page{t: t}
	ctx, closeWindow := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	p.ctx = ctx
	t.Cleanup(closeWindow)
	if err := chromedp.Do(ctx, chromedp.Func(listenTo), chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatalf("opening a window: %v", err)
	}
	return p
}

// listenTo has the target tell of its console, its log and its requests.
func listenTo(ctx context.Context, target *chromedp.Target) error {
	_, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{})
	_, errLog := cdp.Call(ctx, target, cdplog.Enable, cdp.Empty{})
	_, errConsole := cdp.Call(ctx, target, runtime.Enable, cdp.Empty{})
	return errors.Join(err, errLog, errConsole)
}

// listen keeps what should not happen, and where the page asks for things.
func (p *Page) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.problems = append(p.problems, fmt.Sprintf("exception: %s %s", e.ExceptionDetails.Text, consoleText([]*runtime.RemoteObject{e.ExceptionDetails.Exception})))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning || e.Type == runtime.ConsoleAPICalledTypeAssert {
			p.problems = append(p.problems, fmt.Sprintf("console %s: %s", e.Type, consoleText(e.Args)))
		}
	case *cdplog.EventEntryAdded:
		// An answer of 4xx, or 503, is a page like others here; what it says is for the test to judge.
		answered := e.Entry.Source == cdplog.EntrySourceNetwork && (strings.Contains(e.Entry.Text, "responded with a status of 4") || strings.Contains(e.Entry.Text, "responded with a status of 503"))
		if e.Entry.Level == cdplog.EntryLevelError && !answered {
			p.problems = append(p.problems, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	}
}

func consoleText(args []*runtime.RemoteObject) string {
	var b strings.Builder
	for _, a := range args {
		if a != nil {
			fmt.Fprintf(&b, "%s %s ", a.Value, a.Description)
		}
	}
	return strings.TrimSpace(b.String())
}

// Problems are the errors and warnings of the console so far, violations of the content security policy among them.
func (p *Page) Problems() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.problems)
}

// Requests are the addresses that the page has asked for so far.
func (p *Page) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// Clean fails the test where the console is not clean, or something was asked for from elsewhere than one of the origins.
func (p *Page) Clean(origins ...string) {
	p.t.Helper()
	for _, problem := range p.Problems() {
		p.t.Errorf("the browser complains: %s", problem)
	}
	for _, r := range p.Requests() {
		u, err := url.Parse(r)
		if err != nil || (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "ws" || u.Scheme == "wss") && !slices.Contains(origins, u.Scheme+"://"+u.Host) {
			p.t.Errorf("a request left the origin: %s", r)
		}
	}
}
