package access

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// flow is the cookie of a browser that has been sent to the issuer. Nonce and PKCE verifier follow from the state, for whoever has the key.
type flow struct {
	State string `json:"s"`
	Next  string `json:"n"`
	Until int64  `json:"u"`
}

const flowLifetime = 10 * time.Minute

func (g *Guard) nonce(f flow) string    { return g.signer.mac("oidc nonce", []byte(f.State)) }
func (g *Guard) verifier(f flow) string { return g.signer.mac("oidc pkce", []byte(f.State)) }

// beginSSO sends the browser to the issuer.
func (g *Guard) beginSSO(w http.ResponseWriter, r *http.Request) {
	next := safeNext(r.URL.Query().Get("next"))
	found, err := g.sso.discovery.provider(r.Context())
	if errors.Is(err, errDiscovering) {
		w.Header().Set("Retry-After", "5")
		g.writeLogin(w, r, http.StatusServiceUnavailable, LoginPage{Message: "single sign-on has not answered yet; try again in a few seconds", Next: next})
		return
	}
	if err != nil {
		g.writeLogin(w, r, http.StatusBadGateway, LoginPage{Message: "single sign-on is not available at the moment", Next: next})
		return
	}
	f := flow{random(), next, g.now().Add(flowLifetime).Unix()}
	g.setCookie(w, cookieFlow, g.signer.sign(kindFlow, f), flowLifetime)
	http.Redirect(w, r, g.sso.flow(found).AuthCodeURL(f.State, oidc.Nonce(g.nonce(f)), oauth2.S256ChallengeOption(g.verifier(f))), http.StatusSeeOther)
}

// endSSO is where the issuer sends the browser back to.
func (g *Guard) endSSO(w http.ResponseWriter, r *http.Request, d *directory) {
	var f flow
	known := g.cookie(r, cookieFlow, kindFlow, &f) && g.now().Unix() <= f.Until
	g.setCookie(w, cookieFlow, "", -1)
	if state := r.URL.Query().Get("state"); !known || subtle.ConstantTimeCompare([]byte(state), []byte(f.State)) != 1 {
		g.writeLogin(w, r, http.StatusForbidden, LoginPage{Message: "this log-in was not begun here, or has taken too long; try again", Next: "/"})
		return
	}
	byAddress := limited{network(address(r)), ofAddress}
	if wait := g.limiter.begin(g.now(), byAddress); wait > 0 {
		g.writeLogin(w, r, http.StatusTooManyRequests, LoginPage{Message: g.later(w, wait), Next: f.Next})
		return
	}
	name, grants, err := g.exchange(r, f)
	role, tenants, ok := granted(d.mappings, grants)
	if m := d.named(name); err == nil && (!ok || m != nil && m.entry.Disabled) {
		err = errNoRole
	}
	if err != nil {
		g.audit(r.Context(), Event{Kind: EventLoginRefused, User: name, Via: ViaOIDC, Address: address(r), Detail: err.Error()})
		message := "single sign-on did not work; the log says why"
		if errors.Is(err, errNoRole) || errors.Is(err, errNoName) {
			message = err.Error()
		}
		g.writeLogin(w, r, http.StatusForbidden, LoginPage{Message: message, Next: f.Next})
		return
	}
	g.limiter.undo(byAddress)
	if wait := g.limiter.begin(g.now(), limited{fold(name), ofLogins}); wait > 0 {
		g.writeLogin(w, r, http.StatusTooManyRequests, LoginPage{Message: g.later(w, wait), Next: f.Next})
		return
	}
	g.begin(w, r, d, session{Name: name, Via: ViaOIDC, Stamp: d.stampOf(name), Epoch: d.epoch, Grants: grants})
	g.auditOf(r.Context(), Event{Kind: EventLogin, User: name, Via: ViaOIDC, Address: address(r)}, role, tenants)
	http.Redirect(w, r, f.Next, http.StatusSeeOther)
}

// exchange has the issuer say who it is.
func (g *Guard) exchange(r *http.Request, f flow) (name string, grants []string, err error) {
	ctx, stop := context.WithTimeout(r.Context(), issuerTimeout)
	defer stop()
	if refused := r.URL.Query().Get("error"); refused != "" {
		return "", nil, fmt.Errorf("the issuer says %.100q", refused)
	}
	found, err := g.sso.discovery.provider(ctx)
	if err != nil {
		return "", nil, err
	}
	token, err := g.sso.flow(found).Exchange(oidc.ClientContext(ctx, g.sso.client), r.URL.Query().Get("code"), oauth2.VerifierOption(g.verifier(f)))
	if err != nil {
		var e *oauth2.RetrieveError
		if errors.As(err, &e) { // its text has the whole answer in it
			return "", nil, fmt.Errorf("the issuer does not give a token: %.100q", e.ErrorCode)
		}
		return "", nil, fmt.Errorf("the issuer does not give a token: %w", err)
	}
	text, _ := token.Extra("id_token").(string)
	id, err := g.sso.verifier(found, g.now).Verify(ctx, text)
	if err != nil {
		return "", nil, fmt.Errorf("the issuer's token is not valid: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(g.nonce(f))) != 1 {
		return "", nil, errors.New("the issuer's token is of another log-in")
	}
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return "", nil, fmt.Errorf("the issuer's token cannot be read: %w", err)
	}
	return g.sso.who(claims)
}
