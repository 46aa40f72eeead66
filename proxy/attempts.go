package proxy

import (
	"net/netip"
	"sync"
	"time"
)

// attempts holds back addresses whose log-ins go wrong. Each wrong one raises the address's level by one, and time lowers it by the limit in a
// minute; where one more would pass the limit no log-in is begun. Unix sockets have no address and are not held back.
type attempts struct {
	limit int // per minute; below 1: none
	now   func() time.Time

	mu     sync.Mutex
	levels map[netip.Prefix]level
}

type level struct {
	height float64 // at that time
	at     time.Time
}

const (
	maxHeldBack = 10000 // addresses that are remembered
	networkIPv6 = 64    // bits that one subscriber has
)

var errTooManyAttempts = fatal(codeInvalidAuthorization, "too many log-ins from this address have failed; try again in a minute")

func newAttempts(limit int) *attempts {
	return &attempts{limit: limit, now: time.Now, levels: map[netip.Prefix]level{}}
}

// holder is whose level an address counts to.
func holder(from netip.Addr) netip.Prefix {
	bits := from.BitLen()
	if from.Is6() {
		bits = networkIPv6
	}
	p, _ := from.WithZone("").Prefix(bits)
	return p
}

// allow tells whether the address may try.
func (a *attempts) allow(from netip.Addr) bool {
	if a.limit < 1 || !from.IsValid() {
		return true
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.present(a.levels[holder(from)])+1 <= float64(a.limit)
}

// failed counts a log-in that went wrong.
func (a *attempts) failed(from netip.Addr) {
	if a.limit < 1 || !from.IsValid() {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	who := holder(from)
	now, known := a.levels[who]
	if !known && len(a.levels) >= maxHeldBack {
		a.forget()
	}
	a.levels[who] = level{height: a.present(now) + 1, at: a.now()}
}

// present is a level by now.
func (a *attempts) present(l level) float64 {
	return max(0, l.height-a.now().Sub(l.at).Minutes()*float64(a.limit))
}

// forget makes room: whatever has gone down to nothing goes, or else the lowest.
func (a *attempts) forget() {
	var lowest netip.Prefix
	height := -1.0
	for who, l := range a.levels {
		h := a.present(l)
		if h == 0 {
			delete(a.levels, who)
		}
		if height < 0 || h < height {
			lowest, height = who, h
		}
	}
	delete(a.levels, lowest)
}
