package proxy_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
)

func limitIdle(c *proxy.Config) {
	c.Limits.Idle, c.Limits.IdleInTransaction = 800*time.Millisecond, 400*time.Millisecond
}

// A session that rests for too long ends with the server's codes, and its transaction is rolled back.
func TestOwnIdleTimeouts(t *testing.T) {
	s := startSafe(t, limitIdle)
	for name, test := range map[string]struct {
		before []pgproto3.FrontendMessage
		ready  int
		want   string
	}{
		"from the beginning":    {nil, 0, "57P05"},
		"outside a transaction": {[]pgproto3.FrontendMessage{query("SELECT 1")}, 1, "57P05"},
		"in a transaction":      {[]pgproto3.FrontendMessage{query("BEGIN"), query("INSERT INTO plain VALUES (1)")}, 2, "25P03"},
		"in a failed one":       {[]pgproto3.FrontendMessage{query("BEGIN"), query("SELEC")}, 2, "25P03"},
		"in one that listens":   {[]pgproto3.FrontendMessage{query("LISTEN x"), query("BEGIN")}, 2, "25P03"},
		"behind a refusal":      {[]pgproto3.FrontendMessage{query("BEGIN"), query("SELECT max(title) FROM matters")}, 2, "25P03"},
		"behind a COPY":         {[]pgproto3.FrontendMessage{query("COPY plain FROM STDIN"), copyDone}, 1, "57P05"},
	} {
		t.Run(name, func(t *testing.T) {
			c := s.dial(t)
			c.answers(t, test.ready, test.before...)
			began := time.Now()
			typ, body, err := c.read()
			if err != nil || summary([]string{describeMessage(typ, body)}) != test.want || time.Since(began) < 100*time.Millisecond {
				t.Errorf("after %v: %c %q, %v", time.Since(began), typ, body, err)
			}
			if _, _, err := c.read(); err == nil {
				t.Error("the session goes on")
			}
		})
	}
	s.wantNoSessions(t)
	if n := scan[int](t, s.name, "SELECT count(*) FROM plain"); n != 0 {
		t.Errorf("%d rows stand", n)
	}
}

// What does not rest is left alone, and what waits for notifications.
func TestWhatDoesNotRest(t *testing.T) {
	s := startSafe(t, limitIdle)
	const longer = 1600 * time.Millisecond
	t.Run("a statement that runs", func(t *testing.T) {
		t.Parallel()
		expect(t, "T D C I C T T D C T C I", s.dial(t).answers(t, 4, query("SELECT pg_sleep(1.2)"), query("BEGIN"), query("SELECT pg_sleep(1.2)"), query("COMMIT")))
	})
	t.Run("COPY", func(t *testing.T) {
		t.Parallel()
		c := s.dial(t)
		c.send(t, query("COPY matters (id) FROM STDIN"))
		c.toldUntil(t, "G")
		time.Sleep(longer)
		expect(t, "C I", c.answers(t, 1, data("1\n"), copyDone))
	})
	t.Run("LISTEN", func(t *testing.T) {
		t.Parallel()
		simple, extended := s.dial(t), s.dial(t)
		expect(t, "C I", simple.answers(t, 1, query("LISTEN news")))
		expect(t, "1 2 C I", extended.answers(t, 1, parse("", "LISTEN news"), bind(""), execute, endSync))
		time.Sleep(longer)
		cluster.Exec(t, s.name, "NOTIFY news")
		for _, c := range []*wireConn{simple, extended} {
			if typ, body, err := c.read(); err != nil || typ != 'A' {
				t.Errorf("%c %q, %v", typ, body, err)
			}
		}
	})
	t.Run("requests without an end", func(t *testing.T) {
		t.Parallel()
		c := s.dial(t)
		c.send(t, query("BEGIN"), parse("", "SELECT 1"), bind(""), execute, flush)
		expect(t, "C", c.toldUntil(t, "C"))
		time.Sleep(longer)
		expect(t, "T 1 2 D C T", c.answers(t, 2, endSync))
	})
	t.Run("short rests", func(t *testing.T) {
		t.Parallel()
		c := s.dial(t)
		for range 10 {
			time.Sleep(longer / 10)
			expect(t, "C T T D C T C I", c.answers(t, 3, query("BEGIN"), query("SELECT 1"), query("COMMIT")))
		}
	})
}

// scan reads one value past the proxy.
func scan[T any](t *testing.T, database, sql string) (out T) {
	t.Helper()
	if err := cluster.Conn(t, database, "").QueryRow(t.Context(), sql).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}
