package value

// SQLSTATEs of the errors of this package: the closed set of Error.Code.
const (
	codeSyntax         = "22P02" // invalid_text_representation
	codeBinary         = "22P03" // invalid_binary_representation
	codeUntranslatable = "22P05" // untranslatable_character
	codeTooLong        = "22001" // string_data_right_truncation
	codeRange          = "22003" // numeric_value_out_of_range
	codeDateSyntax     = "22007" // invalid_datetime_format
	codeDateRange      = "22008" // datetime_field_overflow
	codeZoneRange      = "22009" // invalid_time_zone_displacement_value
	codeEncoding       = "22021" // character_not_in_repertoire
	codeIntervalRange  = "22015" // interval_field_overflow
	codeParameter      = "22023" // invalid_parameter_value
	codeArray          = "2202E" // array_subscript_error
	codeMismatch       = "42804" // datatype_mismatch
	codeLimit          = "54000" // program_limit_exceeded
	codeTooComplex     = "54001" // statement_too_complex
	codeProtocol       = "08P01" // protocol_violation
	codeUnsupported    = "0A000" // feature_not_supported
	codeStored         = "KD004" // value_type_mismatch: opened bytes are not of the declared type
)

// Error is the one error type of this package. Its texts are written for the person who sent the statement. None of them
// ever holds the value or a part of it.
type Error struct {
	Code    string // SQLSTATE, as PostgreSQL itself would report it; KD004 for stored bytes that are not of the type
	Message string
	Hint    string // the accepted form, or who can mend it; may be empty
}

// Error implements error.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// SQLState is the error's Code.
func (e *Error) SQLState() string { return e.Code }

// syntaxError is PostgreSQL's refusal of a text form.
func syntaxError(typeName, hint string) error {
	return &Error{Code: codeSyntax, Message: "invalid input syntax for type " + typeName, Hint: hint}
}

// rangeError is PostgreSQL's refusal of a number that is too large.
func rangeError(typeName string) error {
	return &Error{Code: codeRange, Message: "value is out of range for type " + typeName}
}

// storedError is the answer to canonical bytes that Canonical cannot have made.
func storedError(typeName string) error {
	return &Error{Code: codeStored, Message: "the opened bytes are not a value of type " + typeName,
		Hint: "The value was sealed as another type, or the column's type has been changed since."}
}

// encodingError is the answer to text that is not UTF-8 or holds a NUL.
func encodingError() error {
	return &Error{Code: codeEncoding, Message: `invalid byte sequence for encoding "UTF8"`}
}

// shortError is the answer to a binary form that ends too early.
func shortError() error {
	return &Error{Code: codeProtocol, Message: "insufficient data left in message"}
}

// binaryError is the answer to a binary form that is not one of the type.
func binaryError(message string) error { return &Error{Code: codeBinary, Message: message} }

// fixedSize checks the length of a binary form that has exactly want bytes.
func fixedSize(in []byte, want int) error {
	switch {
	case len(in) < want:
		return shortError()
	case len(in) > want:
		return binaryError("incorrect binary data format")
	}
	return nil
}
