package fleet

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/postgres"
)

// TestFailover: two proxies know a primary and its standby by name. The primary is lost, the standby promoted: sessions go to it by themselves, what was
// acknowledged is there, and nobody has changed a configuration.
func TestFailover(t *testing.T) {
	t.Parallel()
	primary := postgres.Start(t, clusterOptions())
	database := primary.NewDatabase(t)
	primary.Exec(t, database, "CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text)")
	standby := primary.Follow(t, clusterOptions())
	primary.Exec(t, "postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")
	primary.Exec(t, "postgres", "SELECT pg_reload_conf()")
	g := startGroup(t, 2, database, standby.Address()+", "+primary.Address(), fromDocument(t).attrs) // the standby first: it must not have sessions
	w := &writer{g: g}
	var writing sync.WaitGroup
	stop := make(chan struct{})
	writing.Go(func() { w.run(stop) })
	w.await(t, 20)
	g.cancels(2)
	lost := time.Now()
	if err := primary.Kill(); err != nil {
		t.Fatal(err)
	}
	standby.Exec(t, "postgres", "SELECT pg_promote()")
	promoted := time.Now()
	w.await(t, w.count()+20)
	t.Logf("writes go on %s after the primary was lost, %s after the standby was promoted", w.firstAfter(promoted).Sub(lost).Round(10*time.Millisecond),
		w.firstAfter(promoted).Sub(promoted).Round(10*time.Millisecond))
	close(stop)
	writing.Wait()
	conn := g.mustConnect(g.balancer)
	for id := range w.count() {
		var title string
		if err := conn.QueryRow(t.Context(), "SELECT title FROM matters WHERE email = $1", email(id)).Scan(&title); err != nil || title != fmt.Sprint(canary, id) {
			t.Fatalf("row %d, which was acknowledged: %q, %v", id, title, err)
		}
	}
	var plain int
	if err := standby.Conn(t, database, "").QueryRow(t.Context(), "SELECT count(*) FROM matters WHERE title NOT LIKE 'pgs1\\_%'").Scan(&plain); err != nil || plain > 0 {
		t.Errorf("%d plain, %v", plain, err)
	}
	g.cancels(2)
	g.lockReaches()
}

func email(id int) string { return fmt.Sprintf("%d@example.org", id) }

// writer writes one row after the other through the balancer, each until it is acknowledged.
type writer struct {
	g    *group
	mu   sync.Mutex
	acks []time.Time
}

func (w *writer) run(stop <-chan struct{}) {
	for id := 0; ; {
		select {
		case <-stop:
			return
		default:
		}
		if err := w.write(id); err != nil {
			time.Sleep(50 * time.Millisecond)
			continue
		}
		w.mu.Lock()
		w.acks = append(w.acks, time.Now())
		w.mu.Unlock()
		id++
	}
}

func (w *writer) write(id int) error {
	ctx := w.g.t.Context()
	conn, err := w.g.connect(ctx, w.g.balancer)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "INSERT INTO matters VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING", id, fmt.Sprint(canary, id), email(id))
	return err
}

func (w *writer) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acks)
}

// await waits until n rows were acknowledged.
func (w *writer) await(t *testing.T, n int) {
	t.Helper()
	for end := time.Now().Add(90 * time.Second); w.count() < n; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d rows were acknowledged, want %d", w.count(), n)
		}
	}
}

func (w *writer) firstAfter(at time.Time) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, ack := range w.acks {
		if ack.After(at) {
			return ack
		}
	}
	return time.Time{}
}
