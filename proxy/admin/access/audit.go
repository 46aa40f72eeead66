package access

import (
	"context"
	"hash/maphash"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Event is something that was tried or done at the door.
type Event struct {
	Kind    string // one of the constants
	User    string // empty: nobody whom the users file knows
	Role    Role
	Via     string
	Address string
	Tenant  string // as Tenant names it, or an entry of an officer's; empty: none
	Action  Action
	Detail  string
}

// Kinds of events.
const (
	EventLogin        = "log-in"
	EventLoginRefused = "log-in refused"
	EventLogout       = "log-out"
	EventDenied       = "not allowed" // what a role may not do
	EventForged       = "forged request refused"
)

// Actor is who it was, as history and events name him.
func (e Event) Actor() string {
	if e.User == "" {
		return "somebody from " + e.Address
	}
	return (&User{Name: e.User, Role: e.Role, Via: e.Via, Address: e.Address}).Actor()
}

// audit logs an event, and has it kept where it concerns a tenant's key.
func (g *Guard) audit(ctx context.Context, e Event) {
	g.log(ctx, e)
	if g.config.Record != nil && e.Tenant != "" && g.seldom.allow(g.now(), e.Kind+"\x00"+e.User+"\x00"+e.Tenant+"\x00"+string(e.Action)) {
		g.config.Record(context.WithoutCancel(ctx), e)
	}
}

// log tells of an event; of refusals without end it tells how many there were.
func (g *Guard) log(ctx context.Context, e Event) {
	level := slog.LevelInfo
	if e.Kind != EventLogin && e.Kind != EventLogout {
		level = slog.LevelWarn
		tell, before := g.flood.tells(g.now(), e)
		g.tellRest(before)
		if !tell {
			return
		}
	}
	g.config.Log.LogAttrs(ctx, level, "admin: "+e.Kind, slog.String("user", e.User), slog.String("via", e.Via), slog.String("address", e.Address),
		slog.String("tenant", e.Tenant), slog.String("action", string(e.Action)), slog.String("detail", e.Detail))
}

// tellRest tells how much there was of which nothing was told.
func (g *Guard) tellRest(attrs []slog.Attr) {
	if attrs != nil {
		g.config.Log.LogAttrs(context.Background(), slog.LevelWarn, "admin: more was refused within a minute than is told one by one", attrs...)
	}
}

// auditOf audits what became of an officer at the door, for each of his tenants; of others once, in the log.
func (g *Guard) auditOf(ctx context.Context, e Event, role Role, tenants []string) {
	e.Role = role
	if role != Officer {
		g.audit(ctx, e)
		return
	}
	for _, t := range tenants {
		e.Tenant = t
		g.audit(ctx, e)
	}
}

// Authorise is May for the request's user, and keeps a no: in the log, and with the tenant's events, but for a tenant of whom he must not know:
// its officers must not learn of him either. The answer to *Denied is 403, or 404 where it is Hidden.
func (g *Guard) Authorise(r *http.Request, a Action, tenant string) (*User, error) {
	u, _ := FromContext(r.Context())
	err := u.May(a, tenant)
	denied, ok := err.(*Denied)
	if !ok {
		return u, err
	}
	e := Event{Kind: EventDenied, Address: address(r), Action: a, Tenant: tenant}
	if u != nil {
		e.User, e.Role, e.Via = u.Name, u.Role, u.Via
	}
	if denied.Hidden {
		e.Tenant, e.Detail = "", "a tenant that is not his"
	}
	g.audit(r.Context(), e)
	return u, err
}

// seldom lets the same thing pass once a minute, so that nobody can fill the event log. What it remembers is bounded, as with limiter.
type seldom struct {
	seed  maphash.Seed
	mu    sync.Mutex
	slots [1024]time.Time
}

func (s *seldom) allow(now time.Time, key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := &s.slots[maphash.String(s.seed, key)%uint64(len(s.slots))]
	if now.Sub(*last) < time.Minute {
		return false
	}
	*last = now
	return true
}
