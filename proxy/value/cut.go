package value

import "unicode/utf8"

// Cut returns the first n characters of a string value, as PostgreSQL's explicit cast to varchar(n) keeps them. inOID is the type that the client
// gave the value, 0 or unknown for none; any other than a string type is an *Error. The padding of char(n) goes first.
func Cut(in []byte, inOID uint32, n int) ([]byte, error) {
	if inOID != 0 && inOID != OIDUnknown && !isString(inOID) {
		return nil, &Error{Code: codeMismatch, Message: "a value of " + Type{OID: inOID, Typmod: -1}.describe() + " is cut to a number of characters",
			Hint: "Send the value as text."}
	}
	if err := checkText(in); err != nil {
		return nil, err
	}
	if inOID == OIDBpchar {
		for len(in) > 0 && in[len(in)-1] == ' ' {
			in = in[:len(in)-1]
		}
	}
	end := 0
	for ; n > 0 && end < len(in); n-- {
		_, size := utf8.DecodeRune(in[end:])
		end += size
	}
	return in[:end], nil
}
