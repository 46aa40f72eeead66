package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// A lock needs no KMS, counts in every proxy, holds when proxies and database are restarted, and ends in all of them.
func TestLock(t *testing.T) {
	t.Parallel()
	p := startProxies(t, 2)
	if _, err := p.connect(0).Exec(t.Context(), "INSERT INTO matters VALUES (1, 'canary')"); err != nil {
		t.Fatal(err)
	}
	p.until(1, "")
	if _, err := p.kms.Inject(kmstest.Fault{Kind: kmstest.Drop}); err != nil {
		t.Fatal(err)
	}
	conn := p.connect(1)
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "DECLARE c CURSOR FOR SELECT title FROM matters"); err != nil {
		t.Fatal(err)
	}
	var first, again []lockView
	p.pgsealJSON(&first, "key", "lock", "acme")
	for i := range p.each {
		t.Logf("proxy %d has followed %v after the command", i, p.until(i, "KU009"))
	}
	var title string
	if err := tx.QueryRow(t.Context(), "FETCH 1 FROM c", pgx.QueryExecModeSimpleProtocol).Scan(&title); sqlstate(err) != "KU009" {
		t.Errorf("a cursor: %q, %v", title, err)
	}
	_ = conn.Close(t.Context())
	p.pgsealJSON(&again, "key", "lock", "acme")
	if len(first) != 1 || !first[0].Locked || first[0].LockedBy == "" || !first[0].LockedSince.Equal(*again[0].LockedSince) || first[0].Database != "dealroom" {
		t.Errorf("locked twice: %+v, %+v", first, again)
	}
	if said := p.pgseal(0, "key", "status", "acme"); !strings.Contains(said, "since "+first[0].LockedSince.Format(time.RFC3339)+" by "+first[0].LockedBy) {
		t.Error(said)
	}
	if said := p.pgseal(1, "key", "drill", "acme", "--yes"); !strings.Contains(said, "locked") {
		t.Errorf("a drill of a locked tenant: %s", said)
	}
	p.each[0].Kill()
	if err := errors.Join(p.cluster.Shutdown(), p.cluster.Restart(t.Context())); err != nil {
		t.Fatal(err)
	}
	p.start(0)
	for i := range p.each {
		p.until(i, "KU009")
	}
	var unlocked []lockView
	p.pgsealJSON(&unlocked, "key", "unlock", "acme")
	if unlocked[0].Locked || unlocked[0].LockedBy != "" {
		t.Errorf("unlocked: %+v", unlocked)
	}
	for i := range p.each { // the lock has taken the key, and there is no KMS to give it back
		p.until(i, "KU006")
	}
	p.kms.ClearFaults()
	for i := range p.each {
		p.until(i, "")
	}
}

// A lock acts on every store; one that cannot be reached is named, keeps no other from being locked, and is locked when the command is given again.
func TestLockEveryStore(t *testing.T) {
	t.Parallel()
	r := prepareRestart(t, "")
	p := &proxies{restarted: r}
	r.cluster.Exec(t, "postgres", "CREATE DATABASE archive")
	r.cluster.Exec(t, "archive", "CREATE TABLE matters (id bigint PRIMARY KEY, title text)")
	port, err := program.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(r.File("pgseal.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	one := `{control: "user=app", tenant: {fixed: acme}, policy: policy.yaml}`
	configure := func(archive string) {
		t.Helper()
		two := strings.Replace(string(text), "  dealroom: "+one, "  dealroom: "+one+"\n  archive: "+archive, 1)
		if two == string(text) {
			t.Fatalf("no databases in %s", text)
		}
		if err := os.WriteFile(r.File("pgseal.yaml"), []byte(two), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	configure(one)
	p.pgseal(0, "init", "--database", "archive")
	if said := p.pgseal(0, "key", "lock", "acme"); strings.Contains(said, "archive") { // which has no such tenant
		t.Error(said)
	}
	p.pgseal(0, "key", "unlock", "acme")
	p.pgseal(0, "tenant", "add", "acme", "--provider", "local", "--database", "archive")
	configure(strings.Replace(one, "user=app", "user=app host=127.0.0.1 port="+fmt.Sprint(port), 1))
	for range 2 {
		said := p.pgseal(1, "key", "lock", "acme")
		for _, want := range []string{"archive   FAILED", "dealroom  locked since", "not done in every database: archive"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not in %s", want, said)
			}
		}
	}
	configure(one)
	if said := p.pgseal(0, "key", "lock", "acme"); strings.Count(said, "locked since") != 2 {
		t.Error(said)
	}
	if said := p.pgseal(0, "key", "unlock", "acme", "--database", "archive"); strings.Count(said, "not locked") != 1 {
		t.Error(said)
	}
	if said := p.pgseal(0, "key", "unlock", "acme"); strings.Count(said, "not locked") != 2 {
		t.Error(said)
	}
	if said := p.pgseal(1, "key", "lock", "nobody"); !strings.Contains(said, "there is no tenant") {
		t.Error(said)
	}
}

// A probe is followed by every proxy: a withdrawal counts at once, and so does its end, though nobody asks for the key. Without a probe, whoever asks
// brings the key back.
func TestProbeIsFollowed(t *testing.T) {
	t.Parallel()
	p := startProxies(t, 2)
	p.until(0, "")
	p.until(1, "")
	if err := p.kms.SetState(p.key, kmstest.Disabled); err != nil {
		t.Fatal(err)
	}
	if said := p.pgseal(1, "key", "probe", "acme"); !strings.Contains(said, "KU002") {
		t.Error(said)
	}
	for i := range p.each {
		t.Logf("proxy %d has followed %v after the command", i, p.until(i, "KU002"))
	}
	if err := p.kms.SetState(p.key, kmstest.Enabled); err != nil {
		t.Fatal(err)
	}
	p.pgseal(0, "key", "probe", "acme")
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) { // nobody asks for the key meanwhile but the proxies themselves
		var v keyView
		p.pgsealJSON(&v, "key", "status", "acme")
		if len(v.Proxies) == 2 && v.Proxies[0].State == "available" && v.Proxies[1].State == "available" {
			break
		}
		if time.Since(began) > 2*busyMachine {
			t.Fatalf("the proxies have not asked: %+v", v)
		}
	}
	for i := range p.each {
		p.until(i, "")
	}
	deny := kmstest.Denial{Operations: []string{"Decrypt"}}
	p.kms.Deny(deny)
	p.pgseal(1, "key", "probe", "acme")
	for i := range p.each {
		p.until(i, "KU001")
	}
	p.kms.Allow(deny)
	for i := range p.each {
		t.Logf("proxy %d has the key back by itself after %v", i, p.until(i, ""))
	}
}
