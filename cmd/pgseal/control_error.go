package main

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
)

// controlError says whose database an error is of, and what an operator can do about those that a new control connection meets.
func (s *site) controlError(err error) error {
	if err == nil {
		return nil
	}
	hint := ""
	if e := (*pgconn.PgError)(nil); errors.As(err, &e) {
		switch e.Code {
		case "28P01", "28000":
			hint = fmt.Sprintf(" (the role and the password of databases.%s.control; a password that is not there is taken from PGPASSWORD or ~/.pgpass)", s.name)
		case "3D000":
			hint = fmt.Sprintf(" (what databases.%s is called is the database's name on the server)", s.name)
		case "42501":
			hint = " (the control role needs CREATE on the database, and to be a member of the role that owns the protected tables: " +
				"GRANT CREATE ON DATABASE name TO role; GRANT owner TO role)"
		}
	}
	return fmt.Errorf("database %s: %w%s", s.name, err, hint)
}
