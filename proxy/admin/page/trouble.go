package page

import (
	"context"
	"errors"
	"net/http"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// troubled is a page that says why there is no other.
type troubled struct {
	frame
	Lines []string
	Back  string
}

// trouble answers with a page about an error. What a user must not know of is told like what does not exist.
func (h *Handler) trouble(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return
	}
	p := troubled{frame: h.frame(r, "This did not work", ""), Back: "/"}
	status := http.StatusInternalServerError
	denied, isDenied := errors.AsType[*access.Denied](err)
	failure, isFailure := errors.AsType[*admin.Failure](err)
	bad, isBad := errors.AsType[*badRequest](err)
	switch {
	case isDenied && denied.Hidden, errors.Is(err, admin.ErrUnknown):
		status, p.Title, p.Lines = http.StatusNotFound, "There is no such page", []string{"There is no such page, or no such tenant; or you may not see it."}
	case isDenied:
		status, p.Title, p.Lines = http.StatusForbidden, "You may not do this", []string{sentence(err.Error())}
	case isBad:
		status, p.Title, p.Lines = http.StatusBadRequest, "This cannot be done so", []string{sentence(bad.Error())}
	case isFailure && failure.Code == admin.CodeInput:
		status, p.Title, p.Lines = http.StatusBadRequest, "This cannot be done so", append([]string{sentence(failure.Message)}, failure.Hints...)
	case isFailure:
		status, p.Lines = http.StatusServiceUnavailable, append([]string{sentence(failure.Message)}, failure.Hints...)
	default:
		p.Lines = []string{"Something went wrong; the proxy's log says what."}
		h.config.Log.ErrorContext(r.Context(), "a page failed", "path", r.URL.Path, "cause", err)
	}
	if err := h.write(w, status, "error", p); err != nil {
		h.config.Log.ErrorContext(r.Context(), "a page about an error failed", "cause", err)
		http.Error(w, "this did not work", http.StatusInternalServerError)
	}
}

// badRequest is a form that says what cannot be.
type badRequest struct{ text string }

func (b *badRequest) Error() string { return b.text }
