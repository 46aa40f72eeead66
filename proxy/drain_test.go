package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
)

// What is idle outside a transaction ends at once when the proxy drains, whatever came before; what is not ends at the deadline: running statements are
// cancelled, more of them than may be cancelled at once, and everybody is told.
func TestDrainDeadline(t *testing.T) {
	db := cluster.NewDatabase(t)
	cluster.Exec(t, db, "CREATE TABLE t (id int)")
	p := start(t, proxy.Config{PassOthers: true, Limits: proxy.Limits{Cancels: 2}})
	dial := func(ready int, messages ...pgproto3.FrontendMessage) *wireConn {
		c := dialWire(t, p.url(db))
		c.answers(t, ready, messages...)
		return c
	}
	idle := []*wireConn{
		dial(0), dial(1, query("SELECT 1")), dial(1, query("SELEC")), dial(1, query("LISTEN x")), dial(2, query("BEGIN"), query("ROLLBACK")),
		dial(1, parse("", "SELECT 1"), bind(""), &pgproto3.Execute{MaxRows: 1}, endSync), dial(1, query("COPY t FROM STDIN"), copyDone),
	}
	copying := dial(0, query("COPY t FROM STDIN"))
	copying.toldUntil(t, "G")
	unfinished := dial(0, parse("", "INSERT INTO t VALUES (1)"), bind(""), execute, flush)
	unfinished.toldUntil(t, "C")
	busy := []*wireConn{copying, unfinished, dial(1, query("BEGIN; INSERT INTO t VALUES (2)")), dial(2, query("BEGIN"), query("SELEC"))}
	for range 6 {
		busy = append(busy, dial(0, query("INSERT INTO t SELECT 3 FROM pg_sleep(60)")))
	}
	time.Sleep(200 * time.Millisecond) // they run
	drained := make(chan error, 1)
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
	defer stop()
	go func() { drained <- p.Drain(ctx, p.listener) }()
	wantShutdown := func(c *wireConn, name string) {
		t.Helper()
		_ = c.SetReadDeadline(time.Now().Add(30 * time.Second))
		typ, body, err := c.read()
		if err != nil || summary([]string{describeMessage(typ, body)}) != "57P01" {
			t.Errorf("%s: %c %q, %v", name, typ, body, err)
		}
		if _, _, err := c.read(); err == nil {
			t.Errorf("%s goes on", name)
		}
	}
	for i, c := range idle {
		wantShutdown(c, fmt.Sprint("idle session ", i))
	}
	if ctx.Err() != nil {
		t.Error("idle sessions have waited for the deadline")
	}
	for i, c := range busy {
		wantShutdown(c, fmt.Sprint("busy session ", i))
	}
	if err := <-drained; !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	deadline := time.Now().Add(30 * time.Second)
	for scan[int](t, db, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND query LIKE '%t%'") > 0 {
		if time.Now().After(deadline) {
			t.Fatal("statements still run")
		}
		time.Sleep(20 * time.Millisecond)
	}
	if n := scan[int](t, db, "SELECT count(*) FROM t"); n != 0 {
		t.Errorf("%d rows stand", n)
	}
}
