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

// A cancel request goes to the host that runs the session, also once that takes no new ones; where another proxy has connected it, to all of them.
func TestCancelOnAHostOfBefore(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts, and never says anything
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	host := func(address string) *proxy.Upstream {
		return &proxy.Upstream{Network: "tcp", Address: address, TLS: proxy.UpstreamTLSDisable, Timeout: 10 * time.Second}
	}
	var moved atomic.Bool
	hosts := &proxy.Hosts{All: []*proxy.Upstream{host(cluster.Address()), host(silent.Addr().String())}, Wait: 10 * time.Second, Order: func() []int {
		if moved.Load() {
			return []int{1}
		}
		return []int{0}
	}}
	p := start(t, proxy.Config{PassOthers: true, Hosts: hosts, Limits: proxy.Limits{CancelTimeout: 2 * time.Second}})
	ours, others := p.connect(t, "postgres"), cluster.Conn(t, "postgres", "")
	moved.Store(true)
	sleep := func(conn *pgx.Conn) chan error {
		ended := make(chan error, 1)
		pid := conn.PgConn().PID()
		go func() { _, err := conn.Exec(context.Background(), "SELECT pg_sleep(60)"); ended <- err }()
		wantAsleep(t, pid)
		return ended
	}
	ended := sleep(ours)
	began := time.Now()
	sendCancel(p, ours)
	if err := <-ended; code(err) != "57014" {
		t.Errorf("%v", err)
	}
	if _, err := ours.Exec(t.Context(), "SELECT 1"); err != nil { // behind what was asked of the host, and of no other
		t.Error(err)
	}
	if took := time.Since(began); took >= 2*time.Second {
		t.Errorf("the session was held back for %s by a host that is not its own", took)
	}
	ended = sleep(others)
	sendCancel(p, others)
	if err := <-ended; code(err) != "57014" {
		t.Errorf("another proxy's: %v", err)
	}
}

// wantAsleep waits until a backend runs pg_sleep.
func wantAsleep(t *testing.T, pid uint32) {
	t.Helper()
	conn := cluster.Conn(t, "postgres", "")
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		var waits string
		if err := conn.QueryRow(t.Context(), "SELECT coalesce(wait_event, '') FROM pg_stat_activity WHERE pid = $1", int32(pid)).Scan(&waits); err != nil {
			t.Fatal(err)
		}
		if waits == "PgSleep" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the statement does not run")
		}
	}
}
