package access

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
)

// safeNext is where to go after a log-in: a path of this page, else its start. Nothing that a browser could take for another host passes.
func safeNext(next string) string {
	if len(next) > 1024 || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\") {
		return "/"
	}
	for _, r := range next {
		if r < ' ' || r == 0x7f {
			return "/"
		}
	}
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || u.User != nil || !cleanPath(u.Path) || ownPath(u.Path) {
		return "/"
	}
	return next
}

// cleanPath tells that a path says what it means: no dots, no double slashes, no backslash, nothing that cannot be seen.
func cleanPath(p string) bool {
	if p == "" || p[0] != '/' || strings.ContainsAny(p, "\\\x00") {
		return false
	}
	clean := path.Clean(p)
	return p == clean || p == clean+"/"
}

// ownPath tells that the Guard answers it.
func ownPath(p string) bool { return p == "/login" || p == "/logout" || strings.HasPrefix(p, "/oidc/") }

// address is where a request comes from. What headers say of it is not believed.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// private tells that what the request carries cannot be read on the way: it came by TLS, or from this machine to it. In the second case the address bar
// must say so too: a page of another name that was made to lead here (DNS rebinding) is none of ours.
func (g *Guard) private(r *http.Request) bool {
	if g.config.TLS || r.TLS != nil {
		return true
	}
	at, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	to, err := netip.ParseAddrPort(at.String())
	return err == nil && to.Addr().Unmap().IsLoopback() && loopback((&url.URL{Host: r.Host}).Hostname())
}

// wantsJSON tells that the request is a program's.
func wantsJSON(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

func safeMethod(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}
