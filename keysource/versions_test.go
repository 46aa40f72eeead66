package keysource_test

import (
	"sync"
	"testing"

	"github.com/legatics/pgseal/keysource"
)

// TestVersions: the highest version of each name is remembered.
func TestVersions(t *testing.T) {
	v := keysource.NewVersions()
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if err := v.Remember(acme, int64(i)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := v.Remember(acme, 3); err != nil {
		t.Error(err)
	}
	if v.Seen(acme) != 19 || v.Seen("beta") != 0 {
		t.Errorf("seen %d and %d", v.Seen(acme), v.Seen("beta"))
	}
}

// TestOlderRecordAfterRestart: a proxy that starts again refuses a record that is older than one it saw in its life before.
func TestOlderRecordAfterRestart(t *testing.T) {
	kept := keysource.NewVersions() // as a state folder keeps them
	b := newRig(t, func(o *keysource.Options) { o.Versions = kept })
	old := b.store.Record(acme)
	rotate(b)
	b.wantAsk(0)
	b.ring.Close()

	restarted := newRig(t, func(o *keysource.Options) { o.Versions = kept })
	restarted.store.Put(old)
	restarted.wantAsk(keysource.KeyRecordInvalid)
	restarted.store.Remove(acme)
	restarted.wantAsk(keysource.KeyRecordInvalid)
	if restarted.heard.alarmed() != 1 {
		t.Errorf("%d alarms", restarted.heard.alarmed())
	}
}

// forgetful is a Versions whose operator may accept a restored database.
type forgetful struct{ keysource.Versions }

// TestAcceptedRestore: when the versions seen are forgotten on purpose, the older record takes the place of the newer one.
func TestAcceptedRestore(t *testing.T) {
	v := &forgetful{keysource.NewVersions()}
	b := newRig(t, func(o *keysource.Options) { o.Versions = v })
	backup := b.store.Record(acme)
	for range 3 {
		rotate(b)
	}
	young := b.acquire(acme)
	b.store.Put(backup)
	b.poll()
	if got := b.ring.Status(acme); got.State != keysource.StateInvalid {
		t.Fatalf("status %+v", got)
	}
	v.Versions = keysource.NewVersions()
	b.poll()
	b.wantCalls(2)
	if got := b.acquire(acme).Current().Number(); got != backup.Current.Number || got == young.Current().Number() {
		t.Errorf("generation %v is used, want %v", got, backup.Current.Number)
	}
	if got := b.ring.Status(acme); got.State != keysource.StateAvailable || got.Version != backup.Version {
		t.Errorf("status %+v", got)
	}
	reads := b.store.Reads()
	b.poll()
	if b.store.Reads() != reads {
		t.Error("a record that is known is read again")
	}
}

// TestRestoreWhileTheKMSHangs: the yes to a record that was rolled back meanwhile, with the operator's consent, is not installed.
func TestRestoreWhileTheKMSHangs(t *testing.T) {
	v := &forgetful{keysource.NewVersions()}
	b := newRig(t, func(o *keysource.Options) { o.Versions = v })
	backup := b.store.Record(acme)
	rotate(b)
	refreshed(b)
	release := b.wrapper.Hang()
	b.ring.Sweep(t.Context())
	waitFor(t, "the refresh", func() bool { return b.calls() == 2 })
	v.Versions = keysource.NewVersions()
	b.store.Put(backup)
	b.ring.Poll(t.Context())
	waitFor(t, "the backup", func() bool { return b.ring.Status(acme).Version == backup.Version })
	release()
	b.ring.Settle()
	if got := b.acquire(acme).Current().Number(); got != backup.Current.Number {
		t.Errorf("generation %v is used, want %v", got, backup.Current.Number)
	}
}

// unsaved is a Versions that can't write.
type unsaved struct{ keysource.Versions }

func (u unsaved) Remember(name string, version int64) error {
	_ = u.Versions.Remember(name, version)
	return errLost
}

// TestVersionsNotSaved: the version counts in this process all the same.
func TestVersionsNotSaved(t *testing.T) {
	b := newRig(t, func(o *keysource.Options) { o.Versions = unsaved{keysource.NewVersions()} })
	setVersion(b.store, 5)
	b.wantAsk(0)
	setVersion(b.store, 4)
	b.clock.Advance(cacheTime)
	b.wantAsk(keysource.KeyRecordInvalid)
}

// TestReadsOutOfOrder: a slow read of an older record, which ends after a faster one of a newer record, changes nothing.
func TestReadsOutOfOrder(t *testing.T) {
	b := newRig(t)
	slow := &slowStore{Store: b.store, entered: make(chan struct{}), leave: make(chan struct{})}
	b.ring.Close()
	b.ring = keysource.NewKeyring(keysource.Options{Store: slow, Wrappers: map[string]keysource.Wrapper{"fake": b.wrapper}, Clock: b.clock, Observer: b.heard})
	t.Cleanup(b.ring.Close)
	b.wantAsk(0)
	b.clock.Advance(cacheTime - 1)
	b.wantAsk(0)
	slow.hold.Store(true)
	b.ring.Sweep(t.Context()) // a refresh, whose read of version 1 is held up
	<-slow.entered
	rotated := rotate(b)
	b.ring.Poll(t.Context())
	waitFor(t, "version 2", func() bool { return b.ring.Status(acme).Version == 2 })
	close(slow.leave)
	b.ring.Settle()
	if got := b.ring.Status(acme); got.Version != 2 || got.State != keysource.StateAvailable {
		t.Errorf("status %+v", got)
	}
	if got := b.acquire(acme).Current().Number(); got != rotated.Current.Number {
		t.Errorf("generation %v, want %v", got, rotated.Current.Number)
	}
	if b.heard.alarmed() != 0 {
		t.Errorf("%d alarms", b.heard.alarmed())
	}
}
