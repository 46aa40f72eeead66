package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// neighbours are two tenants in one database, whose values lie in the same columns. Acme has moved away from a key that globex still hangs on.
type neighbours struct {
	*deployment
	ops         *operations
	former      string // the key
	carol, vera context.Context
	acme        admin.TenantRef
}

func (n *neighbours) live() *liveSite { return n.service.sites[0] }

// beside has the two, and in clients.email values of globex's alone, plaintext, spoilt ones, and ones from elsewhere.
func beside(t *testing.T) *neighbours {
	n := &neighbours{deployment: deployWith(t, "CREATE TABLE matters (id bigint PRIMARY KEY, title text); CREATE TABLE clients (id bigint PRIMARY KEY, email text)",
		"version: 1\ntables:\n  public.matters: {columns: {title: {mode: randomized}}}\n  public.clients: {columns: {email: {mode: randomized}}}\n")}
	n.former, n.acme = n.key, admin.TenantRef{Database: "dealroom", Name: "acme"}
	n.ops = newOperations(n.service.sites, n.service.log)
	n.carol = access.NewContext(t.Context(), &access.User{Name: "carol", Role: access.Officer, Tenants: []string{"acme"}})
	n.vera = access.NewContext(t.Context(), &access.User{Name: "vera", Role: access.Viewer})
	n.run("tenant", "add", "globex", "--provider", "aws-kms", "--key", n.former)
	conn := n.connect()
	n.until(conn, "")
	for i := range 3 {
		if _, err := conn.Exec(t.Context(), "INSERT INTO matters VALUES ($1, 'canary')", i); err != nil {
			t.Fatal(err)
		}
	}
	n.run("key", "set-arn", "acme", n.kms.CreateKey(kmstest.KeyOptions{}))
	var theirs [][]byte
	handle, err := n.live().ring.Acquire(t.Context(), "globex")
	if err != nil {
		t.Fatal(err)
	}
	defer handle.Release()
	for range 5 {
		val, err := handle.Seal(nil, crypto.Column{ID: crypto.NewDomainID("probe"), Family: "text"}, crypto.Randomized, []byte("canary"))
		if err != nil {
			t.Fatal(err)
		}
		theirs = append(theirs, val)
	}
	elsewhere := crypto.NewGeneration(n.live().store.Tag(), crypto.NewTenantID(), crypto.NewKeyNumber(), mustKey(t))
	defer elsewhere.Destroy()
	key, err := elsewhere.Column(crypto.Column{ID: crypto.NewDomainID("probe"), Family: "text"})
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := key.Seal(nil, crypto.Randomized, []byte("canary"))
	if err != nil {
		t.Fatal(err)
	}
	sql := `ALTER TABLE matters DISABLE TRIGGER ALL; ALTER TABLE clients DISABLE TRIGGER ALL;
		DO $$ DECLARE c record; BEGIN FOR c IN SELECT conrelid::regclass t, conname FROM pg_constraint WHERE conrelid IN ('matters'::regclass, 'clients'::regclass) AND contype = 'c'
		LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname); END LOOP; END $$; INSERT INTO matters VALUES (200, 'canary plain'); INSERT INTO clients VALUES (200, 'canary plain');`
	for i, val := range append(theirs, foreign) {
		sql += fmt.Sprintf("INSERT INTO matters VALUES (%d, '%s'); INSERT INTO clients VALUES (%[1]d, '%[2]s');", 100+i, crypto.AppendArmour(nil, val))
	}
	n.cluster.Exec(t, "dealroom", sql)
	return n
}

func mustKey(t *testing.T) *crypto.DataKey {
	t.Helper()
	key, err := crypto.GenerateDataKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestOfficerReport: what an officer reads counts the values of his tenant, and tells of nothing else that lies in the same tables, backups and records; a viewer reads it all.
func TestOfficerReport(t *testing.T) {
	n := beside(t)
	t.Run("values", n.wantOwnValues)
	t.Run("backups", n.wantOwnBackups)
	t.Run("records", n.wantOwnRecords)
}

func (n *neighbours) reportOf(t *testing.T, who context.Context) string {
	t.Helper()
	r, err := n.ops.Report(who, n.acme, "", "")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(string(text), `\n`, " ")), " ")
}

func (n *neighbours) wantOwnValues(t *testing.T) {
	secrets := []string{"clients", "not sealed", "every row was counted", "brought from elsewhere", "globex"}
	his, all := n.reportOf(t, n.carol), n.reportOf(t, n.vera)
	for _, secret := range secrets {
		if strings.Contains(his, secret) {
			t.Errorf("an officer of acme reads %q:\n%s", secret, his)
		}
		if !strings.Contains(all, secret) {
			t.Errorf("a viewer does not read %q:\n%s", secret, all)
		}
	}
	for _, want := range []string{"and so by 3 sealed values", "Only values of acme are told", "public.matters.title 3"} {
		if !strings.Contains(his, want) {
			t.Errorf("an officer of acme does not read %q:\n%s", want, his)
		}
	}
}

// wantOwnBackups: that a backup needs the former key because of another tenant is not his to know.
func (n *neighbours) wantOwnBackups(t *testing.T) {
	other, err := n.live().store.LookUp(t.Context(), "globex")
	if err != nil {
		t.Fatal(err)
	}
	if err := n.live().store.ListBackup(t.Context(), &pgstore.Backup{SHA256: [32]byte{1}, Name: "theirs.dump", Kind: "custom", Actor: "tester", Made: time.Now(),
		Needs: []pgstore.BackupNeed{{Tenant: "globex", ID: other.ID.String(), Provider: keysource.ProviderAWS, Key: n.former, Inside: true, Keys: []string{"00000001"}, Values: 7}}}); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[context.Context]int{n.carol: 0, n.vera: 1} {
		h, err := n.ops.History(who, n.acme)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.MasterKeys[1]; got.Key != n.former || len(got.Backups) != want || len(got.Others) != want {
			t.Errorf("what needs the former key: %+v", got)
		}
	}
}

// wantOwnRecords: records of another tenant's that were altered are not read for him, and so not told.
func (n *neighbours) wantOwnRecords(t *testing.T) {
	n.run("key", "set-arn", "globex", n.kms.CreateKey(kmstest.KeyOptions{}))
	s := n.live().site
	own, err := s.store.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	moved, err := s.store.History(t.Context(), "globex")
	if err != nil {
		t.Fatal(err)
	}
	for alone, want := range map[bool]time.Time{true: own.KeySince, false: moved[len(moved)-1].At} {
		users, err := keyUsersOf(t.Context(), s, own, alone)
		if err != nil || len(users.copies) != 1 {
			t.Fatal(users, err)
		}
		if got := users.copies[0].until[wrapping{keysource.ProviderAWS, n.former}]; alone == got.Equal(moved[len(moved)-1].At) || !alone && !got.Equal(want) {
			t.Errorf("alone %t: the former key was in use until %s, globex left it at %s", alone, got, moved[len(moved)-1].At)
		}
	}
	n.cluster.Exec(t, "dealroom", `ALTER TABLE pgseal.key_history DISABLE TRIGGER ALL; UPDATE pgseal.backup_list SET actor = actor || 'x';
		UPDATE pgseal.key_history SET actor = actor || 'x' WHERE tenant = (SELECT id FROM pgseal.tenant WHERE name = 'globex')`)
	h, err := n.ops.History(n.carol, n.acme)
	if err != nil || len(h.Problems) != 1 || h.Problems[0] != "the list of backups does not verify" {
		t.Errorf("problems: %v, %v", h.Problems, err)
	}
	n.cluster.Exec(t, "dealroom", "UPDATE pgseal.column_state SET pad = pad + 16 WHERE column_name = 'email'")
	if text := n.reportOf(t, n.carol); strings.Contains(text, "email") || strings.Contains(text, "column_state") || !strings.Contains(text, "the records of the protected columns do not verify") {
		t.Errorf("records of columns: %s", text)
	}
}

// TestTwoApprovedAtOnce: of two proposals for one record that are both approved before either is carried out, the second changes nothing.
func TestTwoApprovedAtOnce(t *testing.T) {
	d := deploy(t)
	ops, ref := newOperations(d.service.sites, d.service.log), admin.TenantRef{Database: "dealroom", Name: "acme"}
	s := d.service.sites[0]
	var keys []string
	var approved []*pgstore.Proposal
	for range 2 {
		keys = append(keys, d.kms.CreateKey(kmstest.KeyOptions{}))
		p := admin.Proposal{TenantRef: ref, Kind: string(access.SetARN), MasterKey: admin.MasterKey{Provider: keysource.ProviderAWS, Key: keys[len(keys)-1]}, By: "olga"}
		if err := ops.Propose(t.Context(), "olga", p); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.store.Proposals(t.Context(), "acme")
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	for _, p := range all {
		decided, err := s.store.Decide(t.Context(), p.ID, pgstore.Decision{Approve: true, By: "carol", Actor: "carol"})
		if err != nil {
			t.Fatal(err)
		}
		approved = append(approved, decided)
	}
	if _, err := ops.carryOut(t.Context(), "carol", s, approved[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := ops.carryOut(t.Context(), "carol", s, approved[1]); err == nil || !strings.Contains(err.Error(), "has changed since it was proposed") {
		t.Errorf("the second: %v", err)
	}
	now, err := s.store.LookUp(t.Context(), "acme")
	if err != nil || now.Spec.KeyARN != approved[0].To.KeyARN {
		t.Errorf("%+v %v", now.Spec, err)
	}
	for i, want := range []pgstore.ProposalState{pgstore.ProposalDone, pgstore.ProposalFailed} {
		if p, err := s.store.Proposal(t.Context(), approved[i].ID); err != nil || p.State != want {
			t.Errorf("%+v %v", p, err)
		}
	}
}
