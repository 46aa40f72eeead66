package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// providers is a deployment of two proxies, whose tenant changes its key while sessions of both read and write.
type providers struct {
	*deployment
	conns  []*pgx.Conn // one to each proxy
	emails int
}

const (
	accountTables = "CREATE TABLE accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE, note text)"
	accountPolicy = "version: 1\ntables: {public.accounts: {columns: {email: {mode: deterministic}, note: {mode: randomized}}}}\n"
)

func deployProviders(t *testing.T) *providers {
	d := &providers{deployment: deployWith(t, accountTables, accountPolicy)}
	master := make([]byte, 32)
	_, _ = rand.Read(master)
	d.write(filepath.Join(filepath.Dir(d.config), "master.key"), hex.EncodeToString(master))
	d.conns = []*pgx.Conn{d.connect(), d.connectTo(d.serve(nil))}
	return d
}

// load has each proxy's own session read and write until stop is called: nothing may go wrong.
func (d *providers) load() (stop func()) {
	ctx, cancel := context.WithCancel(d.t.Context())
	var busy sync.WaitGroup
	for i, s := range d.conns {
		conn, err := pgx.ConnectConfig(d.t.Context(), s.Config())
		if err != nil {
			d.t.Fatal(err)
		}
		busy.Go(func() {
			defer conn.Close(context.Background())
			email := fmt.Sprintf("load%d@example.com", i)
			for n := 0; ctx.Err() == nil; n++ {
				note, got := fmt.Sprintf("note %d", n), ""
				if _, err := conn.Exec(d.t.Context(), `INSERT INTO accounts (email, note) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET note = EXCLUDED.note`, email, note); err != nil {
					d.t.Errorf("write: %v", err)
					return
				}
				if err := conn.QueryRow(d.t.Context(), "SELECT note FROM accounts WHERE email = $1", email).Scan(&got); err != nil || got != note {
					d.t.Errorf("read: %q, %v, want %q", got, err, note)
					return
				}
			}
		})
	}
	return func() { cancel(); busy.Wait() }
}

// write adds a row by one of the proxies.
func (d *providers) add() {
	d.t.Helper()
	if _, err := d.conns[d.emails%2].Exec(d.t.Context(), "INSERT INTO accounts (email, note) VALUES ($1, $2)", d.email(d.emails), d.note(d.emails)); err != nil {
		d.t.Fatal(err)
	}
	d.emails++
}

func (d *providers) email(n int) string { return fmt.Sprintf("user%d@example.com", n) }
func (d *providers) note(n int) string  { return fmt.Sprintf("note of %d", n) }

// holds demands of both proxies that every row is found by its address, that none can be written twice, and that ON CONFLICT finds it.
func (d *providers) holds(when string) {
	d.t.Helper()
	for i, conn := range d.conns {
		for n := range d.emails {
			var notes []string
			rows, err := conn.Query(d.t.Context(), "SELECT note FROM accounts WHERE email = $1", d.email(n))
			if err == nil {
				notes, err = pgx.CollectRows(rows, pgx.RowTo[string])
			}
			if err != nil || len(notes) != 1 || notes[0] != d.note(n) {
				d.t.Fatalf("%s, proxy %d: %q, %v", when, i, notes, err)
			}
			if _, err := conn.Exec(d.t.Context(), "INSERT INTO accounts (email, note) VALUES ($1, 'twice')", d.email(n)); sqlstate(err) != "23505" {
				d.t.Errorf("%s, proxy %d: UNIQUE: %v", when, i, err)
			}
			tag, err := conn.Exec(d.t.Context(), "INSERT INTO accounts (email, note) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET note = EXCLUDED.note RETURNING id", d.email(n), d.note(n))
			if err != nil || tag.RowsAffected() != 1 {
				d.t.Errorf("%s, proxy %d: ON CONFLICT: %v, %v", when, i, tag, err)
			}
		}
	}
}

// fresh makes both proxies fetch the key anew.
func (d *providers) fresh() {
	d.t.Helper()
	d.run("key", "lock", "acme")
	for _, conn := range d.conns {
		d.await(conn, "KU009")
	}
	d.run("key", "unlock", "acme")
	for _, conn := range d.conns {
		d.await(conn, "")
	}
}

// await repeats a statement that needs the key until it ends in that SQLSTATE.
func (d *providers) await(conn *pgx.Conn, want string) {
	d.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		_, err := conn.Exec(d.t.Context(), "SELECT note FROM accounts")
		if sqlstate(err) == want && (want != "" || err == nil) {
			return
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("still %v, want %q", err, want)
		}
	}
}

// The operator's own KMS key, the customer's, a local one, the customer's again, new data keys in between: values of every time are there at every time,
// equality never breaks, running sessions notice nothing, and what a former key has wrapped counts no more.
func TestProviderChanges(t *testing.T) {
	d := deployProviders(t)
	const role = "arn:aws:iam::444455556666:role/pgseal"
	d.kms.AddRole(kmstest.Role{ARN: role})
	customers := d.kms.CreateKey(kmstest.KeyOptions{Account: "444455556666"})
	again := d.kms.CreateKey(kmstest.KeyOptions{Account: "444455556666"})
	d.add()
	d.await(d.conns[1], "") // the second proxy is there
	d.keep("of_kms")
	steps := []struct {
		args []string
		gone string // the key of before, which is deleted then
	}{
		{[]string{"key", "set-arn", "acme", customers, "--role-arn", role, "--new-data-key"}, d.key},
		{[]string{"tenant", "set-provider", "acme", "--provider", "local"}, customers},
		{[]string{"key", "rotate", "acme", "--new-data-key"}, ""},
		{[]string{"tenant", "set-provider", "acme", "--provider", "aws-kms", "--key", again, "--role-arn", role}, ""},
		{[]string{"key", "rotate", "acme"}, ""},
		{[]string{"key", "rotate", "acme", "--new-data-key"}, ""},
	}
	stop := d.load()
	defer stop()
	for i, step := range steps {
		d.add()
		if got := told[rotationView](d.deployment, step.args...); got.Outcome != "new_data_key" && step.args[len(step.args)-1] != "acme" {
			t.Errorf("%v: %+v", step.args, got)
		}
		if step.gone != "" {
			if err := d.kms.DeleteKey(step.gone); err != nil {
				t.Fatal(err)
			}
		}
		if i == 1 {
			d.keep("of_local")
		}
		d.add()
		d.holds(fmt.Sprintf("after step %d", i))
	}
	stop()
	file := filepath.Join(filepath.Dir(d.config), "master.key")
	master, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d.write(file, strings.Repeat("00", 32)) // nothing hangs on it any more
	d.fresh()
	d.holds("with keys fetched anew")
	if v := told[admin.Tenant](d.deployment, "tenant", "show", "acme"); v.Generations != 6 {
		t.Errorf("generations: %+v", v)
	}
	var actions []string
	for _, h := range told[[]historyView](d.deployment, "key", "history", "acme") {
		actions = append(actions, h.Action)
	}
	if got := strings.Join(actions, " "); got != "created rotated rotated rotated rotated rotated" {
		t.Errorf("history: %s", got)
	}
	d.write(file, string(master)) // the operator has kept it
	for _, dump := range []string{"of_kms", "of_local"} {
		d.oldWrapping(dump)
		d.holds("with the records put back")
	}
}

// keep copies the records of keys, as a dump does.
func (d *providers) keep(schema string) {
	d.t.Helper()
	d.cluster.Exec(d.t, "dealroom", fmt.Sprintf("CREATE SCHEMA %[1]s; CREATE TABLE %[1]s.tenant AS TABLE pgseal.tenant; CREATE TABLE %[1]s.data_key AS TABLE pgseal.data_key", schema))
}

// oldWrapping puts the records of before into the database, as somebody might who has an old dump and the key that wrapped them: nobody takes them.
func (d *providers) oldWrapping(dump string) {
	d.t.Helper()
	put := func(from string) {
		d.cluster.Exec(d.t, "dealroom", fmt.Sprintf(`SET session_replication_role = replica; DELETE FROM pgseal.tenant; DELETE FROM pgseal.data_key;
			INSERT INTO pgseal.tenant TABLE %[1]s.tenant; INSERT INTO pgseal.data_key TABLE %[1]s.data_key`, from))
	}
	d.kms.ResetCounts()
	present := "before_" + dump
	d.keep(present)
	put(dump)
	if got := d.refused(exitFailed, "key", "rotate", "acme"); !strings.Contains(got, "KU012") {
		d.t.Errorf("a command takes the old record: %s", got)
	}
	third := d.connectTo(d.serve(nil))
	if _, err := third.Exec(d.t.Context(), "SELECT note FROM accounts"); sqlstate(err) != "KU012" {
		d.t.Errorf("a proxy that starts now takes the old record: %v", err)
	}
	if n := d.kms.Count("Decrypt"); n != 0 {
		d.t.Errorf("the KMS was asked %d times", n)
	}
	put(present)
	d.await(third, "")
}

// sealedUnder are the data keys' numbers of the stored values of a column.
func (d *providers) sealedUnder(column string) (numbers []string) {
	d.t.Helper()
	rows, err := d.cluster.Conn(d.t, "dealroom", "").Query(d.t.Context(), "SELECT "+column+" FROM accounts ORDER BY id")
	if err != nil {
		d.t.Fatal(err)
	}
	stored, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		d.t.Fatal(err)
	}
	for _, armoured := range stored {
		sealed, err := crypto.AppendUnarmour(nil, []byte(armoured))
		if err != nil {
			d.t.Fatal(err)
		}
		header, err := crypto.ParseHeader(sealed)
		if err != nil {
			d.t.Fatal(err)
		}
		numbers = append(numbers, fmt.Sprintf("%08x", uint32(header.Number)))
	}
	return numbers
}

// What docs/rotation.md says about sealing anew by hand: a value that is sent is sealed with the new data key, one that the server copies is not, and a
// deterministic column keeps its own.
func TestSealingAnew(t *testing.T) {
	d := deployProviders(t)
	d.add()
	d.add()
	first := d.sealedUnder("note")
	d.run("key", "rotate", "acme", "--new-data-key")
	history := told[[]historyView](d.deployment, "key", "history", "acme")
	now := history[len(history)-1].DataKey
	if now == first[0] {
		t.Fatalf("the same data key: %+v", history)
	}
	eventuallyTrue(t, "the new data key is used", func() bool {
		d.add()
		all := d.sealedUnder("note")
		return all[len(all)-1] == now
	})
	if _, err := d.conns[0].Exec(t.Context(), "UPDATE accounts SET note = note"); err != nil {
		t.Fatal(err)
	}
	if got := d.sealedUnder("note"); got[0] != first[0] || got[1] != first[1] {
		t.Errorf("copied by the server: %v", got)
	}
	if _, err := d.conns[0].Exec(t.Context(), "UPDATE accounts SET note = $1, email = $2 WHERE email = $2", d.note(0), d.email(0)); err != nil {
		t.Fatal(err)
	}
	if got := d.sealedUnder("note"); got[0] != now || got[1] != first[1] {
		t.Errorf("sent: %v", got)
	}
	for _, number := range d.sealedUnder("email") {
		if number != first[0] {
			t.Errorf("a deterministic column has left its data key: %v", d.sealedUnder("email"))
		}
	}
	d.holds("afterwards")
}

// Commands that are killed at any moment, one after the other and two at once, while sessions read and write: nobody notices.
func TestRotationKilled(t *testing.T) {
	d := deployProviders(t)
	other := d.kms.CreateKey(kmstest.KeyOptions{})
	d.add()
	d.await(d.conns[1], "")
	commands := [][]string{
		{"key", "rotate", "acme", "--new-data-key"}, {"key", "set-arn", "acme", other}, {"key", "set-arn", "acme", d.key, "--new-data-key"}, {"tenant", "set-provider", "acme", "--provider", "local"},
		{"tenant", "set-provider", "acme", "--provider", "aws-kms", "--key", d.key},
	}
	began := time.Now()
	if out, err := exec.Command("pgseal", "key", "rotate", "acme", "--new-data-key", "--config", d.config).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	whole := time.Since(began)
	stop := d.load()
	defer stop()
	made := 0
	for round := range 16 {
		var both sync.WaitGroup
		for i := range 1 + round%2 {
			args := append(slices.Clone(commands[(round+i)%len(commands)]), "--config", d.config)
			both.Go(func() {
				ctx, kill := context.WithTimeout(t.Context(), time.Duration(mathrand.Float64()*2*float64(whole)))
				defer kill()
				_ = exec.CommandContext(ctx, "pgseal", args...).Run() // SIGKILL
			})
		}
		both.Wait()
		if round%4 == 3 {
			d.add()
			d.holds(fmt.Sprintf("after round %d", round))
			made = len(told[[]historyView](d.deployment, "key", "history", "acme"))
		}
	}
	stop()
	t.Logf("%d changes were made", made-1)
	if made < 2 {
		t.Errorf("only %d rows in the history: the commands were killed too early", made)
	}
	d.fresh()
	d.holds("with keys fetched anew")
}
