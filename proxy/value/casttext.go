package value

import "strconv"

// toText prints a value of another type, as the assignment cast to a string type does.
func (in incoming) toText(dst []byte, t Type, c codec, typmod int32) ([]byte, error) {
	source := codecOf(in.oid)
	if source == nil {
		return dst, in.mismatch(t)
	}
	canonical, err := in.source(nil)
	if err != nil {
		return dst, err
	}
	var text []byte
	switch in.oid {
	case OIDBool: // the cast writes the word, the output function one letter
		text = strconv.AppendBool(nil, canonical[0] == 1)
	case OIDInet: // the cast writes the mask, always
		text = appendInet(nil, canonical, true)
	default:
		text, err = source.print(nil, canonical, in.s)
	}
	if err != nil {
		return dst, err
	}
	return c.parse(dst, text, typmod, nil)
}

// toJSON casts json and jsonb into each other.
func (in incoming) toJSON(dst []byte, t Type, c codec) ([]byte, error) {
	if in.oid != OIDJSON && in.oid != OIDJSONB {
		return dst, in.mismatch(t)
	}
	canonical, err := in.source(nil)
	if err != nil {
		return dst, err
	}
	return c.parse(dst, canonical, -1, nil)
}
