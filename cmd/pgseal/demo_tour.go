package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/cmd/dealroom/app"
)

// tourStep is one promise of the demo, shown and checked.
type tourStep struct {
	title string
	run   func(*demo, context.Context) error
}

// tour is what `pgseal demo --once` walks through: each step fails the tour if what it promises does not hold.
func tour() []tourStep {
	return []tourStep{
		{"an application reads back what it wrote", (*demo).readBack},
		{"in the database, and in a pg_dump of it, the same values are sealed", (*demo).sealedAtRest},
		{"equality search finds a sealed value, and UNIQUE still holds", (*demo).foundByEquality},
		{"the database itself refuses plaintext that is pushed past pgseal", (*demo).plaintextRefused},
		{"the customer's key is withdrawn: statements that need it fail, everything else goes on", (*demo).withdrawn},
		{"the key is back: so is the data, by itself", (*demo).returned},
		{"an operator locks the tenant, and unlocks it", (*demo).locked},
	}
}

// takeTour runs every step and says what it saw.
func (d *demo) takeTour(ctx context.Context) error {
	for i, step := range tour() {
		fmt.Fprintf(d.out, "\n%d. %s\n", i+1, step.title)
		if err := step.run(d, ctx); err != nil {
			return fmt.Errorf("step %d (%s): %w", i+1, step.title, err)
		}
	}
	fmt.Fprintln(d.out, "\nEvery step held.")
	return nil
}

func (d *demo) say(format string, args ...any) { fmt.Fprintf(d.out, "   "+format+"\n", args...) }

func (d *demo) readBack(ctx context.Context) error {
	rows, err := d.app.Query(ctx, "SELECT title, client_email, value, closes_on FROM matters ORDER BY id")
	if err != nil {
		return err
	}
	matters := app.SampleMatters()
	n := 0
	var title, email string
	var value *string
	var closes *time.Time
	if _, err := pgx.ForEachRow(rows, []any{&title, &email, &value, &closes}, func() error {
		want := matters[n]
		if n++; title != want.Title || email != want.Email || value == nil || *value != want.Value || closes.Format(time.DateOnly) != want.Closes {
			return fmt.Errorf("row %d came back as something else", n)
		}
		d.say("%-36s %-24s %14s  %s", title, email, *value, closes.Format(time.DateOnly))
		return nil
	}); err != nil {
		return err
	}
	if n != len(matters) {
		return fmt.Errorf("%d rows of %d", n, len(matters))
	}
	return nil
}

func (d *demo) sealedAtRest(ctx context.Context) error {
	rows, err := d.direct.Query(ctx, "SELECT title, client_email, value::text FROM matters ORDER BY id")
	if err != nil {
		return err
	}
	var title, email, value string
	if _, err := pgx.ForEachRow(rows, []any{&title, &email, &value}, func() error {
		d.say("%.34s.. %.22s.. %.20s..", title, email, value)
		return nil
	}); err != nil {
		return err
	}
	dump, err := d.dump(ctx)
	if err != nil {
		return err
	}
	for _, secret := range demoSecrets() {
		if strings.Contains(dump, secret) {
			return errors.New("a plaintext is in the dump")
		}
	}
	if !strings.Contains(dump, "pgs1_") {
		return errors.New("the dump holds no sealed value")
	}
	d.say("pg_dump: %d bytes, none of the %d plaintexts in it", len(dump), len(demoSecrets()))
	return nil
}

func (d *demo) foundByEquality(ctx context.Context) error {
	want := app.SampleMatters()[1]
	var title string
	if err := d.app.QueryRow(ctx, "SELECT title FROM matters WHERE client_email = $1", want.Email).Scan(&title); err != nil {
		return err
	}
	if title != want.Title {
		return errors.New("another matter was found")
	}
	d.say("WHERE client_email = %q: %s", want.Email, title)
	_, err := d.app.Exec(ctx, "INSERT INTO matters (title, client_email) VALUES ('Again', $1)", want.Email)
	if sqlstate(err) != "23505" {
		return fmt.Errorf("the same address a second time: %w", unexpected(err))
	}
	d.say("the same address a second time: 23505 (unique_violation)")
	return nil
}

func (d *demo) plaintextRefused(ctx context.Context) error {
	for _, sql := range []string{
		"INSERT INTO matters (title, client_email) VALUES ('in the clear', 'nobody@example.org')",
		"UPDATE matters SET title = 'in the clear'",
		"SET session_replication_role = replica; UPDATE matters SET title = 'in the clear'",
	} {
		_, err := d.direct.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol)
		if sqlstate(err) != "KP003" {
			return fmt.Errorf("%s: %w", sql, unexpected(err))
		}
		d.say("%-96.96s KP003", sql)
	}
	_, err := d.direct.Exec(ctx, "RESET session_replication_role")
	return err
}

func (d *demo) withdrawn(ctx context.Context) error {
	if err := os.Rename(d.masterKey(), d.masterKey()+".away"); err != nil {
		return err
	}
	d.say("(the file %s is moved away, as a customer would disable the key in KMS)", filepath.Base(d.masterKey()))
	took, err := d.await(ctx, "KU004")
	if err != nil {
		return err
	}
	d.say("SELECT title FROM matters: KU004 after %s", took)
	return errors.Join(d.elsewhereFine(ctx), d.toldInDealroom(ctx))
}

// elsewhereFine: without the key, what does not need it goes on; the failed statement costs a transaction, not the session.
func (d *demo) elsewhereFine(ctx context.Context) error {
	var n int
	if err := d.app.QueryRow(ctx, "SELECT count(*) FROM users").Scan(&n); err != nil {
		return fmt.Errorf("an unprotected table: %w", err)
	}
	d.say("SELECT count(*) FROM users: %d", n)
	if _, err := d.app.Exec(ctx, "UPDATE users SET permissions = 'admin'"); !strings.HasPrefix(sqlstate(err), "KU") {
		return fmt.Errorf("changing permissions: %w", unexpected(err))
	}
	d.say("UPDATE users SET permissions = 'admin': refused too, as the policy says")
	tx, err := d.app.Begin(ctx)
	if err != nil {
		return err
	}
	_, _ = tx.Exec(ctx, "SELECT title FROM matters")
	if status := d.app.PgConn().TxStatus(); status != 'E' {
		return fmt.Errorf("the transaction's status is %c", status)
	}
	if err := tx.Rollback(ctx); err != nil {
		return err
	}
	d.say("inside BEGIN the transaction fails, and after ROLLBACK the connection goes on")
	return nil
}

func (d *demo) returned(ctx context.Context) error {
	if err := os.Rename(d.masterKey()+".away", d.masterKey()); err != nil {
		return err
	}
	took, err := d.await(ctx, "")
	if err != nil {
		return err
	}
	d.say("SELECT title FROM matters: answers again after %s", took)
	return nil
}

func (d *demo) locked(ctx context.Context) error {
	if err := d.command(ctx, "key", "lock", demoTenant); err != nil {
		return err
	}
	took, err := d.await(ctx, "KU009")
	if err != nil {
		return err
	}
	d.say("pgseal key lock %s: KU009 after %s", demoTenant, took)
	if err := d.command(ctx, "key", "unlock", demoTenant); err != nil {
		return err
	}
	if took, err = d.await(ctx, ""); err != nil {
		return err
	}
	d.say("pgseal key unlock %s: answers again after %s", demoTenant, took)
	return nil
}

// tourPatience is how long the demo waits for a change to be seen: more than any bound that pgseal promises for a local key.
const tourPatience = 15 * time.Second

// await repeats a statement that needs the key until it ends in that SQLSTATE ("": success), and says how long that took.
func (d *demo) await(ctx context.Context, want string) (time.Duration, error) {
	began := time.Now()
	for {
		_, err := d.app.Exec(ctx, "SELECT title FROM matters")
		if sqlstate(err) == want && (want != "" || err == nil) {
			return time.Since(began).Round(10 * time.Millisecond), nil
		}
		if time.Since(began) > tourPatience {
			return 0, fmt.Errorf("after %s still %w", tourPatience, unexpected(err))
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

func sqlstate(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func unexpected(err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return err
}
