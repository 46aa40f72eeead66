package keysource_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// bug is what a panic says: what must not get anywhere.
const bug = "cannot deal with Confidential"

// faulty is a store and a driver that panic where they are told to.
type faulty struct {
	*keysourcetest.Wrapper
	keysource.Store
	where atomic.Pointer[string]
	key   atomic.Pointer[crypto.DataKey] // given last
}

func (f *faulty) fail(where string) { f.where.Store(&where) }

func (f *faulty) at(where string) {
	if at := f.where.Load(); at != nil && *at == where {
		panic(errors.New(bug))
	}
}

func (f *faulty) Unwrap(ctx context.Context, s keysource.KeySpec, w keysource.Wrapped) (*crypto.DataKey, string, error) {
	f.at("unwrap")
	key, id, err := f.Wrapper.Unwrap(ctx, s, w)
	f.key.Store(key)
	return key, id, err
}

// Happened implements keysource.Journal.
func (f *faulty) Happened(keysource.Happening) { f.at("journal") }

func (f *faulty) Look(context.Context, keysource.KeySpec) error {
	f.at("look")
	return nil
}

func (f *faulty) Tenant(ctx context.Context, name string) (keysource.TenantRecord, error) {
	f.at("tenant")
	return f.Store.Tenant(ctx, name)
}

func (f *faulty) Changed(ctx context.Context) ([]keysource.TenantVersion, error) {
	f.at("changed")
	return f.Store.Changed(ctx)
}

func (f *faulty) Hold(ctx context.Context, tenant crypto.TenantID, left time.Duration) error {
	f.at("hold")
	return f.Store.Hold(ctx, tenant, left)
}

// TestPanics: a panic of a driver, or in reading records, is the failure of one call, as if nobody had answered: what is held is served until its deadline
// and no longer, and everything goes on when it is over. What the panic says is in no log and no error.
func TestPanics(t *testing.T) {
	for _, where := range []string{"unwrap", "tenant", "hold"} {
		t.Run(where, func(t *testing.T) {
			b, f, log := newFaulty(t)
			h := refreshed(b)
			value := sealed(t, h, 1, "title", "a secret")
			f.fail(where)
			b.sweep() // the refresh
			if where == "hold" {
				wantDestroyed(t, f.key.Load())
			}
			servedUntilDeadline(b, h, value, keysource.KMSUnreachable, b.ring.Status(acme).ReadableUntil.Sub(b.clock.Now()))
			_, err := b.ring.Acquire(t.Context(), acme)
			if kindOf(t, err) != keysource.KMSUnreachable || strings.Contains(err.Error(), "Confidential") {
				t.Errorf("%v", err)
			}
			f.fail("")
			b.clock.Advance(cacheTime)
			b.wantAsk(0)
			log.wantPlaces(t)
		})
	}
	for where, round := range map[string]func(*rig){"look": (*rig).watch, "changed": (*rig).poll} {
		t.Run(where, func(t *testing.T) {
			b, f, log := newFaulty(t)
			h := b.acquire(acme)
			f.fail(where)
			round(b)
			wantCheck(t, h, 0)
			f.fail("")
			b.store.Lock(acme, "somebody", b.clock.Now())
			b.poll()
			wantCheck(t, h, keysource.KeyLocked)
			log.wantPlaces(t)
		})
	}
}

// A no counts before anybody is told of it, and whoever cannot be told holds nothing up.
func TestPanicsWhileToldOfANo(t *testing.T) {
	t.Run("heard here", func(t *testing.T) {
		b, f, log := newFaulty(t)
		h := refreshed(b)
		f.fail("journal")
		f.Answer(keysource.AccessDenied)
		b.sweep() // the refresh
		wantCheck(t, h, keysource.AccessDenied)
		f.fail("")
		b.clock.Advance(cacheTime)
		b.wantAsk(keysource.AccessDenied)
		log.wantPlaces(t)
	})
	t.Run("heard by another proxy", func(t *testing.T) {
		b, f, log := newFaulty(t)
		h := b.acquire(acme)
		if err := b.store.Refused(t.Context(), acme, b.store.Record(acme).Version, keysource.AccessDenied); err != nil {
			t.Fatal(err)
		}
		f.fail("journal")
		b.poll()
		wantCheck(t, h, keysource.AccessDenied)
		f.fail("")
		b.clock.Advance(cacheTime)
		b.wantAsk(0)
		log.wantPlaces(t)
	})
}

// wantDestroyed wants a key that nobody uses any more to be zeroed now, not when memory is collected.
func wantDestroyed(t *testing.T, key *crypto.DataKey) {
	t.Helper()
	g := crypto.NewGeneration(crypto.StoreTag{}, crypto.TenantID{1}, 1, key)
	if _, err := g.Column(crypto.Column{ID: crypto.NewColumnID("s", "t", "c"), Family: "text"}); !errors.Is(err, crypto.ErrDestroyed) {
		t.Errorf("the key that was fetched is still there: %v", err)
	}
}

func newFaulty(t *testing.T) (*rig, *faulty, *places) {
	t.Helper()
	f, log := &faulty{}, &places{}
	b := newRig(t, func(o *keysource.Options) {
		f.Wrapper, f.Store = o.Wrappers["fake"].(*keysourcetest.Wrapper), o.Store
		o.Wrappers["fake"], o.Store, o.Journal = f, f, f
		o.Log = slog.New(slog.NewTextHandler(io.MultiWriter(testLog{t}, log), nil))
	})
	return b, f, log
}

// places is a log.
type places struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (p *places) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all.Write(b)
}

func (p *places) wantPlaces(t *testing.T) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if log := p.all.String(); strings.Contains(log, "Confidential") || !strings.Contains(log, "faulty).at") || !strings.Contains(log, "type=*errors.errorString") {
		t.Errorf("the log of a panic: %s", log)
	}
}
