package value

import "testing"

// The values of a usual row. Allocations beside what is measured: none for text, integers, boolean, uuid, date, timestamps
// and short numerics; jsonb keeps its keys and strings on the side.
var usual = []struct {
	typ, text string
	allocs    float64
}{
	{"text", "Zürich, Bahnhofstrasse 1, third floor, second door on the left", 0},
	{"varchar(40)", "Müller & Partner", 0},
	{"integer", "123456789", 0},
	{"bigint", "-987654321012345", 0},
	{"boolean", "t", 0},
	{"uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", 0},
	{"bytea", `\x00112233445566778899aabbccddeeff`, 0},
	{"date", "2024-05-31", 0},
	{"timestamp", "2024-05-31 13:45:10.123456", 0},
	{"timestamptz", "2024-05-31 13:45:10.123456+02", 0},
	{"numeric(12,2)", "1234567.89", 0},
	{"jsonb", `{"id": 7, "name": "Ada", "tags": ["x", "y"], "zip": "8001"}`, 9},
}

func TestHotPathsDoNotAllocate(t *testing.T) {
	s := &Settings{TimeZone: "Europe/Berlin", Zones: new(Zones)}
	for _, u := range usual {
		typ := must(u.typ)
		canonical := make([]byte, 0, 256)
		wire := make([]byte, 0, 256)
		in := []byte(u.text)
		run := func(what string, allowed float64, f func() error) {
			if n := testing.AllocsPerRun(100, func() {
				if err := f(); err != nil {
					t.Fatal(u.typ, err)
				}
			}); n > allowed {
				t.Errorf("%s, %s: %v allocations, %v allowed", u.typ, what, n, allowed)
			}
		}
		run("text in", u.allocs, func() (err error) {
			canonical, err = typ.Canonical(canonical[:0], in, 0, formatText, s)
			return err
		})
		run("text out", u.allocs, func() (err error) {
			wire, err = typ.Wire(wire[:0], canonical, formatText, s)
			return err
		})
		run("binary out", u.allocs, func() (err error) {
			wire, err = typ.Wire(wire[:0], canonical, formatBinary, s)
			return err
		})
		run("binary in", u.allocs, func() (err error) {
			canonical, err = typ.Canonical(canonical[:0], wire, typ.OID, formatBinary, s)
			return err
		})
	}
}

func BenchmarkCanonicalText(b *testing.B) {
	s := &Settings{TimeZone: "Europe/Berlin", Zones: new(Zones)}
	for _, u := range usual {
		b.Run(u.typ, func(b *testing.B) {
			typ, in, dst := must(u.typ), []byte(u.text), make([]byte, 0, 256)
			b.ReportAllocs()
			for b.Loop() {
				dst, _ = typ.Canonical(dst[:0], in, 0, formatText, s)
			}
		})
	}
}

func BenchmarkWireText(b *testing.B) {
	s := &Settings{TimeZone: "Europe/Berlin", Zones: new(Zones)}
	for _, u := range usual {
		b.Run(u.typ, func(b *testing.B) {
			typ, dst := must(u.typ), make([]byte, 0, 256)
			canonical, err := typ.Canonical(nil, []byte(u.text), 0, formatText, s)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				dst, _ = typ.Wire(dst[:0], canonical, formatText, s)
			}
		})
	}
}

func BenchmarkWireBinary(b *testing.B) {
	for _, u := range usual {
		b.Run(u.typ, func(b *testing.B) {
			typ, dst := must(u.typ), make([]byte, 0, 256)
			canonical, err := typ.Canonical(nil, []byte(u.text), 0, formatText, nil)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				dst, _ = typ.Wire(dst[:0], canonical, formatBinary, nil)
			}
		})
	}
}
