package access

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"
)

// What is said of a log-in that goes wrong: never which of the two was wrong, or whether there is such a user.
const (
	wrongPassword = "the name or the password is wrong"
	staleForm     = "the page was too old to log in from; try again"
)

const (
	maxTypedName  = 128
	formLifetime  = time.Hour
	deviceForgets = 180 * 24 * time.Hour
)

// form is the cookie of a browser that has been shown the log-in page.
type form struct {
	ID    string `json:"i"`
	Until int64  `json:"u"`
}

// device is the cookie of a browser in which the user has logged in before.
type device struct {
	ID   string `json:"i"`
	Name string `json:"n"`
}

// showLogin shows the page, to the user who is logged in too: a link may have led him here.
func (g *Guard) showLogin(w http.ResponseWriter, r *http.Request, d *directory) {
	page := LoginPage{Next: safeNext(r.URL.Query().Get("next"))}
	if u := g.resume(w, r, d); u != nil {
		page.LoggedIn, page.CSRF = u.Name, u.token
	}
	g.writeLogin(w, r, http.StatusOK, page)
}

// writeLogin gives the page its form's token.
func (g *Guard) writeLogin(w http.ResponseWriter, r *http.Request, status int, page LoginPage) {
	page.Password = g.config.UsersFile != ""
	if g.sso != nil {
		page.SSO = g.sso.Name
	}
	if page.LoggedIn == "" {
		var f form
		if !g.cookie(r, cookieForm, kindForm, &f) || g.now().Unix() > f.Until-int64(formLifetime.Seconds())/2 {
			f = form{random(), g.now().Add(formLifetime).Unix()}
			g.setCookie(w, cookieForm, g.signer.sign(kindForm, f), 0)
		}
		page.CSRF = g.csrf(f.ID)
	}
	g.config.LoginPage(w, r, status, page)
}

// login is what the form sends.
func (g *Guard) login(w http.ResponseWriter, r *http.Request, d *directory) {
	var f form
	if !g.cookie(r, cookieForm, kindForm, &f) || g.now().Unix() > f.Until { // nothing is read of what a stranger sends who was not shown the page
		g.writeLogin(w, r, http.StatusForbidden, LoginPage{Next: "/", Message: staleForm})
		return
	}
	if err := r.ParseForm(); err != nil {
		g.refuse(w, r, http.StatusBadRequest, "bad_form", "the form cannot be read")
		return
	}
	page := LoginPage{Next: safeNext(r.PostForm.Get("next")), Name: typedName(r.PostForm.Get("name"))}
	if !g.unforged(w, r, f.ID) {
		page.Message = staleForm
		g.writeLogin(w, r, http.StatusForbidden, page)
		return
	}
	m, status, message := g.check(w, r, d, page.Name, r.PostForm.Get("password"))
	if m == nil {
		page.Message = message
		g.writeLogin(w, r, status, page)
		return
	}
	if wait := g.limiter.begin(g.now(), limited{fold(m.name), ofLogins}); wait > 0 {
		page.Message = g.later(w, wait)
		g.writeLogin(w, r, http.StatusTooManyRequests, page)
		return
	}
	g.begin(w, r, d, session{Name: m.name, Via: ViaPassword, Stamp: m.stamp})
	g.setCookie(w, cookieDevice, g.signer.sign(kindDevice, device{random(), m.name}), deviceForgets)
	g.auditOf(r.Context(), Event{Kind: EventLogin, User: m.name, Via: ViaPassword, Address: address(r)}, m.entry.Role, m.entry.Tenants)
	http.Redirect(w, r, page.Next, http.StatusSeeOther)
}

// typedName is a name that is not worth looking at where it is too long.
func typedName(name string) string {
	if len(name) > maxTypedName {
		return ""
	}
	return name
}

// check looks at name and password, as often as it may be done. nil: no, and why.
func (g *Guard) check(w http.ResponseWriter, r *http.Request, d *directory, name, password string) (m *member, status int, message string) {
	counted, lane := []limited{{fold(name), ofName}, {network(address(r)), ofAddress}}, &g.hashing.strangers
	var known device
	if g.cookie(r, cookieDevice, kindDevice, &known) && fold(known.Name) == fold(name) {
		counted, lane = []limited{{known.ID, ofDevice}}, &g.hashing.known // and not by an address that somebody who guesses may share
	}
	begun := g.now()
	if wait := g.limiter.begin(begun, counted...); wait > 0 {
		g.refused(r, d, name, "too many attempts")
		return nil, http.StatusTooManyRequests, g.later(w, wait)
	}
	hash, m := d.hashFor(name)
	ok, err := lane.matches(r.Context(), fold(name), hash, password)
	switch {
	case err != nil:
		g.notTried(r, err, begun, counted)
		return nil, http.StatusServiceUnavailable, errBusy.Error()
	case !ok || m == nil:
		g.refused(r, d, name, "wrong name or password")
		return nil, http.StatusUnauthorized, wrongPassword
	}
	g.limiter.forget(counted[0])
	for _, k := range counted[1:] {
		g.limiter.undo(k)
	}
	return m, 0, ""
}

// notTried takes back what was counted of a log-in whose password was compared with nothing. That of an address stays where a place was taken up: else whoever comes and
// goes could take up all of them for nothing.
func (g *Guard) notTried(r *http.Request, err error, begun time.Time, counted []limited) {
	g.limiter.takeBack(begun, counted[0])
	if err == errBusy {
		for _, k := range counted[1:] {
			g.limiter.takeBack(begun, k)
		}
	}
	if errors.Is(err, errBusy) {
		g.log(r.Context(), Event{Kind: EventLoginRefused, Via: ViaPassword, Address: address(r), Detail: "too many log-ins at the moment"})
	}
}

// toldTenants is how many tenants' events have a log-in of their officer that was refused, in a minute.
const toldTenants = 10

// someOf are as many tenants as are told of what anybody can bring about; in each minute they are others, so that all are in the end.
func someOf(now time.Time, tenants []string) []string {
	if len(tenants) <= toldTenants {
		return tenants
	}
	first := int(now.Unix() / 60 * toldTenants % int64(len(tenants)))
	return slices.Concat(tenants[first:], tenants[:first])[:toldTenants]
}

// refused keeps a log-in that went wrong. A name that nobody has is not kept: it may be a password in the wrong field.
func (g *Guard) refused(r *http.Request, d *directory, name, why string) {
	e := Event{Kind: EventLoginRefused, Via: ViaPassword, Address: address(r), Detail: why}
	m := d.named(name)
	if m == nil {
		g.audit(r.Context(), e)
		return
	}
	e.User = m.name
	g.auditOf(r.Context(), e, m.entry.Role, someOf(g.now(), m.entry.Tenants))
}

// credentials are those that a program sends with its request. nil: it has been answered.
func (g *Guard) credentials(w http.ResponseWriter, r *http.Request, d *directory) *User {
	if name, password, ok := r.BasicAuth(); ok {
		m, status, message := g.check(w, r, d, typedName(name), password)
		if m == nil {
			g.refuse(w, r, status, "unauthenticated", message)
			return nil
		}
		return d.user(m, ViaPassword, address(r))
	}
	text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		g.refuse(w, r, http.StatusUnauthorized, "unauthenticated", "Authorization is neither Bearer nor Basic")
		return nil
	}
	t, ok := d.tokens[sha256.Sum256([]byte(text))]
	if !ok || t.entry.Disabled || !t.expires.IsZero() && !g.now().Before(t.expires) {
		g.audit(r.Context(), Event{Kind: EventLoginRefused, Via: ViaToken, Address: address(r), Detail: "no valid token"})
		g.refuse(w, r, http.StatusUnauthorized, "unauthenticated", "the token is not valid: unknown, expired, or its user is disabled")
		return nil
	}
	return d.user(t.member, ViaToken, address(r))
}

// endedWithin is how long a log-out waits for the other proxies to be told.
const endedWithin = 5 * time.Second

// logout ends the session at every proxy, and has the browser forget it: that of a page, too, that has stood unused for too long.
func (g *Guard) logout(w http.ResponseWriter, r *http.Request, d *directory) {
	carried := g.carried(r)
	i := slices.IndexFunc(carried, func(s session) bool { return g.unforged(w, r, s.ID) })
	if i < 0 {
		if g.resume(w, r, d) != nil {
			g.refuse(w, r, http.StatusForbidden, "forged", "the page was too old to act from: load it again")
			return
		}
		g.setCookie(w, cookieSession, "", -1)
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return
	}
	u := g.whose(d, carried[i], address(r))
	said := g.endEverywhere(r.Context(), u, carried[i])
	g.setCookie(w, cookieSession, "", -1)
	w.Header().Set("Clear-Site-Data", `"cache"`)
	g.auditOf(context.WithoutCancel(r.Context()), Event{Kind: EventLogout, User: u.Name, Via: u.Via, Address: u.Address}, u.Role, u.Tenants)
	if wantsJSON(r) {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	page := LoginPage{Next: "/", Message: said}
	if u.Via == ViaOIDC && g.sso != nil {
		page.EndSession = g.sso.endSession()
	}
	g.writeLogin(w, r, http.StatusOK, page)
}

// endEverywhere ends a user's session here in any case, and says what became of it elsewhere.
func (g *Guard) endEverywhere(ctx context.Context, u *User, s session) string {
	name := g.ended(s.ID)
	news := g.revoked.add(name, time.Unix(s.Begun, 0), g.now().Add(-g.config.Absolute))
	if g.config.Ended == nil || !news {
		return "you are logged out"
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), endedWithin)
	defer stop()
	if err := g.config.Ended(ctx, u.Actor(), name); err != nil {
		g.config.Log.Error("admin: a log-out could not be told to the other proxies", "user", u.Name, "cause", err)
		return "you are logged out here; other proxies could not be told"
	}
	return "you are logged out"
}
