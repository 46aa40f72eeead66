package pgstore

import (
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/legatics/pgseal/keysource"
)

func sampleBackup(n byte) *Backup {
	return &Backup{SHA256: [32]byte{n}, Name: fmt.Sprintf("app-%d.dump", n), Kind: "custom", Size: 4711, Made: time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC), Archive: true,
		Needs:  []BackupNeed{{Tenant: "acme", ID: "id", Provider: keysource.ProviderAWS, Key: "arn", Inside: true, Keys: []string{"00000001"}, Values: 7}},
		Sealed: 7, Plaintext: 1, Problems: 2, Actor: "tester"}
}

// What was listed is read as it was, is replaced by another check of the same backup, and its destruction is noted; a second word about the list counts.
func TestBackups(t *testing.T) {
	f := newFixture(t)
	if all, list, err := f.store.Backups(t.Context()); err != nil || len(all) != 0 || list.Version != 0 {
		t.Fatalf("%+v, %+v, %v", all, list, err)
	}
	for n := range byte(3) {
		if err := f.store.ListBackup(t.Context(), sampleBackup(n)); err != nil {
			t.Fatal(err)
		}
	}
	again := sampleBackup(1)
	again.Name, again.Plaintext = "elsewhere.dump", 0
	if err := f.store.ListBackup(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	fresh := f.open(t, Options{})
	all, _, err := fresh.Backups(t.Context())
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	if diff := cmp.Diff(*again, all[1], cmpopts.IgnoreUnexported(Backup{})); diff != "" || all[1].Position != 2 || all[1].Version != 2 || all[2].Name != "app-2.dump" {
		t.Error(diff, all)
	}
	hash := hex.EncodeToString(all[0].SHA256[:])
	for range 2 {
		if b, err := f.store.ForgetBackup(t.Context(), hash[:8], "tester"); err != nil || b.Forgotten.IsZero() {
			t.Fatalf("%+v, %v", b, err)
		}
	}
	for _, wrong := range []string{"0", "ff"} {
		if _, err := f.store.ForgetBackup(t.Context(), wrong, "tester"); !errors.Is(err, ErrNoBackup) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	if _, err := f.store.SayBackupsComplete(t.Context(), "the DBA", "tester", false); err != nil {
		t.Fatal(err)
	}
	all, list, err := fresh.Backups(t.Context())
	if err != nil || all[0].Forgotten.IsZero() || all[0].By != "tester" || list.By != "the DBA" || list.Complete.IsZero() {
		t.Errorf("%+v, %+v, %v", all, list, err)
	}
	if err := f.store.ListBackup(t.Context(), sampleBackup(0)); err != nil { // it is there after all
		t.Fatal(err)
	}
	if _, err := f.store.SayBackupsComplete(t.Context(), "", "tester", true); err != nil {
		t.Fatal(err)
	}
	if all, list, err = fresh.Backups(t.Context()); err != nil || !all[0].Forgotten.IsZero() || !list.Complete.IsZero() {
		t.Errorf("%+v, %+v, %v", all, list, err)
	}
	var kinds []string
	events, err := f.store.Events(t.Context(), EventFilter{Limit: 100})
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	want := []string{EventBackupsIncomplete, EventBackupListed, EventBackupsComplete, EventBackupDestroyed, EventBackupListed, EventBackupListed, EventBackupListed, EventBackupListed}
	if diff := cmp.Diff(want, kinds); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// Two machines that list backups at once lose none.
func TestBackupsListedAtOnce(t *testing.T) {
	f := newFixture(t)
	var all sync.WaitGroup
	for n := range byte(8) {
		s := f.open(t, Options{})
		all.Go(func() {
			if err := s.ListBackup(t.Context(), sampleBackup(n)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if listed, _, err := f.store.Backups(t.Context()); err != nil || len(listed) != 8 {
		t.Errorf("%d, %v", len(listed), err)
	}
}

// A backup that somebody takes out of the list is missed, and so is the whole list; an old state of it is not taken by who has seen a later one.
func TestBackupTakenAway(t *testing.T) {
	for name, sql := range map[string]string{
		"the last":     "DELETE FROM pgseal.backup WHERE position = 3",
		"one between":  "DELETE FROM pgseal.backup WHERE position = 2",
		"the list's":   "DELETE FROM pgseal.backup_list",
		"an old state": "DELETE FROM pgseal.backup_list; DELETE FROM pgseal.backup; INSERT INTO pgseal.backup TABLE kept.backup; INSERT INTO pgseal.backup_list TABLE kept.backup_list",
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			for n := range byte(3) {
				if n == 2 {
					f.exec(t, "CREATE SCHEMA kept; CREATE TABLE kept.backup AS TABLE pgseal.backup; CREATE TABLE kept.backup_list AS TABLE pgseal.backup_list")
				}
				if err := f.store.ListBackup(t.Context(), sampleBackup(n)); err != nil {
					t.Fatal(err)
				}
			}
			f.exec(t, sql)
			_, _, err := f.store.Backups(t.Context())
			wantKind(t, err, keysource.KeyRecordInvalid)
			wantKind(t, f.store.ListBackup(t.Context(), sampleBackup(9)), keysource.KeyRecordInvalid)
		})
	}
}
