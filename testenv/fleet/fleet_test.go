package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

var (
	seed = flag.Uint64("seed", 0, "what happens when is drawn with it; 0: with the time")
	long = flag.Duration("for", 0, "time to play in long form; 0: the short form, in which everything happens once")
)

// columnsToList is how many columns get into the policy while everything runs.
const columnsToList = 4

// TestFleet lets everything happen to a deployment under load.
func TestFleet(t *testing.T) {
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-seed %d", *seed)
	proxies, tenants := 3, 2
	if *long > 0 {
		proxies, tenants = 2+int(*seed%4), 4
	}
	f := deploy(t, *seed, proxies, tenants)
	f.sow()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var working sync.WaitGroup
	var clients []*client
	for i, tn := range f.tenants {
		for n := range 2 {
			c := f.newClient(2*i+n, tn.name, *seed)
			clients = append(clients, c)
			working.Go(func() { c.run(ctx) })
		}
	}
	working.Go(func() { f.noise(ctx) })
	f.play()
	stop()
	working.Wait()
	f.verdict(clients)
	t.Logf("refusals: %s", f.weather.refusals())
	for what, all := range f.measured {
		t.Logf("%s: all proxies after %v at the most, of %d times", what, slices.Max(all).Round(time.Millisecond), len(all))
	}
}

// sow writes each tenant's own row, and waits for all columns that are listed to be sealed.
func (f *fleet) sow() {
	f.t.Helper()
	for _, tn := range f.tenants {
		conn, err := pgx.Connect(f.t.Context(), f.url(f.proxies[0], tn.name))
		if err != nil {
			f.t.Fatal(err)
		}
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			_, err = conn.Exec(f.t.Context(), "INSERT INTO matters (id, title) VALUES ($1, $2)", f.ownRow(tn.name), canary+tn.name)
			if codeOf(err) != "KP002" { // the proxies have not agreed yet
				break
			}
			if time.Now().After(deadline) {
				f.t.Fatalf("the proxies do not agree: %v", err)
			}
		}
		if err := errors.Join(err, conn.Close(f.t.Context())); err != nil {
			f.t.Fatal(err)
		}
		f.settle(tn.name, "", heard)
	}
	f.admin().Exec(f.t.Context(), "SELECT 1")
}

// play lets one thing after the other happen: each once, and on until the time is over.
func (f *fleet) play() {
	for round := 0; round == 0 || time.Since(f.began) < *long; round++ {
		all := disturbances()
		if round == 1 {
			all = append(all, disturbance{"the database fails over", failOver})
		}
		f.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, d := range all {
			if round > 0 && time.Since(f.began) > *long || f.t.Failed() {
				return
			}
			tn := f.tenants[f.random.IntN(len(f.tenants))]
			began := time.Now()
			d.do(f, tn)
			f.t.Logf("%s %s: %s, %v", began.Format(clock), d.name, tn.name, time.Since(began).Round(time.Millisecond))
		}
	}
}

const noiseScript = `\set id random(1, 200)
UPDATE noise SET title = 'Confidential-noise', email = :mail WHERE id = :id;
SELECT title, email FROM noise WHERE id = :id;
SELECT count(*) FROM noise WHERE email = :mail;
INSERT INTO noise VALUES (:id, 'Confidential-noise', :mail) ON CONFLICT (id) DO NOTHING;
`

// noise has pgbench at work, again and again: it gives up at the first refusal.
func (f *fleet) noise(ctx context.Context) {
	script := filepath.Join(f.t.TempDir(), "noise.sql")
	if err := os.WriteFile(script, []byte(noiseScript), 0o600); err != nil {
		f.t.Error(err)
		return
	}
	for n := 0; ctx.Err() == nil; n++ {
		path, err := exec.LookPath("pgbench")
		if err != nil {
			cmd, err := f.cluster.Command(ctx, "pgbench")
			if err != nil {
				f.t.Error(err)
				return
			}
			path = cmd.Path
		}
		url := f.url(f.proxies[n%len(f.proxies)], f.tenants[n%len(f.tenants)].name)
		cmd := exec.CommandContext(ctx, path, "-n", "-M", []string{"prepared", "extended"}[n%2], "-c", "3", "-T", "2", "-D", "mail=Confidential-mail", "-f", script, url)
		var stderr bytes.Buffer
		cmd.Stderr, cmd.WaitDelay = &stderr, time.Second
		_ = cmd.Run()
		for _, bad := range []string{"plaintext", "authentic", "in the store", "out of step", "lost synchronization"} {
			if strings.Contains(stderr.String(), bad) {
				f.t.Errorf("pgbench: %s", stderr.String())
			}
		}
	}
}

// verdict is the end: everything that was acknowledged is there, through every proxy, and nothing lies open.
func (f *fleet) verdict(clients []*client) {
	ctx := f.t.Context()
	time.Sleep(late)
	acknowledged, read, rows := 0, 0, 0
	for _, c := range clients {
		for i, m := range f.proxies {
			conn, err := pgx.Connect(ctx, f.url(m, c.tenant))
			if err != nil {
				f.t.Error(err)
				continue
			}
			c.conns = map[*member]*pgx.Conn{m: conn}
			for id, r := range c.rows {
				if err := c.check(ctx, m, id, r); err != nil {
					f.t.Errorf("%s, %s: %v", m.name, c.tenant, err)
				}
				if i == 0 {
					rows++
				}
			}
			_ = conn.Close(ctx)
		}
		acknowledged, read = acknowledged+c.acknowledged, read+c.read
	}
	f.t.Logf("%d writes acknowledged, %d rows, %d values read", acknowledged, rows, read)
	if acknowledged == 0 || read == 0 {
		f.t.Error("nothing was done")
	}
	f.sealed(clients)
	for _, tn := range f.tenants {
		f.history(tn)
	}
}

// sealed looks for plaintext: in the files, and of columns that were listed in the end, in rows that were written since.
func (f *fleet) sealed(clients []*client) {
	if files := f.primary.FilesWith(f.t, canary); len(files) > 0 {
		f.t.Errorf("plaintext in %v", files)
	}
	began := make(map[int]time.Time)
	for _, c := range clients {
		for id, r := range c.rows {
			began[id] = r.began
		}
	}
	for column, since := range f.sealedFrom {
		rows, err := f.admin().Query(f.t.Context(), fmt.Sprintf("SELECT id FROM matters WHERE %s LIKE '%s%%'", column, open))
		if err != nil {
			f.t.Error(err)
			continue
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int])
		if err != nil {
			f.t.Error(err)
		}
		for _, id := range ids {
			if began[id].After(since) {
				f.t.Errorf("row %d of %s, written at %s, lies open; the column was sealed at %s", id, column, began[id].Format(clock), since.Format(clock))
			}
		}
		f.t.Logf("%s: %d values from before it was sealed", column, len(ids))
	}
}

// history holds what the store remembers of a tenant's key against what was done.
func (f *fleet) history(tn *tenant) {
	var entries []struct {
		Action string `json:"action"`
	}
	out := f.must("key", "history", tn.name, "--json")
	if err := json.Unmarshal([]byte(out), &entries); err != nil {
		f.t.Errorf("%v: %s", err, out)
	}
	count := map[string]int{}
	for _, e := range entries {
		count[e.Action]++
	}
	more := count["re-wrapped"] + count["rotated"] - tn.rewrapped - tn.renewed
	if count["created"] != 1 || count["re-wrapped"] < tn.rewrapped || count["rotated"] < tn.renewed || more > tn.unsure {
		f.t.Errorf("%s: %d were wrapped anew, %d made anew, %d killed; the history has %v", tn.name, tn.rewrapped, tn.renewed, tn.unsure, count)
	}
}

// admin is a connection straight to the database.
func (f *fleet) admin() *pgx.Conn {
	if f.straight == nil || f.straight.IsClosed() || f.straight.Ping(f.t.Context()) != nil {
		f.straight = f.primary.Conn(f.t, f.database, "")
	}
	return f.straight
}
