package soak

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/lib/pq"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// guest is a way to come and go. Errors are as may be, but for wrong values: proxies and backends die meanwhile.
type guest struct {
	name string
	come func(s *soak, ctx context.Context, d *program.Deployment, r *rand.Rand) error
}

var guests = []guest{
	{"polite", polite}, {"by lib/pq", byPQ}, {"hang up in a query", hangUp}, {"cancel", cancelled}, {"half a start-up", halfStart}, {"nonsense", nonsense},
	{"no such database", noDatabase}, {"many statements", manyStatements}, {"COPY in broken off", brokenCopy}, {"COPY out not read", unreadCopy}, {"open transaction", openTransaction},
}

// churn has guests come and go until ctx ends.
func (s *soak) churn(ctx context.Context, n int) {
	r := rand.New(rand.NewPCG(*seed, uint64(100+n)))
	for ctx.Err() == nil {
		d := s.first
		if r.IntN(4) == 0 {
			d = s.second
		}
		g := guests[r.IntN(len(guests))]
		visit, stop := context.WithTimeout(ctx, 20*time.Second)
		err := g.come(s, visit, d, r)
		stop()
		var wrong *wrongValue
		if errors.As(err, &wrong) {
			s.t.Errorf("%s: %v", g.name, wrong)
		}
		s.did("guests: " + g.name)
		time.Sleep(time.Duration(r.IntN(40)) * time.Millisecond)
	}
}

// fits holds what was read of the steady tenant's own row.
func fits(title string, err error) error {
	if err == nil && title != canary+steady {
		return &wrongValue{fmt.Sprintf("the steady row holds %q", title)}
	}
	return err
}

func polite(s *soak, ctx context.Context, d *program.Deployment, _ *rand.Rand) error {
	c, err := pgx.Connect(ctx, s.url(d, steady))
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	var title string
	err = c.QueryRow(ctx, "SELECT title FROM matters WHERE id = -1").Scan(&title)
	return fits(title, err)
}

func byPQ(s *soak, ctx context.Context, d *program.Deployment, _ *rand.Rand) error {
	db, err := sql.Open("postgres", s.url(d, steady))
	if err != nil {
		return err
	}
	defer db.Close()
	var title string
	err = db.QueryRowContext(ctx, "SELECT title FROM matters WHERE email = $1", canary+steady).Scan(&title)
	return fits(title, err)
}

// hangUp leaves without a word while rows are on their way.
func hangUp(s *soak, ctx context.Context, d *program.Deployment, r *rand.Rand) error {
	c, err := pgx.Connect(ctx, s.url(d, steady))
	if err != nil {
		return err
	}
	stop := time.AfterFunc(time.Duration(r.IntN(30))*time.Millisecond, func() { _ = c.PgConn().Conn().Close() })
	defer stop.Stop()
	_, err = c.Exec(ctx, "SELECT m.title, m.body, pg_sleep(0.001) FROM matters m, generate_series(1, 5) WHERE id > 10000000 AND id < 20000000 LIMIT 500")
	_ = c.Close(ctx)
	return err
}

func cancelled(s *soak, ctx context.Context, d *program.Deployment, r *rand.Rand) error {
	c, err := pgx.Connect(ctx, s.url(d, steady))
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	soon := time.Duration(10+r.IntN(20)) * time.Millisecond // here: r is this goroutine's alone
	var asking sync.WaitGroup
	asking.Go(func() {
		time.Sleep(soon)
		_ = c.PgConn().CancelRequest(ctx)
	})
	defer asking.Wait()
	_, err = c.Exec(ctx, "SELECT pg_sleep(5)")
	return err
}

// raw sends bytes and reads what comes of it, for a moment.
func raw(ctx context.Context, d *program.Deployment, bytes []byte) error {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", d.Address())
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.Write(bytes); err != nil {
		return err
	}
	_ = c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	_, err = io.Copy(io.Discard, io.LimitReader(c, 1<<16))
	return err
}

func halfStart(s *soak, ctx context.Context, d *program.Deployment, r *rand.Rand) error {
	packet := []byte("\x00\x00\x00\x29\x00\x03\x00\x00user\x00steady\x00database\x00")
	return raw(ctx, d, packet[:r.IntN(len(packet))])
}

func nonsense(s *soak, ctx context.Context, d *program.Deployment, r *rand.Rand) error {
	b := make([]byte, 1+r.IntN(3000))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return raw(ctx, d, b)
}

func noDatabase(s *soak, ctx context.Context, d *program.Deployment, _ *rand.Rand) error {
	c, err := pgx.Connect(ctx, strings.Replace(s.url(d, steady), "/"+s.database, "/nothing", 1))
	if err == nil {
		_ = c.Close(ctx)
		return &wrongValue{"a database that is not there let somebody in"}
	}
	return err
}

// manyStatements prepares what it never closes.
func manyStatements(s *soak, ctx context.Context, d *program.Deployment, r *rand.Rand) error {
	c, err := pgx.Connect(ctx, s.url(d, steady))
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	for n := range 1 + r.IntN(60) {
		if _, err := c.Prepare(ctx, fmt.Sprintf("s%d", n), fmt.Sprintf("SELECT title, %d AS n%d FROM matters WHERE id = $1", r.IntN(1_000_000), n)); err != nil {
			return err
		}
	}
	var title string
	var n int
	err = c.QueryRow(ctx, "s0", -1).Scan(&title, &n)
	return fits(title, err)
}

// brokenCopy hangs up in the middle of a COPY, which must then not have been.
func brokenCopy(s *soak, ctx context.Context, d *program.Deployment, r *rand.Rand) error {
	c, err := pgx.Connect(ctx, s.url(d, steady))
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	line := []byte("5\t" + canary + "broken\t" + canary + "broken\t" + strings.Repeat(canary, 40) + "\n")
	left := 20 + r.IntN(200)
	source := readerFunc(func(p []byte) (int, error) {
		if left--; left < 0 {
			_ = c.PgConn().Conn().Close()
			return 0, io.ErrUnexpectedEOF
		}
		return copy(p, line), nil
	})
	_, err = c.PgConn().CopyFrom(ctx, source, "COPY matters FROM STDIN")
	return err
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// unreadCopy takes the beginning of a COPY and then nothing more.
func unreadCopy(s *soak, ctx context.Context, d *program.Deployment, r *rand.Rand) error {
	c, err := pgx.Connect(ctx, s.url(d, steady))
	if err != nil {
		return err
	}
	defer c.PgConn().Conn().Close()
	visit, stop := context.WithTimeout(ctx, 200*time.Millisecond)
	defer stop()
	_, err = c.PgConn().CopyTo(visit, writerFunc(func(p []byte) (int, error) {
		<-visit.Done()
		return 0, visit.Err()
	}), "COPY (SELECT m.* FROM matters m, generate_series(1, 100) WHERE id > 10000000 AND id < 20000000) TO STDOUT")
	return err
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// openTransaction leaves politely with a transaction open, which the server ends.
func openTransaction(s *soak, ctx context.Context, d *program.Deployment, _ *rand.Rand) error {
	c, err := pgx.Connect(ctx, s.url(d, steady))
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	_, err = c.Exec(ctx, "BEGIN; DECLARE c CURSOR FOR SELECT title FROM matters; FETCH 1 FROM c; UPDATE matters SET title = 'Confidential-never' WHERE id = -1")
	return err
}
