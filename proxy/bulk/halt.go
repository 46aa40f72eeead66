package bulk

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// halt is why the work stops, other than by an error of the database.
type halt struct {
	waits  bool // it goes on by itself
	code   string
	reason string
}

func (h *halt) Error() string { return h.reason }

// NotYet is what Settle returns for what has to be waited for, and comes by itself.
func NotYet(reason string) error { return &halt{waits: true, reason: reason} }

// end notes why the work stopped.
func (s *stretch) end(ctx context.Context, cause error) (outcome, error) {
	var h *halt
	var key interface {
		SQLState() string
		UserMessage() string
	}
	var server *pgconn.PgError
	switch {
	case ctx.Err() != nil:
		return goesOn, ctx.Err()
	case errors.Is(cause, pgstore.ErrConflict): // paused, cancelled or taken over
		return goesOn, nil
	case errors.As(cause, &h):
	case errors.As(cause, &server) && (busy(server.Code) || transient(server.Code)):
		return goesOn, cause
	case errors.As(cause, &server):
		// Of a value of the application's nothing is in the message that is kept.
		h = &halt{code: server.Code, reason: "the server refuses a row: " + server.ConstraintName + " (SQLSTATE " + server.Code + ")"}
	case errors.As(cause, &key):
		h = &halt{waits: true, code: key.SQLState(), reason: key.UserMessage()}
	default:
		return goesOn, cause
	}
	status := pgstore.BulkFailed
	if h.waits {
		status = pgstore.BulkWaiting
	}
	told := false // what waits is tried again every few seconds, and told of once
	err := s.o.Store.ChangeBulk(ctx, s.bulk.Column, func(b *pgstore.Bulk) (*pgstore.Bulk, error) {
		if told = false; b == nil || b.Status == pgstore.BulkPaused || b.Status.Ended() || b.Status == status && b.Code == h.code && b.Reason == h.reason {
			return nil, nil
		}
		b.Status, b.Code, b.Reason, told = status, h.code, h.reason, true
		return b, nil
	})
	if told {
		s.o.Log.Warn("work on a column has stopped", "column", s.column, "status", string(status), "sqlstate", h.code, "reason", h.reason)
	}
	if h.waits {
		return waits, err
	}
	return stopped, err
}

// busy are the codes behind which a batch is simply tried again.
func busy(code string) bool {
	return slices.Contains([]string{"55P03", "40P01", "40001"}, code)
}

// transient are errors of the server's condition, not of the statement's: connections, resources, an operator, the system.
func transient(code string) bool {
	return len(code) == 5 && slices.Contains([]string{"08", "25", "53", "57", "58", "XX"}, code[:2])
}

// spoilt makes of an error of a value one that stops the work; errors of the key pass.
func spoilt(err error) error {
	var key interface{ Retryable() bool }
	if errors.As(err, &key) {
		return err
	}
	return &halt{reason: err.Error()}
}
