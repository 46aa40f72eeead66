package access

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

const (
	discoveryLifetime = time.Hour
	discoveryAhead    = discoveryLifetime / 2 // what is older is used, and asked for anew
	discoveryPatience = time.Second           // of a request that waits for it
	discoveryPause    = time.Second           // after a failure; it doubles up to discoveryLongest
	discoveryLongest  = time.Minute
)

// Errors of discovery.
var (
	errDiscovering = errors.New("the issuer has not answered yet")
	errNoIssuer    = errors.New("the issuer did not answer as it should a moment ago")
)

// discovery asks the issuer what it offers: once at a time, in the background, and after a failure not at once again. Nobody waits for it for long, so that a silent
// issuer holds back nothing and nobody else.
type discovery struct {
	issuer string
	now    func() time.Time
	ctx    context.Context // of what runs in the background, with the client
	stop   context.CancelFunc
	report func(error)
	tasks  sync.WaitGroup

	mu       sync.Mutex
	found    *oidc.Provider // nil: never yet
	at       time.Time      // when it was
	underway chan struct{}  // closed when it ends; nil: none is under way
	failures int            // since it was found last
	pause    time.Time      // not asked before
}

// close ends what is under way.
func (d *discovery) close() {
	d.stop()
	d.tasks.Wait()
}

// last is what was found last, or nil. It never waits.
func (d *discovery) last() *oidc.Provider {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.found
}

// provider is the issuer by what it has said within the hour.
func (d *discovery) provider(ctx context.Context) (*oidc.Provider, error) {
	found, underway := d.begin()
	if found != nil {
		return found, nil
	}
	if underway == nil {
		return nil, errNoIssuer
	}
	late := time.NewTimer(discoveryPatience)
	defer late.Stop()
	select {
	case <-underway:
	case <-late.C:
		return nil, errDiscovering
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.within(discoveryLifetime) {
		return nil, errNoIssuer
	}
	return d.found, nil
}

// begin gives what is known, or what there is to wait for, and has the issuer asked where that is due.
func (d *discovery) begin() (found *oidc.Provider, underway chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.within(discoveryAhead) && d.underway == nil && !d.now().Before(d.pause) {
		done := make(chan struct{})
		d.underway = done
		d.tasks.Go(func() { d.ask(done) })
	}
	if d.within(discoveryLifetime) {
		return d.found, nil
	}
	return nil, d.underway
}

func (d *discovery) within(age time.Duration) bool {
	now := d.now()
	return d.found != nil && now.Sub(d.at) < age && !now.Before(d.at)
}

func (d *discovery) ask(done chan struct{}) {
	found, err := oidc.NewProvider(d.ctx, d.issuer) // which keeps the client alone of ctx, for fetching keys later on
	if err != nil && d.ctx.Err() == nil {
		d.report(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	defer close(done)
	d.underway = nil
	if err != nil {
		d.pause = d.now().Add(min(discoveryPause<<min(d.failures, 16), discoveryLongest))
		d.failures++
		return
	}
	d.found, d.at, d.failures, d.pause = found, d.now(), 0, time.Time{}
}
