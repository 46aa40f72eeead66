package access

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// refuse answers a program in JSON, a person in a sentence.
func (g *Guard) refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	if !wantsJSON(r) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		fmt.Fprintln(w, message)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json") // as the API itself (RFC 9457)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": message, "code": code})
}

// challenge is the answer to nobody.
func (g *Guard) challenge(w http.ResponseWriter, r *http.Request) {
	if wantsJSON(r) || !safeMethod(r) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="pgseal"`)
		g.refuse(w, r, http.StatusUnauthorized, "unauthenticated", "log in first")
		return
	}
	to := "/login"
	if next := safeNext(r.URL.RequestURI()); next != "/" {
		to += "?next=" + url.QueryEscape(next)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// later is the answer to whoever has to wait.
func (g *Guard) later(w http.ResponseWriter, wait time.Duration) string {
	seconds := int64((wait + time.Second - 1) / time.Second)
	w.Header().Set("Retry-After", fmt.Sprint(seconds))
	return fmt.Sprintf("too many attempts; try again in %d s", seconds)
}
