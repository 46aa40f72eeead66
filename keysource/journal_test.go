package keysource_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/legatics/pgseal/keysource"
)

// diary is a Journal that keeps what it hears.
type diary struct {
	mu    sync.Mutex
	heard []keysource.Happening
}

func (d *diary) Happened(h keysource.Happening) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard = append(d.heard, h)
}

// take gives what was heard since it was last taken: what, and the reason's code.
func (d *diary) take() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := map[keysource.What]string{keysource.Fetched: "fetched", keysource.Back: "back", keysource.Denied: "denied",
		keysource.Unreachable: "unreachable", keysource.Evicted: "evicted", keysource.Alarmed: "alarmed"}
	var all []string
	for _, h := range d.heard {
		text := names[h.What]
		if h.Failure != nil {
			text += " " + h.Failure.Kind.Code()
		}
		if h.Closing() {
			text += " closing"
		}
		all = append(all, text)
	}
	d.heard = nil
	return strings.Join(all, ", ")
}

// TestJournal: what becomes of a key, each thing once.
func TestJournal(t *testing.T) {
	d := &diary{}
	b := newRig(t, func(o *keysource.Options) { o.Journal = d })
	want := func(when, want string) {
		t.Helper()
		if got := d.take(); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	_, _ = b.ring.Acquire(t.Context(), "nobody")
	want("a name of no tenant", "")
	b.wantAsk(0)
	if h := d.heard[0]; h.Tenant.String() == "" || h.Name != acme || h.Key == "" || len(h.Requests) != 1 || h.Until.Sub(h.At) != cacheTime {
		t.Errorf("%+v", h)
	}
	want("a first yes", "fetched")
	b.wantAsk(0)
	want("a use of what is held", "")

	b.clock.Advance(cacheTime * 9 / 10)
	b.wrapper.Answer(keysource.AccessDenied)
	b.sweep()
	want("a no", "denied KU001, evicted KU001")
	b.clock.Advance(cacheTime)
	b.wantAsk(keysource.AccessDenied)
	want("the same no", "")
	b.wrapper.Answer(0)
	b.clock.Advance(cacheTime)
	b.wantAsk(0)
	want("a yes again", "fetched, back KU001")
	b.wantAsk(0)

	b.wrapper.Answer(keysource.KMSUnreachable)
	b.clock.Advance(cacheTime * 9 / 10)
	b.sweep()
	want("no answer", "unreachable KU006")
	b.clock.Advance(cacheTime)
	b.sweep()
	want("the cache time is over", "evicted KU006")
	b.wrapper.Answer(0)
	b.wantAsk(0)
	want("an answer again", "fetched, back KU006")
	b.ring.Close()
	want("the end", "evicted KU006 closing")
}
