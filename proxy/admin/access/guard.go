package access

import (
	"context"
	"errors"
	"hash/maphash"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// Config is what a Guard is made of.
type Config struct {
	// UsersFile is the path of the users file; empty: nobody logs in with a password or a token.
	UsersFile string
	// OIDC is single sign-on; nil: none.
	OIDC *OIDC
	// Key is the deployment's control key, from which the Guard derives its own. It is needed until New returns.
	Key *crypto.ControlKey
	// TLS tells that browsers reach the page by TLS: cookies are Secure then, and browsers are told never to come without.
	TLS bool
	// Idle and Absolute are how long a session lives without being used, and at all. 0: 30 minutes and 12 hours.
	Idle, Absolute time.Duration
	// Public are the path prefixes that need no log-in: what the log-in page is made of. Each ends in a slash.
	Public []string
	// LoginPage writes the log-in page, with the status given; nil: a plain one.
	LoginPage func(w http.ResponseWriter, r *http.Request, status int, p LoginPage)
	// Record keeps what concerns a tenant's key (who, from where) with the tenant's events; nil: the log alone has it. It must not wait.
	Record func(ctx context.Context, e Event)
	// Ended has the other proxies told that a session was ended (End); nil: there are none. An error says that they were not.
	Ended func(ctx context.Context, actor, session string) error
	Log   *slog.Logger     // nil: none
	Now   func() time.Time // nil: time.Now
}

// Names that browsers and scripts send.
const (
	HeaderCSRF       = "X-Pgseal-CSRF"       // what Token gives, of a script
	FieldCSRF        = "csrf"                // the same, of a form
	HeaderBackground = "X-Pgseal-Background" // not empty: nobody has asked for this; it does not keep a session alive
)

const (
	defaultIdle     = 30 * time.Minute
	defaultAbsolute = 12 * time.Hour
	maxDoorForm     = 8 << 10  // bytes of a form that anybody may send: name, password and where to go have room three times over, as %-encoding takes it
	maxForm         = 64 << 10 // bytes of a user's
)

// Guard stands before the page and the API. It is safe for concurrent use.
type Guard struct {
	config  Config
	signer  signer
	users   *followed
	limiter limiter
	hashing *hashing
	seldom  seldom
	flood   flood
	revoked revoked
	pending underway
	origins *http.CrossOriginProtection
	sso     *provider // nil: none
}

// Longest is how long a session can live.
func (c Config) Longest() time.Duration {
	if c.Absolute == 0 {
		return defaultAbsolute
	}
	return c.Absolute
}

// New returns a Guard. A users file that cannot be used is an error; one that becomes so later changes nothing. The caller closes it.
func New(c Config) (*Guard, error) {
	if c.Key == nil {
		return nil, errors.New("access: a control key is needed")
	}
	if c.Idle == 0 {
		c.Idle = defaultIdle
	}
	c.Absolute = c.Longest()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.LoginPage == nil {
		c.LoginPage = plainLoginPage
	}
	g := &Guard{config: c, hashing: newHashing(), origins: http.NewCrossOriginProtection(), revoked: revoked{known: map[string]bool{}},
		pending: underway{of: map[string]int{}}, limiter: limiter{seed: maphash.MakeSeed()}, seldom: seldom{seed: maphash.MakeSeed()},
		flood: flood{seed: maphash.MakeSeed()}}
	var err error
	if c.OIDC != nil {
		if g.sso, err = newProvider(*c.OIDC, c.Now, c.Log); err != nil {
			return nil, err
		}
		g.config.OIDC = &g.sso.OIDC
	}
	if g.users, err = follow(c.UsersFile, g.config.OIDC); err != nil {
		return nil, err
	}
	key, err := c.Key.Derive(keyLabel)
	g.signer = signer{key}
	return g, err
}

// Close forgets the key, and ends what is asked of the issuer. No request may be under way.
func (g *Guard) Close() {
	if g.sso != nil {
		g.sso.discovery.close()
	}
	g.tellRest(g.flood.rest(g.now(), true))
	g.signer.key.Destroy()
}

// Configured tells that somebody could log in. Where nobody could, nothing but health is to be offered.
func (g *Guard) Configured() bool { return g.directory().anyone() }

// Follow reads the users file again if it has changed. A bad file changes nothing. It is called every few seconds, and tells of what was held back of the log, too.
func (g *Guard) Follow() (changed bool, err error) {
	g.tellRest(g.flood.rest(g.now(), false))
	return g.users.follow()
}

// Reload reads the users file again in any case.
func (g *Guard) Reload() error { return g.users.reload() }

// HasOfficer tells whether the tenant, as Tenant names it, has an officer: then much is a proposal.
func (g *Guard) HasOfficer(tenant string) bool { return g.directory().hasOfficer(tenant) }

func (g *Guard) now() time.Time { return g.config.Now() }

func (g *Guard) directory() *directory {
	return g.users.fresh(g.now(), func(err error) {
		g.config.Log.Error("admin.users_file was not reloaded; what was read before stays in force", "cause", err)
	})
}

// Wrap serves /login, /logout and /oidc/ itself, and what is behind next only to users: FromContext finds who it is. Who is nobody is sent to /login,
// or told 401 below /api/. It sets what Headers sets.
func (g *Guard) Wrap(next http.Handler) http.Handler {
	return g.Headers(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d := g.directory()
		switch {
		case !cleanPath(r.URL.Path):
			g.refuse(w, r, http.StatusBadRequest, "bad_path", "this is no path of the page")
		case !d.anyone():
			g.refuse(w, r, http.StatusNotFound, "no_users", "nobody may log in here: no user is configured (pgseal admin user add)")
		case !safeMethod(r) && g.origins.Check(r) != nil:
			g.audit(r.Context(), Event{Kind: EventForged, Address: address(r), Detail: "from another page"})
			g.refuse(w, r, http.StatusForbidden, "forged", "the request comes from another page than this one")
		case !g.private(r):
			g.refuse(w, r, http.StatusForbidden, "no_tls", "log-ins need TLS, or an address of this machine: what is sent here could be read on the way")
		case ownPath(r.URL.Path):
			g.own(w, r, d)
		case safeMethod(r) && g.public(r.URL.Path):
			next.ServeHTTP(w, r)
		default:
			g.admit(w, r, d, next)
		}
	}))
}

func (g *Guard) public(path string) bool {
	return slices.ContainsFunc(g.config.Public, func(p string) bool { return strings.HasPrefix(path, p) })
}

// own serves the Guard's own paths.
func (g *Guard) own(w http.ResponseWriter, r *http.Request, d *directory) {
	r.Body = http.MaxBytesReader(w, r.Body, maxDoorForm)
	switch route := r.Method + " " + r.URL.Path; {
	case route == "GET /login":
		g.showLogin(w, r, d)
	case route == "POST /login":
		g.login(w, r, d)
	case route == "POST /logout":
		g.logout(w, r, d)
	case route == "GET /oidc/login" && g.sso != nil:
		g.beginSSO(w, r)
	case route == "GET /oidc/callback" && g.sso != nil:
		g.endSSO(w, r, d)
	default:
		g.refuse(w, r, http.StatusNotFound, "not_found", "there is nothing here")
	}
}

// admit finds out who it is, and lets him pass.
func (g *Guard) admit(w http.ResponseWriter, r *http.Request, d *directory, next http.Handler) {
	var u *User
	if r.Header.Get("Authorization") != "" {
		if u = g.credentials(w, r, d); u == nil {
			return
		}
	} else if u = g.resume(w, r, d); u == nil {
		g.challenge(w, r)
		return
	}
	end, ok := g.count(w, r, u)
	if !ok {
		return
	}
	defer end()
	if u.session != nil && !safeMethod(r) && !g.unforged(w, r, u.session.ID) {
		g.audit(r.Context(), Event{Kind: EventForged, User: u.Name, Via: u.Via, Address: u.Address, Detail: "without the session's token"})
		g.refuse(w, r, http.StatusForbidden, "forged", "the page was too old to act from: load it again")
		return
	}
	next.ServeHTTP(w, r.WithContext(NewContext(r.Context(), u)))
}

// count counts a request of the user's until end, or has answered that there are too many.
func (g *Guard) count(w http.ResponseWriter, r *http.Request, u *User) (end func(), ok bool) {
	if end, ok = g.pending.begin(u.Name, sortOf(r)); !ok {
		w.Header().Set("Retry-After", "1")
		g.refuse(w, r, http.StatusTooManyRequests, "too_many", "too much of what you have asked for is not answered yet; wait for it")
	}
	return end, ok
}

// unforged tells that the request carries the token of the id.
func (g *Guard) unforged(w http.ResponseWriter, r *http.Request, id string) bool {
	token := r.Header.Get(HeaderCSRF)
	if token == "" && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if r.ParseForm() == nil {
			token = r.PostForm.Get(FieldCSRF)
		}
	}
	return g.signer.is(token, kindCSRF, []byte(id))
}
