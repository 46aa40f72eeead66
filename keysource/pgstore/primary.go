package pgstore

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrStandby: the control connection has reached a server in recovery. Nothing can be written there, and what it says of a lock or a key may be old.
var ErrStandby = errors.New("pgstore: the control connection leads to a standby, which cannot be written to and may not know yet of a lock or a rotation. It has to lead to the " +
	"primary, where upstream may be a standby: give control a host and port of its own (several, separated by commas, are tried in turn)")

// primaryOnly refuses a connection to a standby; where several hosts are given, the next one is tried then.
func primaryOnly(ctx context.Context, conn *pgconn.PgConn) error {
	result := conn.ExecParams(ctx, "SELECT pg_catalog.pg_is_in_recovery()", nil, nil, nil, nil).Read()
	if result.Err != nil {
		return result.Err
	}
	if len(result.Rows) != 1 || string(result.Rows[0][0]) != "f" {
		return ErrStandby
	}
	return nil
}
