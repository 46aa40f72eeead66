package main

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
)

// controlError says whose database an error is of, and what can be done about it.
func (s *site) controlError(err error) error {
	return fmt.Errorf("database %s: %w%s", s.name, err, s.controlHint(err))
}

// controlHint is what an operator can do about what a control connection meets that was not set up; empty for everything else.
func (s *site) controlHint(err error) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Code {
	case "28P01", "28000":
		return fmt.Sprintf(" (the role and the password of databases.%s.control; a password that is not there is taken from PGPASSWORD, or else ~/.pgpass)", s.name)
	case "3D000":
		return fmt.Sprintf(" (what databases.%s is called is the database's name on the server)", s.name)
	case "42501":
		return " (the control role needs CREATE on the database, and to be a member of the role that owns the protected tables: " +
			"GRANT CREATE ON DATABASE name TO role; GRANT owner TO role)"
	}
	return ""
}
