package access

import (
	"errors"
	"net/http"
	"net/netip"
	"net/url"
)

// Internal is for what names all tenants, as metrics do: it lets pass who is on this machine, and users who may see the deployment. Where nobody is
// configured there is no officer from whom anything is to be kept, and everybody passes, as before there was a page.
func (g *Guard) Internal(next http.Handler) http.Handler {
	return g.Headers(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d := g.directory()
		if !d.anyone() || here(r) {
			next.ServeHTTP(w, r)
			return
		}
		if !g.private(r) {
			g.refuse(w, r, http.StatusForbidden, "no_tls", "from other machines this needs TLS, and a user who may see the deployment")
			return
		}
		u := g.resume(w, r, d)
		if r.Header.Get("Authorization") != "" {
			if u = g.credentials(w, r, d); u == nil {
				return
			}
		}
		if u == nil {
			w.Header().Set("WWW-Authenticate", `Bearer realm="pgseal"`)
			g.refuse(w, r, http.StatusUnauthorized, "unauthenticated", "from other machines this needs the token of a viewer or an operator (pgseal admin user token)")
			return
		}
		r = r.WithContext(NewContext(r.Context(), u))
		if _, err := g.Authorise(r, Deployment, ""); err != nil {
			denied := new(Denied)
			errors.As(err, &denied)
			g.refuse(w, r, http.StatusForbidden, "not_allowed", denied.Error())
			return
		}
		if end, ok := g.count(w, r, u); ok {
			defer end()
			next.ServeHTTP(w, r)
		}
	}))
}

// here tells that a request comes from this machine, and was meant for it. One that a reverse proxy on this machine says to pass on for somebody else is none.
func here(r *http.Request) bool {
	for _, passedOn := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if len(r.Header.Values(passedOn)) > 0 {
			return false
		}
	}
	from, err := netip.ParseAddr(address(r))
	return err == nil && from.Unmap().IsLoopback() && loopback((&url.URL{Host: r.Host}).Hostname())
}
