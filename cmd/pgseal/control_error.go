package main

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
)

// controlError says what an operator can do about an error of the control connection.
func (s *site) controlError(err error) error {
	var e *pgconn.PgError
	hint := ""
	if errors.As(err, &e) {
		switch e.Code {
		case "28P01", "28000":
			hint = fmt.Sprintf(" (the role and password of databases.%s.control; without a password there, PGPASSWORD or ~/.pgpass)", s.name)
		case "3D000":
			hint = fmt.Sprintf(" (databases.%s has the name of the database on the server)", s.name)
		case "42501":
			hint = " (the control role needs CREATE on the database, and to be a member of the role that owns the protected tables: " +
				"GRANT CREATE ON DATABASE name TO role; GRANT owner TO role)"
		}
	}
	return fmt.Errorf("database %s: the control connection: %w%s", s.name, err, hint)
}
