package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// TestDenialIsHeard: what the KMS says to one proxy ends the use of the key in the others, which would not have asked for a long time. They hear of it by a
// notification, and without one when they next look.
func TestDenialIsHeard(t *testing.T) {
	f := deploy(t, 1, 3, 2)
	f.sow()
	for i, how := range []string{"by a notification", "by polling"} {
		tn := f.tenants[i]
		if how == "by polling" {
			for _, m := range f.proxies {
				m.control.deaf.Store(true)
				m.control.lead(f.cluster.Address()) // so that they listen anew
			}
			time.Sleep(time.Second)
		}
		f.settle(tn.name, "", heard)
		asker := f.proxies[2]
		f.restart(asker) // so that it has to ask
		no := kmstest.Denial{Operations: []string{"Decrypt"}, Resource: tn.key()}
		f.kms.Deny(no)
		asked := f.kms.Count("Decrypt")
		if got := f.look(t.Context(), asker, tn.name); got != "KU001" {
			t.Errorf("the proxy that asked: %q", got)
		}
		t.Logf("%s: %v", how, f.settle(tn.name, "KU001", heard).Round(time.Millisecond))
		f.kms.Allow(no)
		f.settle(tn.name, "", heard+probing)
		if n := f.kms.Count("Decrypt") - asked; n > 3*len(f.proxies) {
			t.Errorf("%d calls of the KMS", n)
		}
	}
}

// seen is one value that a client got.
type seen struct{ sent, received time.Time }

// watcher asks one proxy for one value over and over, on one connection as long as there is one.
type watcher struct {
	values []seen
	pause  sync.Mutex // held: nothing is asked
}

func (w *watcher) run(ctx context.Context, f *fleet, m *member, tenant string) {
	var conn *pgx.Conn
	for ctx.Err() == nil {
		w.pause.Lock()
		conn = w.ask(ctx, f, m, tenant, conn)
		w.pause.Unlock()
		time.Sleep(20 * time.Millisecond)
	}
	if conn != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
	}
}

func (w *watcher) ask(ctx context.Context, f *fleet, m *member, tenant string, conn *pgx.Conn) *pgx.Conn {
	var err error
	if conn == nil || conn.IsClosed() {
		if conn, err = pgx.Connect(ctx, f.url(m, tenant)); err != nil {
			return nil
		}
	}
	var title string
	s := seen{sent: time.Now()}
	if err := conn.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", f.ownRow(tenant)).Scan(&title); err == nil {
		s.received = time.Now()
		w.values = append(w.values, s)
	}
	return conn
}

// promise is what `key status` said at some time.
type promise struct {
	asked, until time.Time
	none         bool // nobody holds the key any more
}

// TestReadableUntil holds what `key status` promises of the whole deployment against what comes through, while proxies are cut off, stopped and killed.
func TestReadableUntil(t *testing.T) {
	if *long == 0 {
		t.Skip("the shortest cache time is a minute: make fleet")
	}
	f := deploy(t, *seed, 4, 1)
	f.sow()
	tn := f.tenants[0].name
	ctx, stop := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watchers := make([]*watcher, len(f.proxies))
	for i, m := range f.proxies {
		watchers[i] = &watcher{}
		watching.Go(func() { watchers[i].run(ctx, f, m, tn) })
	}
	var promises []promise
	ask := func(for_ time.Duration) {
		for end := time.Now().Add(for_); time.Now().Before(end); time.Sleep(time.Duration(200+f.random.IntN(1500)) * time.Millisecond) {
			promises = append(promises, f.promised(tn))
		}
	}
	ask(5 * time.Second)
	cut, stopped, killed := f.proxies[1], f.proxies[2], f.proxies[3]
	cut.control.setCut(true)
	watchers[2].pause.Lock() // nothing is on its way while it stops
	if err := stopped.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	watchers[2].pause.Unlock()
	f.kill(killed)
	ask(15 * time.Second)
	if _, err := f.kms.Inject(kmstest.Fault{Kind: kmstest.Hang}); err != nil {
		t.Fatal(err)
	}
	silent := time.Now()
	ask(75 * time.Second)
	if err := stopped.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	ask(5 * time.Second)
	cut.control.setCut(false)
	ask(5 * time.Second)
	stop()
	watching.Wait()
	f.keepPromises(watchers, promises, silent)
}

// promised asks for the state of a tenant's key, as the customer's security officer does.
func (f *fleet) promised(tenant string) promise {
	p := promise{asked: time.Now()}
	var status struct {
		ReadableUntil time.Time `json:"readable_until"`
	}
	if err := json.Unmarshal([]byte(f.must("key", "status", tenant, "--json")), &status); err != nil {
		f.t.Error(err)
	}
	if p.until = status.ReadableUntil; p.until.IsZero() { // not any more
		p.until, p.none = time.Now(), true
	}
	return p
}

// keepPromises: no value that came later than was promised but for a yes of the KMS that came later than the promise.
func (f *fleet) keepPromises(watchers []*watcher, promises []promise, silent time.Time) {
	var yes []time.Time
	for _, c := range f.kms.Calls() {
		if c.Operation == "Decrypt" && c.Answer == "" {
			yes = append(yes, c.Time)
		}
	}
	last := promise{}
	for _, p := range promises {
		if !p.none && p.until.After(last.until) {
			last = p
		}
		renewed := func(before time.Time) bool {
			for _, y := range yes {
				if y.After(p.asked.Add(-time.Second)) && y.Before(before) {
					return true
				}
			}
			return false
		}
		for i, w := range watchers {
			for _, v := range w.values {
				if v.sent.After(p.until) && !renewed(v.received) {
					f.t.Errorf("%s: a value was asked for at %s and came; at %s it was promised that none would after %s", f.proxies[i].name,
						v.sent.Format(clock), p.asked.Format(clock), p.until.Format(clock))
					break
				}
			}
		}
	}
	for i, w := range watchers {
		if len(w.values) == 0 {
			f.t.Error(errors.New("nothing came through at all"))
			continue
		}
		f.t.Logf("%s: %d values, the last at %s", f.proxies[i].name, len(w.values), w.values[len(w.values)-1].received.Format(clock))
	}
	f.t.Logf("%d promises; the KMS was silent from %s, the last promise was until %s", len(promises), silent.Format(clock), last.until.Format(clock))
	if !promises[len(promises)-1].none {
		f.t.Error("in the end somebody still holds the key")
	}
	if late := last.until.Sub(silent); late < 0 || late > 61*time.Second {
		f.t.Errorf("the last promise is of %v after the last yes", late)
	}
	if w := watchers[0]; last.until.Sub(w.values[len(w.values)-1].received) > 30*time.Second {
		f.t.Error("the promise is of long after the last value")
	}
}
