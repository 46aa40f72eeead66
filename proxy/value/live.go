package value

import "fmt"

// Live is a type that has another OID in each database: an enum, or citext. It must not be changed once it is in use.
type Live struct {
	Schema, Name string
	Enum         bool // else citext
	// Labels are those that the enum has now; nil where they are not known, and then no label can be stored.
	Labels map[string]bool
}

// citext is a type of an extension, known by its name.
const citext = "citext"

func (l *Live) family() string {
	if l.Enum {
		return "enum"
	}
	return citext
}

func (l *Live) codec() codec {
	if l.Enum {
		return enumCodec{l}
	}
	return textCodec{}
}

// name is the type as people write it.
func (l *Live) name() string {
	if l.Enum {
		return l.Schema + "." + l.Name
	}
	return citext
}

// Named tells whether a name in a statement, of one part or with its schema, is the type's.
func (l *Live) Named(parts []string) bool {
	switch len(parts) {
	case 1:
		return parts[0] == l.Name
	case 2:
		return parts[0] == l.Schema && parts[1] == l.Name
	}
	return false
}

// enumCodec is an enum. Canonical form: the label's text, which is given out as it is even when the enum has lost it since
// or calls it otherwise.
type enumCodec struct{ live *Live }

func (c enumCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	if !c.live.Labels[string(in)] {
		return dst, &Error{Code: codeSyntax, Message: fmt.Sprintf("invalid input value for enum %s", c.live.Name), Hint: "Accepted: the labels of the type, as they are written there."}
	}
	return append(dst, in...), nil
}

func (c enumCodec) receive(dst, in []byte, _ int32) ([]byte, error) {
	if err := checkText(in); err != nil {
		return dst, err
	}
	return c.parse(dst, in, -1, nil)
}

func (c enumCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	if len(canonical) == 0 || checkText(canonical) != nil {
		return dst, storedError(c.live.name())
	}
	return append(dst, canonical...), nil
}

func (c enumCodec) send(dst, canonical []byte) ([]byte, error) { return c.print(dst, canonical, nil) }
