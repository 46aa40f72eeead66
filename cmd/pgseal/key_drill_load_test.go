package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// load is what clients of one proxy do all the time, and what they measure.
type load struct {
	url  string
	stop context.CancelFunc
	done sync.WaitGroup

	mu      sync.Mutex
	values  []time.Time // when each was in hand
	refused map[string]int64
	first   time.Time // refusal
	strange []error
}

const loadRow = 1 // the id of the row that is read

func startLoad(ctx context.Context, url string) *load {
	l := &load{url: url, refused: map[string]int64{}}
	ctx, l.stop = context.WithCancel(ctx)
	for _, use := range []func(context.Context, *pgx.Conn) error{l.reads, l.writes, l.cursor, l.copyOut, l.copyIn} {
		l.done.Go(func() {
			for ctx.Err() == nil {
				l.note(ctx, l.once(ctx, use))
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
	return l
}

func (l *load) end() {
	l.stop()
	l.done.Wait()
}

// once uses a connection until it fails.
func (l *load) once(ctx context.Context, use func(context.Context, *pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, l.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return use(ctx, conn)
}

func (l *load) note(ctx context.Context, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch code := sqlstate(err); {
	case err == nil || ctx.Err() != nil:
	case strings.HasPrefix(code, "KU"):
		if l.refused[code]++; l.first.IsZero() {
			l.first = time.Now()
		}
	default:
		l.strange = append(l.strange, err)
	}
}

func (l *load) value(title string) error {
	if !strings.HasPrefix(title, "canary") {
		return fmt.Errorf("a value that was not sealed: %q", title)
	}
	l.mu.Lock()
	l.values = append(l.values, time.Now())
	l.mu.Unlock()
	time.Sleep(3 * time.Millisecond)
	return nil
}

func (l *load) reads(ctx context.Context, conn *pgx.Conn) error {
	for {
		var title string
		if err := conn.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", loadRow).Scan(&title); err != nil {
			return err
		}
		if err := l.value(title); err != nil {
			return err
		}
	}
}

func (l *load) writes(ctx context.Context, conn *pgx.Conn) error {
	for {
		if _, err := conn.Exec(ctx, "UPDATE matters SET title = $1 WHERE id = $2", "canary again", loadRow); err != nil {
			return err
		}
		if err := l.value("canary"); err != nil {
			return err
		}
	}
}

const manyTitles = "SELECT m.title FROM matters m, generate_series(1, 20000) WHERE m.id = 1"

func (l *load) cursor(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, "BEGIN; DECLARE c CURSOR FOR "+manyTitles); err != nil {
		return err
	}
	for {
		var title string
		if err := conn.QueryRow(ctx, "FETCH 1 FROM c", pgx.QueryExecModeSimpleProtocol).Scan(&title); err != nil {
			return err
		}
		if err := l.value(title); err != nil {
			return err
		}
	}
}

func (l *load) copyOut(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.PgConn().CopyTo(ctx, titles(l.value), "COPY (SELECT m.title, pg_sleep(0.01)::text FROM matters m, generate_series(1, 1000000) WHERE m.id = 1) TO STDOUT")
	return err
}

type titles func(string) error

func (t titles) Write(b []byte) (int, error) { return len(b), t(string(b)) }

// copyIn sends rows that are never committed: it goes on until it fails.
func (l *load) copyIn(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.PgConn().CopyFrom(ctx, &rows{ctx: ctx}, "COPY matters (id, title) FROM STDIN")
	if err == nil {
		return errors.New("the COPY has come to an end")
	}
	return err
}

type rows struct {
	ctx context.Context
	n   int
}

func (r *rows) Read(b []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, io.ErrUnexpectedEOF
	}
	time.Sleep(5 * time.Millisecond)
	r.n++
	return copy(b, fmt.Sprintf("%d\tcanary\n", 1000+r.n)), nil
}

// around gives the last value before a moment and the first after it.
func (l *load) around(at time.Time) (last, next time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, v := range l.values {
		if v.Before(at) && v.After(last) {
			last = v
		}
		if v.After(at) && (next.IsZero() || v.Before(next)) {
			next = v
		}
	}
	return last, next
}
