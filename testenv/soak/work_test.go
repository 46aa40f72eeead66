package soak

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// worker writes rows of its own through either proxy, reads them through either, and knows what must be there.
type worker struct {
	s      *soak
	tenant string
	base   int // of its ids
	random *rand.Rand
	conns  map[*program.Deployment]*pgx.Conn
	rows   map[int]*row
	next   int
}

// row is what a row may be: versions of it, 0 where it is not there. More than one is possible after a write of which nobody knows what became of it.
type row struct {
	possible []int
	at       time.Time // of the last write's answer
}

const (
	batch   = 40
	maxRows = 400
	// late is how long after its client was told nothing a write may still come to pass: the server may be at it.
	late = 5 * time.Second
)

func (s *soak) newWorker(n int, tenant string) *worker {
	return &worker{s: s, tenant: tenant, base: (n + 1) * 10_000_000, random: rand.New(rand.NewPCG(*seed, uint64(n+1))),
		conns: map[*program.Deployment]*pgx.Conn{}, rows: map[int]*row{}}
}

func (w *worker) run(ctx context.Context) {
	defer w.leave()
	for ctx.Err() == nil {
		conn, err := w.conn(ctx)
		if err == nil {
			err = w.step(ctx, conn)
		}
		w.judge(ctx, err)
	}
}

func (w *worker) leave() {
	for _, c := range w.conns {
		_ = c.Close(context.Background())
	}
	clear(w.conns)
}

// conn is a connection of one of the proxies, which is left for a new one from time to time.
func (w *worker) conn(ctx context.Context) (*pgx.Conn, error) {
	d := w.s.first
	if w.random.IntN(3) == 0 {
		d = w.s.second
	}
	c := w.conns[d]
	if c != nil && w.random.IntN(200) == 0 {
		_ = c.Close(ctx)
	}
	if c == nil || c.IsClosed() {
		var err error
		if c, err = pgx.Connect(ctx, w.s.url(d, w.tenant)); err != nil {
			return nil, err
		}
		w.conns[d] = c
	}
	return c, nil
}

// step does one thing.
func (w *worker) step(ctx context.Context, c *pgx.Conn) error {
	ids := w.ids()
	if len(ids) == 0 || len(ids) < maxRows && w.random.IntN(20) == 0 {
		return w.copyIn(ctx, c)
	}
	id := ids[w.random.IntN(len(ids))]
	switch what := w.random.IntN(40); {
	case what < 2:
		return w.copyOut(ctx, c)
	case what < 4 && len(ids) > maxRows-batch:
		return w.remove(ctx, c, id)
	case what < 14:
		return w.update(ctx, c, id)
	case what < 20:
		return w.find(ctx, c, id)
	}
	return w.read(ctx, c, id)
}

// judge ends the test after a wrong value, or an error that has no reason.
func (w *worker) judge(ctx context.Context, err error) {
	var wrong *wrongValue
	code := codeOf(err)
	switch {
	case err == nil || ctx.Err() != nil:
		return
	case errors.As(err, &wrong):
		w.s.t.Errorf("%s: %v", w.tenant, wrong)
	case w.tenant == moved && (code == "KU001" || code == "KU009"):
		w.s.did("refused for want of a key")
	case code == "net" || strings.HasPrefix(code, "57") || strings.HasPrefix(code, "08") || code == "KP002":
		w.s.did("broken off")
	default:
		w.s.t.Errorf("%s: %s has no reason: %v", w.tenant, code, err)
	}
	time.Sleep(20 * time.Millisecond)
}

// wrongValue is what must never be.
type wrongValue struct{ text string }

func (w *wrongValue) Error() string { return w.text }

func (w *worker) ids() (all []int) {
	for id := w.base; id < w.base+w.next; id++ {
		if w.rows[id] != nil {
			all = append(all, id)
		}
	}
	return all
}

func (w *worker) title(id, version int) string {
	return fmt.Sprintf("%s%s-%d-%d", canary, w.tenant, id, version)
}
func (w *worker) email(id int) string { return fmt.Sprintf("%s%d@example.org", canary, id) }

// body is long now and then: buffers grow by it.
func (w *worker) body(id, version int) string {
	return strings.Repeat(w.title(id, version)+";", 1+(id+version)%50*(id%7))
}

// mode is one of the ways in which a driver can ask.
func (w *worker) mode() pgx.QueryExecMode {
	return []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeSimpleProtocol, pgx.QueryExecModeExec}[w.random.IntN(3)]
}

// wrote notes what became of a write.
func (w *worker) wrote(id, version int, err error) {
	r := w.rows[id]
	if r == nil {
		r = &row{possible: []int{0}}
		w.rows[id] = r
	}
	r.at = time.Now()
	switch {
	case err == nil && version == 0:
		delete(w.rows, id)
	case err == nil:
		r.possible = []int{version}
	case strings.HasPrefix(codeOf(err), "K"): // refused before it began
	default:
		r.possible = append(r.possible, version)
	}
}

func (w *worker) copyIn(ctx context.Context, c *pgx.Conn) error {
	from := w.base + w.next
	w.next += batch
	_, err := c.CopyFrom(ctx, pgx.Identifier{"matters"}, []string{"id", "title", "email", "body"}, pgx.CopyFromSlice(batch, func(i int) ([]any, error) {
		return []any{from + i, w.title(from+i, 1), w.email(from + i), w.body(from+i, 1)}, nil
	}))
	for id := from; id < from+batch; id++ {
		w.wrote(id, 1, err)
	}
	w.s.did("COPY in")
	return err
}

func (w *worker) update(ctx context.Context, c *pgx.Conn, id int) error {
	version := 2 + w.random.IntN(1_000_000)
	tag, err := c.Exec(ctx, "UPDATE matters SET title = $2, body = $3 WHERE id = $1", w.mode(), id, w.title(id, version), w.body(id, version))
	if err == nil && tag.RowsAffected() == 0 {
		return w.hold(id, 0, time.Now())
	}
	w.wrote(id, version, err)
	w.s.did("writes")
	return err
}

func (w *worker) remove(ctx context.Context, c *pgx.Conn, id int) error {
	_, err := c.Exec(ctx, "DELETE FROM matters WHERE id = $1", w.mode(), id)
	w.wrote(id, 0, err)
	w.s.did("writes")
	return err
}

func (w *worker) read(ctx context.Context, c *pgx.Conn, id int) error {
	asked := time.Now()
	var title, body string
	err := c.QueryRow(ctx, "SELECT title, body FROM matters WHERE id = $1", w.mode(), id).Scan(&title, &body)
	return w.compare(id, title, body, asked, err)
}

func (w *worker) find(ctx context.Context, c *pgx.Conn, id int) error {
	asked := time.Now()
	var title, body string
	err := c.QueryRow(ctx, "SELECT title, body FROM matters WHERE email = $1", w.mode(), w.email(id)).Scan(&title, &body)
	return w.compare(id, title, body, asked, err)
}

func (w *worker) compare(id int, title, body string, asked time.Time, err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return w.hold(id, 0, asked)
	}
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(title[strings.LastIndexByte(title, '-')+1:])
	if err != nil || title != w.title(id, version) || body != w.body(id, version) {
		return &wrongValue{fmt.Sprintf("row %d holds what was never written: %q, %d bytes", id, title, len(body))}
	}
	return w.hold(id, version, asked)
}

// hold holds the version that was read against what must be there.
func (w *worker) hold(id, version int, asked time.Time) error {
	w.s.did("values read")
	r := w.rows[id]
	if r == nil {
		if version == 0 {
			return nil
		}
		r = &row{possible: []int{0}}
	}
	if !slices.Contains(r.possible, version) {
		return &wrongValue{fmt.Sprintf("row %d is version %d instead of %d", id, version, r.possible)}
	}
	if asked.After(r.at.Add(late)) {
		r.possible = []int{version}
		if version == 0 {
			delete(w.rows, id)
		}
	}
	return nil
}

// copyOut reads all rows at once.
func (w *worker) copyOut(ctx context.Context, c *pgx.Conn) error {
	var out bytes.Buffer
	asked := time.Now()
	_, err := c.PgConn().CopyTo(ctx, &out, fmt.Sprintf("COPY (SELECT id, title, body FROM matters WHERE id BETWEEN %d AND %d) TO STDOUT (FORMAT csv)", w.base, w.base+w.next))
	w.s.did("COPY out")
	if err != nil {
		return err
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		return &wrongValue{"COPY out is not CSV: " + err.Error()}
	}
	there := map[int]bool{}
	for _, line := range lines {
		id, err := strconv.Atoi(line[0])
		if err != nil {
			return &wrongValue{"an id that is none"}
		}
		there[id] = true
		if err := w.compare(id, line[1], line[2], asked, nil); err != nil {
			return err
		}
	}
	for _, id := range w.ids() {
		if !there[id] {
			if err := w.hold(id, 0, asked); err != nil {
				return err
			}
		}
	}
	return nil
}

// verdict reads all rows through both proxies, when the key is back.
func (w *worker) verdict(ctx context.Context) {
	time.Sleep(time.Until(w.lastWrite().Add(late)))
	defer w.leave()
	for _, d := range []*program.Deployment{w.s.first, w.s.second} {
		c, err := pgx.Connect(ctx, w.s.url(d, w.tenant))
		if err != nil {
			w.s.t.Error(err)
			continue
		}
		w.conns[d] = c
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
			if err = w.copyOut(ctx, c); !strings.HasPrefix(codeOf(err), "KU") || time.Now().After(deadline) {
				break
			}
		}
		if err != nil {
			w.s.t.Errorf("%s, in the end: %v", w.tenant, err)
		}
	}
}

func (w *worker) lastWrite() (last time.Time) {
	for _, r := range w.rows {
		if len(r.possible) > 1 && r.at.After(last) {
			last = r.at
		}
	}
	return last
}
