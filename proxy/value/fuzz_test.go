package value

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// fuzzTypes are what the fuzzer's first byte chooses from.
var fuzzTypes = append(append(append([]string(nil), allTypes...), "varchar(4)", "timestamptz(2)", "numeric(20,4)"), arrayTypes...)

func seeds(f *testing.F) {
	n := 0
	for i, name := range fuzzTypes {
		for _, text := range edges[name] {
			if len(text) < 1000 {
				f.Add(byte(i), uint32(0), false, []byte(text))
				n++
			}
		}
	}
	for _, g := range golden {
		for i, name := range fuzzTypes {
			if name == g.typ {
				f.Add(byte(i), uint32(0), false, []byte(g.text))
				f.Add(byte(i), uint32(OIDNumeric), true, []byte{0, 1, 0, 0, 0, 0, 0, 0, 0, 1})
				n++
			}
		}
	}
	if n < 100 {
		f.Fatalf("only %d seeds", n)
	}
}

// Whatever bytes come in, of whatever type they claim to be: no panic, and what is accepted goes out in both forms and
// comes back in as the same canonical bytes.
func FuzzCanonical(f *testing.F) {
	seeds(f)
	s := &Settings{TimeZone: "Europe/Berlin", Zones: new(Zones)}
	f.Fuzz(func(t *testing.T, which byte, oid uint32, isBinary bool, in []byte) {
		typ := must(fuzzTypes[int(which)%len(fuzzTypes)])
		format := int16(formatText)
		if isBinary {
			format = formatBinary
		}
		_, _ = typ.CanonicalSearch(nil, in, oid, format, s)
		canonical, err := typ.Canonical(nil, in, oid, format, s)
		if err != nil {
			stateOf(t, err)
			return
		}
		for format := int16(formatText); format <= formatBinary; format++ {
			wire, err := typ.Wire(nil, canonical, format, s)
			if err != nil {
				t.Fatalf("%s: canonical %q has no form %d: %v", typ.Name(), canonical, format, err)
			}
			again, err := typ.Canonical(nil, wire, 0, format, s)
			if format == formatText && bytes.Contains(wire, []byte("NaN")) && strings.HasPrefix(typ.Family(), "float") {
				continue // there are many, which print alike
			}
			if stateOrEmpty(err) == codeDateRange { // rounded up to the end of the range, as in the server
				continue
			}
			if err != nil || !bytes.Equal(again, canonical) {
				t.Fatalf("%s: canonical %q is printed as %q (format %d) and read as %q (%v)", typ.Name(), canonical, wire, format, again, err)
			}
		}
	})
}

func stateOrEmpty(err error) string {
	if e, ok := err.(*Error); ok {
		return e.Code
	}
	return ""
}

// Hostile stored bytes: no panic, and what is printed is read back as the same bytes.
func FuzzWire(f *testing.F) {
	seeds(f)
	s := &Settings{TimeZone: "America/St_Johns", ByteaOutput: "escape", Zones: new(Zones)}
	f.Fuzz(func(t *testing.T, which byte, oid uint32, isBinary bool, in []byte) {
		typ := must(fuzzTypes[int(which)%len(fuzzTypes)])
		typ.Typmod = -1
		for format := int16(formatText); format <= formatBinary; format++ {
			wire, err := typ.Wire(nil, in, format, s)
			if err != nil || strings.HasPrefix(typ.Family(), "json") || strings.HasPrefix(typ.Family(), "float") && bytes.Contains(wire, []byte("NaN")) {
				continue
			}
			if again, err := typ.Canonical(nil, wire, 0, format, s); stateOrEmpty(err) != codeDateRange && (err != nil || !bytes.Equal(again, in)) {
				t.Fatalf("%s: stored %x goes out as %q and comes in as %x (%v)", typ.Name(), in, wire, again, err)
			}
		}
	})
}

// Hostile arrays: no panic, and elements lie inside the array.
func FuzzArray(f *testing.F) {
	f.Add(uint32(0), false, []byte(`{a,"b\"",NULL}`))
	f.Add(uint32(1009), true, AppendArray(nil, OIDText, [][]byte{nil, []byte("x")}))
	f.Add(uint32(1009), true, binary.BigEndian.AppendUint32(AppendArray(nil, OIDText, nil), 0x7fffffff))
	f.Fuzz(func(t *testing.T, oid uint32, isBinary bool, in []byte) {
		format := int16(formatText)
		if isBinary {
			format = formatBinary
		}
		var elems [][]byte
		size := 0
		err := must("text").EachElement(in, oid, format, func(elem []byte) error {
			if elem != nil {
				elem = append([]byte{}, elem...)
			}
			elems = append(elems, elem)
			size += len(elem)
			return nil
		})
		if size > len(in) || len(elems) > len(in) {
			t.Fatalf("%d elements of %d bytes in an array of %d", len(elems), size, len(in))
		}
		if err != nil {
			return
		}
		i := 0
		err = must("text").EachElement(AppendArray(nil, OIDText, elems), 1009, formatBinary, func(elem []byte) error {
			if !bytes.Equal(elem, elems[i]) || (elem == nil) != (elems[i] == nil) {
				t.Fatalf("element %d: %q has become %q", i, elems[i], elem)
			}
			i++
			return nil
		})
		if err != nil || i != len(elems) {
			t.Fatalf("%d of %d elements came back (%v)", i, len(elems), err)
		}
	})
}
