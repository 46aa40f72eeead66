package fleet

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// client writes rows through one proxy and reads them through another, and knows what must be there.
type client struct {
	f      *fleet
	tenant string
	base   int
	random *rand.Rand
	conns  map[*member]*pgx.Conn
	rows   map[int]*row
	next   int

	acknowledged, read int
}

// row is what a row may hold. More than one title is possible after a write of which nobody knows what became of it.
type row struct {
	possible []string  // titles; "" for a row that is not there
	began    time.Time // when the last write was sent, if that was acknowledged
	at       time.Time // when it was answered
	email    string
}

// late is how long after its client was told nothing a write may still come to pass: the server may be at it.
const late = 5 * time.Second

func (f *fleet) newClient(n int, tenant string, seed uint64) *client {
	return &client{f: f, tenant: tenant, base: (n + 1) * 1_000_000, random: rand.New(rand.NewPCG(seed, uint64(n+1))), conns: make(map[*member]*pgx.Conn),
		rows: make(map[int]*row)}
}

// run works until ctx ends.
func (c *client) run(ctx context.Context) {
	defer func() {
		for _, conn := range c.conns {
			_ = conn.Close(context.WithoutCancel(ctx))
		}
	}()
	for ctx.Err() == nil {
		m := c.f.proxies[c.random.IntN(len(c.f.proxies))]
		id := c.base + c.random.IntN(c.next+1)
		var err error
		asked := time.Now()
		switch r := c.rows[id]; {
		case r == nil:
			err = c.insert(ctx, m, id)
		case c.random.IntN(3) == 0:
			err = c.update(ctx, m, id, r)
		case c.random.IntN(2) == 0:
			err = c.find(ctx, m, id, r)
		default:
			err = c.check(ctx, m, id, r)
		}
		if ctx.Err() != nil {
			return
		}
		c.judge(m, err, asked)
	}
}

// judge ends the test after a wrong value, or an error that has no reason.
func (c *client) judge(m *member, err error, asked time.Time) {
	if err == nil {
		return
	}
	var wrong *wrongValue
	if errors.As(err, &wrong) {
		c.f.t.Errorf("%s, %s: %v", m.name, c.tenant, wrong)
		return
	}
	if reason := c.f.weather.fits(codeOf(err), c.tenant, m, asked, time.Now()); reason != nil {
		c.f.t.Errorf("%v: %v", reason, err)
	}
	time.Sleep(10 * time.Millisecond)
}

// wrongValue is what must never be.
type wrongValue struct{ text string }

func (w *wrongValue) Error() string { return w.text }

func (c *client) conn(ctx context.Context, m *member) (*pgx.Conn, error) {
	if conn := c.conns[m]; conn != nil && !conn.IsClosed() {
		return conn, nil
	}
	conn, err := pgx.Connect(ctx, c.f.url(m, c.tenant))
	if err == nil {
		c.conns[m] = conn
	}
	return conn, err
}

// mode is one of the ways in which a driver can ask.
func (c *client) mode() pgx.QueryExecMode {
	return []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeSimpleProtocol, pgx.QueryExecModeExec}[c.random.IntN(3)]
}

func (c *client) title(id int) string {
	return fmt.Sprintf("%s%s-%d-%x", canary, c.tenant, id, c.random.Uint64())
}

func (c *client) insert(ctx context.Context, m *member, id int) error {
	r := &row{possible: []string{""}, email: fmt.Sprintf("%s%d@example.org", canary, id)}
	title := c.title(id)
	err := c.write(ctx, m, r, title, "INSERT INTO matters (id, title, email, n1, n2, n3, n4) VALUES ($1, $2, $3, $4, $4, $4, $4)", id, title, r.email, open+title[len(canary):])
	if !slices.Equal(r.possible, []string{""}) {
		c.rows[id] = r
		c.next++
	}
	return err
}

func (c *client) update(ctx context.Context, m *member, id int, r *row) error {
	title := c.title(id)
	if slices.Contains(r.possible, "") {
		return c.check(ctx, m, id, r)
	}
	return c.write(ctx, m, r, title, "UPDATE matters SET title = $2, n1 = $3, n2 = $3, n3 = $3, n4 = $3 WHERE id = $1", id, title, open+title[len(canary):])
}

// write changes a row, and notes what it may hold now.
func (c *client) write(ctx context.Context, m *member, r *row, title, sql string, args ...any) error {
	conn, err := c.conn(ctx, m)
	if err != nil {
		return err
	}
	began := time.Now()
	tag, err := conn.Exec(ctx, sql, append([]any{c.mode()}, args...)...)
	code := codeOf(err)
	switch {
	case err == nil && tag.RowsAffected() != 1:
		return &wrongValue{fmt.Sprintf("a row is gone: %v changed %d rows", args[0], tag.RowsAffected())}
	case err == nil:
		c.acknowledged++
		r.possible, r.began, r.at = []string{title}, began, time.Now()
	case code == "net" || code[:2] == "57" || code[:2] == "08" || code == "canceled": // nobody knows
		r.possible, r.began, r.at = append(r.possible, title), time.Time{}, time.Now()
	}
	return err
}

// check reads a row by its id. Every column must hold the same.
func (c *client) check(ctx context.Context, m *member, id int, r *row) error {
	conn, err := c.conn(ctx, m)
	if err != nil {
		return err
	}
	var got [5]*string
	asked := time.Now()
	err = conn.QueryRow(ctx, "SELECT title, n1, n2, n3, n4 FROM matters WHERE id = $1", c.mode(), id).Scan(&got[0], &got[1], &got[2], &got[3], &got[4])
	if errors.Is(err, pgx.ErrNoRows) {
		return c.hold(id, r, "", asked)
	}
	if err != nil {
		return err
	}
	for _, v := range got[1:] {
		if v == nil || open+strings.TrimPrefix(*got[0], canary) != *v {
			return &wrongValue{fmt.Sprintf("row %d: the columns differ: %q", id, *got[0])}
		}
	}
	return c.hold(id, r, *got[0], asked)
}

// find looks for a row by what is sealed.
func (c *client) find(ctx context.Context, m *member, id int, r *row) error {
	conn, err := c.conn(ctx, m)
	if err != nil {
		return err
	}
	var found int
	var title string
	asked := time.Now()
	err = conn.QueryRow(ctx, "SELECT id, title FROM matters WHERE email = $1", c.mode(), r.email).Scan(&found, &title)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return c.hold(id, r, "", asked)
	case err == nil && found != id:
		return &wrongValue{fmt.Sprintf("row %d was found by the email of row %d", found, id)}
	case err != nil:
		return err
	}
	return c.hold(id, r, title, asked)
}

// hold holds what was read against what must be there.
func (c *client) hold(id int, r *row, got string, asked time.Time) error {
	if !slices.Contains(r.possible, got) {
		return &wrongValue{fmt.Sprintf("row %d holds %q instead of %q", id, got, r.possible)}
	}
	c.read++
	if asked.After(r.at.Add(late)) {
		r.possible = []string{got}
		if got == "" {
			delete(c.rows, id)
		}
	}
	return nil
}
