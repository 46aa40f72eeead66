package page

import (
	"net/http"
	"net/url"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// LoginPage writes the log-in page, for access.Config.
func (h *Handler) LoginPage(w http.ResponseWriter, r *http.Request, status int, p access.LoginPage) {
	data := struct {
		frame
		Login   access.LoginPage
		SSOPath string
	}{frame: h.frame(r, "Log in", ""), Login: p, SSOPath: "/oidc/login?next=" + url.QueryEscape(p.Next)}
	if err := h.write(w, status, "login", data); err != nil {
		h.config.Log.ErrorContext(r.Context(), "the log-in page failed", "cause", err)
		http.Error(w, "the log-in page failed", http.StatusInternalServerError)
	}
}
