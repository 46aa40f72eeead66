package app

import (
	"errors"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// gone is what an error of pgseal's says of a key that cannot be used.
type gone struct {
	Code      string // KU001 ... KU012
	Retryable bool   // the key may come back: the same request may then succeed
}

// keyGone tells whether the statement failed because the customer's key cannot be used.
func keyGone(err error) (g gone, ok bool) {
	var e *pgconn.PgError
	if !errors.As(err, &e) || !strings.HasPrefix(e.Code, "KU") {
		return gone{}, false
	}
	return gone{Code: e.Code, Retryable: strings.HasSuffix(e.Detail, "retryable=yes")}, true
}

// keyless answers for every handler whose statement needed a key that cannot be used: with the modal, as a page or, to a script, as JSON. Transactions
// were rolled back by then, so nothing was half done.
func (a *App) keyless(next func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := next(w, r)
		g, withdrawn := keyGone(err)
		switch {
		case err == nil:
		case withdrawn:
			if g.Retryable {
				w.Header().Set("Retry-After", "5")
			}
			a.tellGone(w, r, g)
		default:
			a.fail(w, r, err)
		}
	})
}
