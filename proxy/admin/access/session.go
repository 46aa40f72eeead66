package access

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"slices"
	"time"
)

// The kinds of what is signed.
const (
	kindSession = "session"
	kindForm    = "log-in form" // a browser that has been shown the log-in page
	kindDevice  = "device"      // a browser in which somebody has logged in before
	kindFlow    = "oidc flow"
	kindCSRF    = "csrf"
	kindEnded   = "ended session"
)

// session is what the cookie says.
type session struct {
	ID     string   `json:"i"` // random
	Name   string   `json:"n"`
	Via    string   `json:"v"`
	Stamp  string   `json:"s,omitempty"` // of the users file's entry of the name, when he logged in; of single sign-on: empty where there was none
	Epoch  int      `json:"e,omitempty"` // of single sign-on: the file's
	Grants []string `json:"g,omitempty"` // of single sign-on: values of the claim that the configuration knows
	Begun  int64    `json:"b"`           // Unix seconds
	Seen   int64    `json:"t"`
}

// Cookies.
const (
	cookieSession = "pgseal"
	cookieForm    = "pgseal-form"
	cookieDevice  = "pgseal-device"
	cookieFlow    = "pgseal-flow"
)

func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// cookieName: with TLS no other host, and no page of this one without TLS, can set a cookie of the name
// (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis, section 4.1.3.2).
func (g *Guard) cookieName(name string) string {
	if g.config.TLS {
		return "__Host-" + name
	}
	return name
}

// setCookie: age 0 is for as long as the browser runs, below 0 is never again.
func (g *Guard) setCookie(w http.ResponseWriter, name, text string, age time.Duration) {
	c := &http.Cookie{Name: g.cookieName(name), Value: text, Path: "/", HttpOnly: true, Secure: g.config.TLS, SameSite: http.SameSiteLaxMode, MaxAge: int(age.Seconds())}
	if age < 0 {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// cookie reads a signed cookie. Where there are several of the name, somebody else has set one: none is believed.
func (g *Guard) cookie(r *http.Request, name, kind string, into any) bool {
	all := r.CookiesNamed(g.cookieName(name))
	return len(all) == 1 && g.signer.read(kind, all[0].Value, into)
}

// begin starts a session: always a new one, so that nobody can have prepared it. One that the browser had before ends.
func (g *Guard) begin(w http.ResponseWriter, r *http.Request, d *directory, s session) {
	for _, old := range g.carried(r) {
		g.endEverywhere(r.Context(), g.whose(d, old, address(r)), old)
	}
	now := g.now().Unix()
	s.ID, s.Begun, s.Seen = random(), now, now
	g.setCookie(w, cookieSession, g.signer.sign(kindSession, s), 0)
	g.setCookie(w, cookieForm, "", -1)
}

// resume is the user of the request's session, or nil. A session that is used is marked as seen.
func (g *Guard) resume(w http.ResponseWriter, r *http.Request, d *directory) *User {
	var s session
	if !g.cookie(r, cookieSession, kindSession, &s) {
		return nil
	}
	now := g.now()
	begun, seen := time.Unix(s.Begun, 0), time.Unix(s.Seen, 0)
	if now.Sub(seen) >= g.config.Idle || now.Before(begun.Add(-clockAllowance)) || g.over(s) {
		return nil
	}
	u := d.of(s, address(r))
	if u == nil {
		return nil
	}
	if now.Sub(seen) >= g.config.Idle/20 && r.Header.Get(HeaderBackground) == "" {
		s.Seen = now.Unix()
		g.setCookie(w, cookieSession, g.signer.sign(kindSession, s), 0)
	}
	u.session, u.token = &s, g.csrf(s.ID)
	return u
}

// over tells that a session's time is over, or that it was ended.
func (g *Guard) over(s session) bool {
	begun := time.Unix(s.Begun, 0)
	return g.now().Sub(begun) >= g.config.Absolute || g.revoked.has(g.ended(s.ID), begun)
}

// carried are the sessions that the request's cookies are of and that are not over. One that the browser has left unused for too long counts: somebody who has
// a copy of its cookie may have used it.
func (g *Guard) carried(r *http.Request) (all []session) {
	for _, c := range r.CookiesNamed(g.cookieName(cookieSession)) {
		var s session
		if g.signer.read(kindSession, c.Value, &s) && !g.over(s) {
			all = append(all, s)
		}
	}
	return all
}

// whose is whom a session belongs to, or belonged to.
func (g *Guard) whose(d *directory, s session, address string) *User {
	if u := d.of(s, address); u != nil {
		return u
	}
	return &User{Name: s.Name, Role: "none", Via: s.Via, Address: address}
}

// of is who a session is by the directory, or nil: he is gone, disabled, or was changed.
func (d *directory) of(s session, address string) *User {
	switch s.Via {
	case ViaPassword:
		if m := d.named(s.Name); m != nil && !m.entry.Disabled && m.password != nil && m.stamp == s.Stamp {
			return d.user(m, ViaPassword, address)
		}
	case ViaOIDC:
		if m := d.named(s.Name); m != nil && m.entry.Disabled || d.stampOf(s.Name) != s.Stamp {
			return nil
		}
		if role, tenants, ok := granted(d.mappings, s.Grants); ok && s.Epoch == d.epoch {
			return &User{Name: s.Name, Role: role, Tenants: tenants, Via: ViaOIDC, Address: address, directory: d}
		}
	}
	return nil
}

// csrf is the token of a session, or of a form: whoever does not know the cookie cannot make it.
func (g *Guard) csrf(id string) string { return g.signer.mac(kindCSRF, []byte(id)) }

// ended is what a session is called where it is told of: nobody who reads it learns the session's id.
func (g *Guard) ended(id string) string { return g.signer.mac(kindEnded, []byte(id)) }

// End ends a session as its log-out at another proxy has told it by Config.Ended, which was then.
func (g *Guard) End(session string, then time.Time) {
	g.revoked.add(session, then.Add(clockAllowance), g.now().Add(-g.config.Absolute))
}

// granted is what values of the claim give by the configuration. Of several roles the one counts that may most; an officer's tenants add up.
func granted(mappings []OIDCMapping, values []string) (role Role, tenants []string, ok bool) {
	for _, wanted := range []Role{Operator, Officer, Viewer} {
		for _, m := range mappings {
			if m.Role == wanted && slices.Contains(values, m.Value) {
				role, ok = wanted, true
				tenants = append(tenants, m.Tenants...)
			}
		}
		if ok {
			return role, tenants, true
		}
	}
	return "", nil, false
}
