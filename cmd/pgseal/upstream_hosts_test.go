package main

import (
	"slices"
	"testing"
)

// The order in which hosts are tried for a session. One that is away has none where it matters what it is.
func TestHostOrder(t *testing.T) {
	states := []hostState{hostAway, hostPrimary, hostStandby, hostReadOnlyPrimary}
	for attrs, want := range map[string][]int{
		"any": {1, 2, 3, 0}, "prefer-standby": {2, 1, 3, 0}, "primary": {1, 3}, "read-write": {1}, "standby": {2}, "read-only": {2, 3},
	} {
		w := &hostWatch{attrs: attrs}
		for _, s := range states {
			h := &watchedHost{}
			h.state.Store(int32(s))
			w.hosts = append(w.hosts, h)
		}
		if got := w.order(); !slices.Equal(got, want) {
			t.Errorf("%s: %v", attrs, got)
		}
		for _, h := range w.hosts {
			h.state.Store(int32(hostAway))
		}
		if got, last := w.order(), attrs == "any" || attrs == "prefer-standby"; (len(got) == 4) != last || !last && len(got) != 0 {
			t.Errorf("%s, all away: %v", attrs, got)
		}
	}
}
