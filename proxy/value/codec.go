package value

// Formats of a value on the wire.
const (
	formatText   = 0
	formatBinary = 1
)

// varHeader is added to the modifiers of varchar and numeric (PostgreSQL's VARHDRSZ).
const varHeader = 4

// codec turns the wire forms of one type into canonical bytes and back. All four methods append to dst, return dst as it
// was on error, and keep nothing.
type codec interface {
	// parse reads the text form, which is valid UTF-8 without NUL.
	parse(dst, in []byte, typmod int32, s *Settings) ([]byte, error)
	// receive reads the binary form.
	receive(dst, in []byte, typmod int32) ([]byte, error)
	// print writes the text form.
	print(dst, canonical []byte, s *Settings) ([]byte, error)
	// send writes the binary form.
	send(dst, canonical []byte) ([]byte, error)
}

// codec returns the codec of the type, nil for one that is not supported.
func (t Type) codec() codec {
	if t.Live != nil {
		return t.Live.codec()
	}
	return codecOf(t.OID)
}

// codecOf returns the codec of a type, nil for a type that is not supported.
func codecOf(oid uint32) codec {
	switch oid {
	case OIDText:
		return textCodec{}
	case OIDVarchar:
		return textCodec{bounded: true}
	case OIDBytea:
		return byteaCodec{}
	case OIDInt2, OIDInt4, OIDInt8:
		return integerOf(oid)
	case OIDNumeric:
		return numericCodec{}
	case OIDBool:
		return booleanCodec{}
	case OIDUUID:
		return uuidCodec{}
	case OIDDate:
		return dateCodec{}
	case OIDTimestamp:
		return timestampCodec{}
	case OIDTimestamptz:
		return timestampCodec{zoned: true}
	case OIDTime:
		return timeCodec{}
	case OIDTimetz:
		return timeCodec{zoned: true}
	case OIDInterval:
		return intervalCodec{}
	case OIDFloat4:
		return floatCodec{4}
	case OIDFloat8:
		return floatCodec{8}
	case OIDBpchar:
		return charCodec{}
	case OIDInet:
		return inetCodec{}
	case OIDCIDR:
		return inetCodec{network: true}
	case OIDMacaddr:
		return macCodec{6}
	case OIDMacaddr8:
		return macCodec{8}
	case OIDJSON:
		return jsonCodec{}
	case OIDJSONB:
		return jsonbCodec{}
	}
	if element := ElementOID(oid); element != 0 {
		return arrayCodec{Type{OID: element, Typmod: -1}, codecOf(element)}
	}
	return nil
}

// Canonical appends to dst the canonical plaintext of a value that a client sent, and returns the longer slice; on error
// dst is returned as it was. in is borrowed and never kept; NULL must not come here.
//
// inOID is the type that the client gave the parameter: 0 or unknown (the value has the form of t itself), t, a string type
// (the value is t's text form), or a type that an assignment would cast to t (doc.go lists them). format is 0 for text, 1
// for binary. s may be nil. Errors are *Error; 42804 says that inOID cannot become t.
func (t Type) Canonical(dst, in []byte, inOID uint32, format int16, s *Settings) ([]byte, error) {
	return t.convert(dst, incoming{in, inOID, format, s}, storing)
}

// CanonicalSearch is Canonical for a value that is compared with a column, not stored in it: it is never rounded, cut or
// refused for not fitting into the column's type. Such a value gets canonical bytes that no value of the column has, so
// that the comparison is simply false, as it is in PostgreSQL. Only the bytes of a value that does fit can be read back by
// Wire.
func (t Type) CanonicalSearch(dst, in []byte, inOID uint32, format int16, s *Settings) ([]byte, error) {
	return t.convert(dst, incoming{in, inOID, format, s}, searching)
}

// Wire appends to dst the wire form of canonical bytes in the given format, and returns the longer slice; on error dst is
// returned as it was. canonical is borrowed. s may be nil. Errors are *Error: KD004 where Canonical cannot have made the
// bytes for a type of t's family, 0A000 where the session's settings ask for a form that is not supported.
func (t Type) Wire(dst, canonical []byte, format int16, s *Settings) ([]byte, error) {
	c := t.codec()
	switch {
	case c == nil:
		return dst, storedError(t.Name())
	case format == formatText:
		out, err := c.print(dst, canonical, s)
		return t.refill(out, canonical, err)
	case format == formatBinary:
		out, err := c.send(dst, canonical)
		return t.refill(out, canonical, err)
	}
	return dst, formatError()
}

func formatError() error {
	return &Error{Code: codeParameter, Message: "unsupported format code", Hint: "Formats are 0 (text) and 1 (binary)."}
}
