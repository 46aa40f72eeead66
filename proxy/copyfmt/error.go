package copyfmt

import (
	"errors"
	"fmt"
)

// Error says that data are not of the format. Its message never shows any of them.
type Error struct {
	Code    string // SQLSTATE, as PostgreSQL itself would report it
	Message string
}

// Error implements error.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// ErrTooLong says that a row is over the limit for rows that are held in memory.
var ErrTooLong = errors.New("copyfmt: row too long to be held in memory")

// malformed is PostgreSQL's bad_copy_file_format.
func malformed(format string, args ...any) error {
	return &Error{Code: "22P04", Message: fmt.Sprintf(format, args...)}
}
