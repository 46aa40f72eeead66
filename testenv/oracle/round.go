package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"
)

// round plays one round on empty tables with new sessions.
func (w *world) round(ctx context.Context, seed uint64, o options, r *report, out io.Writer) (err error) {
	if err := w.empty(ctx); err != nil {
		return err
	}
	p := &pair{report: r}
	if p.plain, err = dial(ctx, w.plain.URL(database, "")); err != nil {
		return err
	}
	defer func() { _ = p.plain.close() }()
	if p.sealed, err = dial(ctx, w.throughURL); err != nil {
		return err
	}
	defer func() { _ = p.sealed.close() }()
	g := newGenerator(seed)
	play := func(u *unit) (err error) {
		if o.verbose {
			fmt.Fprintf(out, "unit:\n%s", u)
		}
		var failed bool
		if g.session.status, failed, err = p.play(u); failed {
			for _, name := range u.prepares {
				delete(g.session.prepared, name)
			}
		}
		return err
	}
	g.session.status = 'I'
	if err := g.fill(play); err != nil {
		return err
	}
	for i := range o.units {
		if err := play(g.unit()); err != nil {
			return fmt.Errorf("unit %d: %w", i, err)
		}
	}
	return errors.Join(compareTables(play), w.stored(ctx))
}

// empty makes both databases as they were at first. What sessions of the round before still hold ends.
func (w *world) empty(ctx context.Context) error {
	var all []string
	for _, t := range schema {
		all = append(all, t.name)
	}
	sql := "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'; " +
		"TRUNCATE " + strings.Join(all, ", ")
	for _, c := range []direct{{w.front}, {w.behind}} {
		if err := c.exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

// firstRows are in each table at first, with keys that leave room.
const firstRows = 14

func firstKey(row int) int { return 3*row + 1 }

// fill inserts rows to begin with, through both.
func (g *generator) fill(play func(*unit) error) error {
	for _, t := range schema {
		for row := range firstRows {
			g.extended, g.params = false, nil
			columns := g.target(t)
			var values []string
			for _, c := range columns {
				if c.name == "id" {
					values = append(values, fmt.Sprint(firstKey(row)))
				} else {
					values = append(values, g.stored(c))
				}
			}
			u := &unit{}
			u.query(&statement{form: "insert", sql: "INSERT INTO " + t.name + " (" + names(columns) + ") VALUES (" + strings.Join(values, ", ") + ")"})
			if err := play(u); err != nil {
				return fmt.Errorf("filling: %w", err)
			}
		}
	}
	return nil
}

// compareTables ends what is open, and compares the tables whole.
func compareTables(play func(*unit) error) error {
	u := &unit{}
	u.query(&statement{form: "transaction", sql: "COMMIT"})
	for _, t := range schema {
		u.query(&statement{form: "whole table", sql: "SELECT * FROM " + t.name + " ORDER BY id", ordered: true})
	}
	for _, t := range schema {
		st := &statement{form: "whole table", sql: "SELECT * FROM " + t.name + " ORDER BY id", ordered: true}
		u.add(&pgproto3.Parse{Query: st.sql}, &pgproto3.Bind{ResultFormatCodes: []int16{1}}, &pgproto3.Execute{})
		u.completes(st)
	}
	u.add(&pgproto3.Sync{})
	return play(u)
}
