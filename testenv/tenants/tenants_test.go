package tenants

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// findings are what was measured.
type findings struct {
	tenants int
	idle    idleCost
	memory  []footprint
	shown   time.Duration
	rounds  []round
	back    time.Duration // until the last of those in trouble was served again
	lives   lives
	herd    herd
	calls   calls // only in the long form
}

// TestTenants goes from nothing to the worst.
func TestTenants(t *testing.T) {
	w := newWorld(t)
	w.kms.ResetCounts()
	w.serve(t)
	f := &findings{tenants: *number}
	f.idle = w.idle(t)
	f.memory = w.fill(t)
	f.shown = w.shown(t)
	f.rounds, f.back = w.inTrouble(t)
	f.herd = w.restart(t)
	f.lives = w.comeAndGo(t)
	if *minutes > 0 {
		f.calls = w.count(t, time.Duration(*minutes)*time.Minute)
	}
	f.memory = append(f.memory, w.letGo(t))
	if n := w.cluster.FilesWith(t, "Confidential-"); len(n) > 0 {
		t.Errorf("plaintext in %v", n)
	}
	if *writeTo != "" && !t.Failed() {
		if err := os.WriteFile(filepath.Join(*writeTo, "tenants.md"), f.document(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
