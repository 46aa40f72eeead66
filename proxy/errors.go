package proxy

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// SQLSTATEs of values that do not open.
const (
	codeValueNotAuthentic = "KD001"
	codeValueIsPlaintext  = "KD003"
	codeValueTypeMismatch = "KD004"
)

// SQLSTATEs of PostgreSQL that the proxy gives for the same reasons as the server.
const (
	codeProtocolViolation    = "08P01"
	codeConnectionFailure    = "08006"
	codeFeatureNotSupported  = "0A000"
	codeInvalidCatalogName   = "3D000"
	codeInvalidAuthorization = "28000"
	codeTooManyConnections   = "53300"
	codeConfigurationLimit   = "53400"
	codeAdminShutdown        = "57P01"
	codeIdleSession          = "57P05"
	codeIdleInTransaction    = "25P03"
	codeCannotConnectNow     = "57P03"
	codeInFailedTransaction  = "25P02"
	codeInternal             = "XX000"
	codeQueryCanceled        = "57014"
	codeBadCopyFormat        = "22P04"
	codeNotInRepertoire      = "22021"
)

var (
	errPlaintext    = errors.New("plaintext in a sealed column")
	errTypeMismatch = errors.New("opened bytes are not of the column's type")
)

// wireError is an ErrorResponse that the proxy makes
// (https://www.postgresql.org/docs/current/protocol-error-fields.html).
type wireError struct {
	severity string // "" is ERROR
	code     string
	message  string
	detail   string
	hint     string
	where    string // the place in the data of a COPY
	name     string // constraint_name: the symbolic name of the code
	schema   string
	table    string
	column   string
	key      KeyError // that it was made of; nil: of none
}

func (e *wireError) Error() string { return e.code + ": " + e.message }

// append writes the error as an ErrorResponse message.
func (e *wireError) append(dst []byte) []byte {
	severity := e.severity
	if severity == "" {
		severity = "ERROR"
	}
	msg := pgproto3.ErrorResponse{
		Severity: severity, SeverityUnlocalized: severity, Code: e.code, Message: e.message, Detail: e.detail,
		Hint: e.hintFor(), Where: e.where, SchemaName: e.schema, TableName: e.table, ColumnName: e.column, ConstraintName: e.name,
	}
	out, err := msg.Encode(dst)
	if err != nil { // only a message over 1 GiB fails
		return dst
	}
	return out
}

// hintFor is the hint as the client reads it: for a code of pgseal's own, with where to read on. No code of PostgreSQL's begins with K.
func (e *wireError) hintFor() string {
	if !strings.HasPrefix(e.code, "K") {
		return e.hint
	}
	return strings.TrimSpace(e.hint + " (docs/errors.md: " + e.code + ")")
}

func fatal(code, message string) *wireError {
	return &wireError{severity: "FATAL", code: code, message: message}
}

// on names the column that an error is about.
func (e *wireError) on(c *plan.Column) *wireError {
	if c != nil && e.column == "" {
		e.schema, e.table, e.column = c.Schema, c.Table, c.Name
	}
	return e
}

// clientError turns an error of planning, sealing or opening into what the client reads. There is one table, here:
// an error that is not in it is an internal one, whose cause is for the log only.
func clientError(err error, tenant string, col *plan.Column) *wireError {
	var (
		refusal *plan.Refusal
		key     KeyError
		val     *value.Error
		made    *wireError
	)
	switch {
	case errors.As(err, &made):
		return made
	case errors.As(err, &refusal):
		return &wireError{code: string(refusal.Code), name: refusal.Code.Name(), message: refusal.Message,
			detail: machineReadable(refusal.Detail, tenant, false), hint: refusal.Hint,
			schema: refusal.Schema, table: refusal.Table, column: refusal.Column}
	case errors.As(err, &key):
		return (&wireError{key: key, code: key.SQLState(), name: key.Name(), message: key.UserMessage(),
			detail: machineReadable(key.UserDetail(), key.TenantName(), key.Retryable()), hint: key.UserHint()}).on(col)
	case errors.Is(err, errPlaintext):
		return (&wireError{code: codeValueIsPlaintext, name: "value_is_plaintext",
			message: "a value in a sealed column is not sealed",
			detail:  machineReadable("The value was not written through pgseal, or the column's guard was switched off.", tenant, false),
			hint:    "Ask the database administrator to look at the column and at its guard."}).on(col)
	case errors.Is(err, errTypeMismatch):
		return (&wireError{code: codeValueTypeMismatch, name: "value_type_mismatch",
			message: "a sealed value does not hold the column's type",
			detail:  machineReadable("The bytes authenticate, but they are not a value of the type in the column policy.", tenant, false),
			hint:    "Compare the type in the column policy with the one under which the value was sealed."}).on(col)
	case errors.As(err, &val) && val.Code == codeValueTypeMismatch:
		return (&wireError{code: val.Code, name: "value_type_mismatch", message: val.Message,
			detail: machineReadable("", tenant, false), hint: val.Hint}).on(col)
	case errors.As(err, &val):
		return (&wireError{code: val.Code, message: val.Message, hint: val.Hint}).on(col)
	case errors.Is(err, crypto.ErrNotAuthentic), errors.Is(err, crypto.ErrMalformed), errors.Is(err, crypto.ErrWrongStore),
		errors.Is(err, crypto.ErrKeyNumber):
		return (&wireError{code: codeValueNotAuthentic, name: "value_not_authentic",
			message: "a sealed value does not authenticate",
			detail:  machineReadable("It was altered, or it belongs to another tenant, column or store.", tenant, false),
			hint:    "Where tenants share a table, select the tenant's own rows; else ask the database administrator how the value came there."}).on(col)
	}
	return &wireError{code: codeInternal, message: "pgseal could not process the statement",
		hint: "The proxy's log has the cause."}
}

// internal tells that the client reads nothing of the cause, so that the log has to have it.
func (e *wireError) internal() bool { return e.code == codeInternal }

// machineReadable ends a DETAIL with the pair that programs read. A tenant's name that holds more than a word is in double quotes.
func machineReadable(detail, tenant string, retryable bool) string {
	var b strings.Builder
	b.WriteString(detail)
	if detail != "" {
		b.WriteByte(' ')
	}
	b.WriteString("tenant=")
	if strings.ContainsFunc(tenant, func(r rune) bool { return r == '=' || r == '"' || unicode.IsSpace(r) }) {
		tenant = strconv.Quote(tenant)
	}
	b.WriteString(tenant)
	if retryable {
		b.WriteString(" retryable=yes")
	} else {
		b.WriteString(" retryable=no")
	}
	return b.String()
}
