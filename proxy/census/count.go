package census

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/guard"
)

// What is sent in place of a data key's number.
const (
	plainMark  = "plain"
	spoiltMark = "spoilt"
)

// head is the expression of what is counted of a value: the data key's number in hex, or a mark; NULL for NULL. A sealed value has the number in its bytes 3 to
// 6: in armour those are within the characters 5 to 12 behind the prefix, which are six bytes.
func (c *column) head(tag crypto.StoreTag) string {
	number := fmt.Sprintf("encode(substr(%s, 4, 4), 'hex')", c.text)
	if c.armoured {
		part := fmt.Sprintf("substr(%s, %d, 8)", c.text, len(crypto.ArmourPrefix)+5)
		number = fmt.Sprintf(`CASE WHEN %s ~ '^[A-Za-z0-9_-]{8}$' THEN left(encode(decode(translate(%[1]s, '-_', '+/'), 'base64'), 'hex'), 8) ELSE '%s' END`, part, spoiltMark)
	}
	return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL WHEN %s THEN %s ELSE '%s' END", c.text, guard.Sealed(tag, c.armoured, c.text), number, plainMark)
}

// sizeQuery waits for whoever has locked the table; the time that is left bounds it.
const sizeQuery = `
	WITH RECURSIVE tree (relation) AS (
		SELECT $1::int8::oid UNION SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.relation)
	SELECT coalesce(sum(pg_catalog.pg_relation_size(relation)), 0)::int8 FROM tree`

// count reads the table once for all of its columns. What keeps it from doing so is noted with them.
func (t *table) count(ctx context.Context, o Options, left time.Duration) error {
	var heads []string
	for i, c := range t.columns {
		if c.NotCounted == "" {
			heads = append(heads, fmt.Sprintf("(%d, %s)", i, c.head(o.Tag)))
		}
	}
	if len(heads) == 0 {
		return nil
	}
	if left < time.Millisecond {
		t.excuse(fmt.Sprintf("the time for counting, %s, was over", o.Time))
		return nil
	}
	err := pgx.BeginTxFunc(ctx, o.DB, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		// Rows that a policy hides are an error then, and not left out.
		if _, err := tx.Exec(ctx, fmt.Sprintf("SET LOCAL statement_timeout = %d; SET LOCAL row_security = off", max(left.Milliseconds(), 1))); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, sizeQuery, t.oid).Scan(&t.size); err != nil {
			return err
		}
		p := 1.0
		if !o.Exact && t.size > o.Budget {
			p = max(float64(o.Budget)/float64(t.size), 1e-6)
		}
		return t.scan(ctx, tx, strings.Join(heads, ", "), p)
	})
	var server *pgconn.PgError
	if err == nil || !errors.As(err, &server) {
		return err
	}
	switch server.Code {
	case "57014": // https://www.postgresql.org/docs/current/errcodes-appendix.html
		t.excuse(fmt.Sprintf("it took longer than what was left of the time for counting, %s", o.Time))
	case "42501":
		t.excuse("the control role may not read all of it: " + server.Message)
	default:
		t.excuse("the server refused to count (SQLSTATE " + server.Code + ")")
	}
	return nil
}

func (t *table) excuse(reason string) {
	for _, c := range t.columns {
		if c.NotCounted == "" {
			c.NotCounted = reason
		}
	}
}

// scan counts by column and head, of blocks that are drawn with probability p.
func (t *table) scan(ctx context.Context, tx pgx.Tx, heads string, p float64) error {
	from := fmt.Sprintf("FROM %s AS t CROSS JOIN LATERAL (VALUES %s) AS h (col, head) WHERE h.head IS NOT NULL", t.quoted, heads)
	sql := "SELECT h.col, h.head, count(*)::float8, 0::float8 " + from + " GROUP BY 1, 2"
	if p < 1 {
		from = fmt.Sprintf("FROM %s AS t TABLESAMPLE system (%s) CROSS JOIN LATERAL (VALUES %s) AS h (col, head) WHERE h.head IS NOT NULL",
			t.quoted, strconv.FormatFloat(100*p, 'f', -1, 64), heads)
		sql = `SELECT col, head, sum(n)::float8, sum(n * n)::float8
			FROM (SELECT h.col, h.head, t.tableoid, (t.ctid::text::point)[0] AS block, count(*) AS n ` + from + ` GROUP BY 1, 2, 3, 4) AS b GROUP BY 1, 2`
	}
	rows, err := tx.Query(ctx, sql)
	if err != nil {
		return err
	}
	for _, c := range t.columns {
		c.Percent, c.Sealed = 100*p, make(map[crypto.KeyNumber]Count)
	}
	var col int
	var head string
	var sum, squares float64
	_, err = pgx.ForEachRow(rows, []any{&col, &head, &sum, &squares}, func() error {
		t.columns[col].enter(head, estimate(sum, squares, p))
		return nil
	})
	if err == nil && p < 1 {
		t.unseen(p)
	}
	return err
}

func (c *column) enter(head string, n Count) {
	number, err := strconv.ParseUint(head, 16, 32)
	switch {
	case head == plainMark:
		c.Plain = n
	case err != nil || head == spoiltMark:
		c.Spoilt = c.Spoilt.Add(n)
	default:
		c.Sealed[crypto.KeyNumber(number)] = n
	}
}

// deviations of a normal distribution hold 19 parts of 20.
const deviations = 1.96

// estimate is that of the package documentation; exact where p is 1.
func estimate(sum, squares, p float64) Count {
	return Count{N: int64(math.Round(sum / p)), Error: int64(math.Ceil(deviations * math.Sqrt((1-p)*squares) / p))}
}

func combined(a, b int64) int64 { return int64(math.Ceil(math.Hypot(float64(a), float64(b)))) }

// blockSize is PostgreSQL's default; with another one the bound on what a sample does not show is as much too high or too low.
const blockSize = 8192

// unseen bounds what a sample does not show, by what a block holds on the average.
func (t *table) unseen(p float64) {
	for _, c := range t.columns {
		var all int64
		for _, n := range c.Sealed {
			all += n.N
		}
		all += c.Plain.N + c.Spoilt.N
		c.Unseen = int64(math.Ceil(3 / p * float64(all) / float64(t.size/blockSize)))
	}
}
