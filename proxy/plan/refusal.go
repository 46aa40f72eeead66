package plan

import "fmt"

// Code is an SQLSTATE of the refusals that the planner gives.
type Code string

// The closed set of the planner's refusals.
const (
	OperationNotSupported  Code = "KP001" // the operation can't be done on a sealed column
	StatementNotUnderstood Code = "KP002" // names a protected object and could not be analysed
	PlaintextRefused       Code = "KP003" // a plaintext would have reached a sealed column
	ProtectedDDL           Code = "KP004" // DDL that would weaken protection
	StatementTooComplex    Code = "KP005" // over the analysis bounds
	AlreadySealed          Code = "KP006" // a value that carries this store's seal was about to be sealed again
)

// Name is the symbolic name of the code, as clients read it in constraint_name.
func (c Code) Name() string {
	switch c {
	case OperationNotSupported:
		return "operation_not_supported"
	case StatementNotUnderstood:
		return "statement_not_understood"
	case PlaintextRefused:
		return "plaintext_refused"
	case ProtectedDDL:
		return "protected_ddl"
	case StatementTooComplex:
		return "statement_too_complex"
	case AlreadySealed:
		return "already_sealed"
	}
	return "unknown"
}

// Refusal says why a statement may not go to the server. It is written for the person who sent the statement
// and never holds a literal or a parameter's value.
type Refusal struct {
	Code    Code
	Message string // one sentence: what happened
	Detail  string // what and where, may be empty
	Hint    string // who can mend it and how, may be empty

	Schema, Table, Column string // where known
}

// Error implements error.
func (r *Refusal) Error() string { return fmt.Sprintf("%s: %s", r.Code, r.Message) }
