package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// problem is why something was not done (RFC 9457).
type problem struct {
	Type        string   `json:"type"`
	Title       string   `json:"title"`
	Status      int      `json:"status"`
	Detail      string   `json:"detail"`
	Code        string   `json:"code"`
	Suggestions []string `json:"suggestions,omitempty"`
}

// problemOf is what is told of an error. What the user must not know of is told like what does not exist. known: it is not an error of the program's.
func problemOf(err error) (p problem, known bool) {
	p = problem{Type: "about:blank", Status: http.StatusInternalServerError, Code: "internal", Detail: "something went wrong; the proxy's log says what"}
	denied, isDenied := errors.AsType[*access.Denied](err)
	failure, isFailure := errors.AsType[*admin.Failure](err)
	unread, isBad := errors.AsType[*bad](err)
	known = true
	switch {
	case isDenied && denied.Hidden, errors.Is(err, admin.ErrUnknown):
		p.Status, p.Code, p.Detail = http.StatusNotFound, "not_found", "there is no such thing, or you may not see it"
	case isDenied:
		p.Status, p.Code, p.Detail = http.StatusForbidden, "not_allowed", denied.Error()
	case errors.Is(err, access.ErrOthersProposal):
		p.Status, p.Code, p.Detail = http.StatusForbidden, "others_proposal", err.Error()
	case errors.Is(err, access.ErrOwnProposal):
		p.Status, p.Code, p.Detail = http.StatusForbidden, "own_proposal", err.Error()
	case isBad:
		p.Status, p.Code, p.Detail = unread.status, "bad_request", unread.text
	case isFailure:
		p.Status, p.Code, p.Detail, p.Suggestions = statusOf(failure.Code), failure.Code, failure.Message, failure.Hints
	default:
		known = false
	}
	p.Title = http.StatusText(p.Status)
	return p, known
}

// statusOf is the HTTP status of a Failure's code.
func statusOf(code string) int {
	switch code {
	case admin.CodeInput:
		return http.StatusUnprocessableEntity
	case "exists", "conflict", "no_drill":
		return http.StatusConflict
	case "changed":
		return http.StatusPreconditionFailed
	case "busy":
		return http.StatusServiceUnavailable
	case "timeout":
		return http.StatusGatewayTimeout
	}
	return http.StatusBadGateway // the key service, or the store, said no
}

func (h *Handler) trouble(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return
	}
	p, known := problemOf(err)
	if !known {
		h.config.Log.ErrorContext(r.Context(), "a request of the API failed", "path", r.URL.Path, "cause", err)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // nobody is there any more
}
