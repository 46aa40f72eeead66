package proxy

import (
	"net/netip"
	"sync"
)

// shares counts the connections of each address and the sessions of each role, so that one of them does not take what there is for all.
type shares struct {
	perAddress, perRole int // 0: no limit

	mu        sync.Mutex
	addresses map[netip.Prefix]int
	roles     map[string]int
}

var (
	errTooManyOfAddress = fatal(codeTooManyConnections, "too many connections from this address: limits.connections_per_address")
	errTooManyOfRole    = fatal(codeTooManyConnections, "too many connections for this role: limits.connections_per_role")
)

func newShares(perAddress, perRole int) *shares {
	return &shares{perAddress: perAddress, perRole: perRole, addresses: map[netip.Prefix]int{}, roles: map[string]int{}}
}

// enter counts a connection of an address, spare more of which may be there for what is no session: cancel requests. Whoever is let in leaves by the
// function. Unix sockets have no address.
func (s *shares) enter(from netip.Addr, spare int) (leave func(), ok bool) {
	if s.perAddress < 1 || !from.IsValid() {
		return func() {}, true
	}
	return taken(s, s.addresses, holder(from), s.perAddress+spare)
}

// crowded tells that there is no room for one more session of an address, whose connection is counted already.
func (s *shares) crowded(from netip.Addr) bool {
	if s.perAddress < 1 || !from.IsValid() {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addresses[holder(from)] > s.perAddress
}

// admit counts a session of a role that has logged in: who only says that he is the role takes nothing from it.
func (s *shares) admit(role string) (leave func(), ok bool) {
	if s.perRole < 1 {
		return func() {}, true
	}
	return taken(s, s.roles, role, s.perRole)
}

func taken[K comparable](s *shares, of map[K]int, who K, limit int) (leave func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if of[who] >= limit {
		return nil, false
	}
	of[who]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if of[who]--; of[who] == 0 {
			delete(of, who)
		}
	}, true
}
