package tenants

import (
	"os"
	"testing"
	"time"
)

// findings are what was measured.
type findings struct {
	idle    idleCost
	memory  []footprint
	trouble []round
	back    time.Duration // until the last of those in trouble was served again
}

// TestTenants goes from nothing to the worst.
func TestTenants(t *testing.T) {
	w := newWorld(t)
	w.kms.ResetCounts()
	w.serve(t)
	f := &findings{}
	f.idle = w.idle(t)
	f.memory = w.fill(t)
	f.trouble, f.back = w.inTrouble(t)
	if *writeTo != "" {
		if err := os.WriteFile(*writeTo+"/tenants.md", nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
