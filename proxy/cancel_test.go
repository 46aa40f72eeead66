package proxy_test

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy"
)

// silentKeys are keys of a KMS that does not answer while it is silent.
type silentKeys struct {
	proxy.Keys
	silent atomic.Bool
	ended  atomic.Bool // somebody asked whose wait had been ended before it began
	asked  chan struct{}
}

func (k *silentKeys) Acquire(ctx context.Context, tenant string) (proxy.Key, error) {
	if ctx.Err() != nil {
		k.ended.Store(true)
	}
	if !k.silent.Load() {
		return k.Keys.Acquire(ctx, tenant)
	}
	k.asked <- struct{}{}
	<-ctx.Done()
	return nil, denied
}

// A statement that waits for a KMS is ended by its client's cancel request like one that runs: the transaction fails, the session goes on.
func TestCancelWhileWaitingForKey(t *testing.T) {
	keys := &silentKeys{asked: make(chan struct{}, 1)}
	s := startSafe(t, func(c *proxy.Config) {
		for _, d := range c.Databases {
			keys.Keys, d.Keys = d.Keys, keys
		}
	})
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol} {
		conn := s.connect(t)
		tx, err := conn.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		keys.silent.Store(true)
		cancelled := make(chan error, 1)
		go func() {
			<-keys.asked
			cancelled <- conn.PgConn().CancelRequest(t.Context())
		}()
		if _, err := tx.Exec(t.Context(), insertTitle, mode, int(mode), "x"); code(err) != "57014" {
			t.Errorf("%s: %v", mode, err)
		}
		if err := <-cancelled; err != nil {
			t.Error(err)
		}
		keys.silent.Store(false)
		if _, err := tx.Exec(t.Context(), "SELECT 1"); code(err) != "25P02" {
			t.Errorf("%s: %v", mode, err)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := conn.Exec(t.Context(), insertTitle, mode, int(mode), "x"); err != nil {
			t.Errorf("%s, afterwards: %v", mode, err)
		}
	}
	if keys.ended.Load() {
		t.Error("a cancel request ends later waits too")
	}
}

// A cancel request that takes its time hits nothing that the client sends after it.
func TestLateCancel(t *testing.T) {
	for name, busy := range map[string]string{"idle": "", "at work": "SELECT pg_sleep(0.05)"} {
		var dialed atomic.Int32
		p := start(t, proxy.Config{PassOthers: true, Dial: func(ctx context.Context) (net.Conn, error) {
			if dialed.Add(1) > 1 {
				time.Sleep(300 * time.Millisecond)
			}
			var d net.Dialer
			return d.DialContext(ctx, "tcp", cluster.Address())
		}})
		conn := p.connect(t, "postgres")
		if busy != "" {
			go func() {
				time.Sleep(10 * time.Millisecond)
				sendCancel(p, conn)
			}()
			mustExec(t, conn, busy)
		} else {
			sendCancel(p, conn)
			time.Sleep(50 * time.Millisecond)
		}
		if _, err := conn.Exec(t.Context(), "SELECT pg_sleep(0.6)"); err != nil {
			t.Errorf("%s: what was sent behind the cancel request: %v", name, err)
		}
		if n := dialed.Load(); n != 2 {
			t.Errorf("%s: %d connections to the server", name, n)
		}
	}
}

// sendCancel does not wait for the request to be carried out, as few clients do.
func sendCancel(p *running, conn *pgx.Conn) {
	c, err := net.Dial("tcp", p.listener.Addr().String())
	if err != nil {
		return
	}
	defer c.Close()
	raw := append(binary32(16), binary32(80877102)...)
	_, _ = c.Write(append(append(raw, binary32(conn.PgConn().PID())...), conn.PgConn().SecretKey()...))
}
