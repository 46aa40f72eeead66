package value

import (
	"encoding/binary"
	"fmt"
	"math"
	"testing"
)

// sources makes values of the types that a client may give a parameter.
func sources(r random) map[string]string {
	f := pick(r, math.Float64frombits(r.Uint64()), float64(r.IntN(2000))/16, r.NormFloat64()*1000, float64(r.IntN(100000))/100)
	return map[string]string{
		"smallint": fmt.Sprint(r.integer(16)), "integer": fmt.Sprint(r.integer(32)), "bigint": fmt.Sprint(r.integer(64)),
		"numeric": pick(r, r.numeric(), fmt.Sprint(r.integer(40)), fmt.Sprint(r.integer(18))+".00", "99999999999999999999", "-9223372036854775808.0", "9223372036854775807.5"),
		"boolean": pick(r, "t", "f"), "uuid": r.uuid(), "date": r.date(), "timestamp": r.timestamp(), "timestamptz": r.timestamp(),
		"json": r.json(2), "jsonb": r.json(2), "text": r.text(8), "varchar": r.text(8), "bytea": `\x616263`,
		"time": r.clock(), "interval": r.interval(), "inet": r.inet(), "cidr": pick(r, "10.0.0.0/8", "::/0", "1.2.3.4"),
		"integer[]": r.array(func() string { return fmt.Sprint(r.IntN(9)) }), "text[]": r.array(func() string { return fmt.Sprint(r.IntN(9)) }),
		"float8": fmt.Sprintf("%g", f), "float4": fmt.Sprintf("%g", float32(f)), "bpchar": r.text(5) + "  ",
	}
}

func oidNamed(name string) uint32 {
	switch name {
	case "float4":
		return OIDFloat4
	case "float8":
		return OIDFloat8
	case "bpchar":
		return OIDBpchar
	}
	return must(name).OID
}

// refusedHere are the assignment casts of the server that are refused, because they lose something or are left out.
var refusedHere = map[string]bool{
	"numeric>integer": true, "numeric>smallint": true, "numeric>bigint": true, // with a fraction
	"float8>integer": true, "float8>smallint": true, "float8>bigint": true, "float4>integer": true, "float4>smallint": true, "float4>bigint": true,
	"timestamp>date": true, "timestamptz>date": true, "timestamp>time": true, "timestamptz>time": true, "interval>time": true, "time>interval": true,
}

// A value of another type becomes what the server's assignment makes of it, or is refused.
func TestCastsMatchServer(t *testing.T) {
	o := newOracle(t)
	o.set(Settings{TimeZone: "Europe/Berlin", DateStyle: "ISO, DMY", ByteaOutput: "hex", Zones: new(Zones)})
	r := newRandom(31)
	targets := []string{"smallint", "integer", "bigint", "numeric", "numeric(12,3)", "boolean", "uuid", "date", "timestamp", "timestamp(2)", "timestamptz", "text", "varchar(9)", "json", "jsonb", "bytea",
		"time", "interval", "real", "double precision", "char(9)", "inet", "cidr", "integer[]", "text[]", "bigint[]"}
	same := map[string]int{}
	for range 40 {
		for source, text := range sources(r) {
			oid := oidNamed(source)
			for _, target := range targets {
				typ := must(target)
				if oid == typ.OID {
					continue
				}
				forms := [][]byte{[]byte(text)}
				if Supported(oid) {
					if v := o.assign(Type{OID: oid, Typmod: -1}, []byte(text), oid, formatText); v.code == "" {
						forms = append(forms, v.binary)
					}
				}
				for format, in := range forms {
					compareCast(t, o, typ, source, in, oid, int16(format), same)
				}
			}
		}
	}
	for _, pair := range []string{"integer>bigint", "bigint>smallint", "numeric>bigint", "bigint>numeric(12,3)", "float8>numeric", "date>timestamptz", "timestamptz>timestamp", "timestamp>timestamptz", "integer>text", "boolean>varchar(9)", "json>jsonb", "bpchar>text",
		"integer>double precision", "numeric>real", "float8>real", "float4>double precision", "float8>text", "cidr>inet", "inet>cidr", "integer[]>bigint[]", "integer>char(9)", "integer[]>text"} {
		if same[pair] == 0 {
			t.Errorf("%s: no value was accepted", pair)
		}
	}
}

func compareCast(t *testing.T, o *oracle, typ Type, source string, in []byte, oid uint32, format int16, same map[string]int) {
	t.Helper()
	pair := source + ">" + typ.Name()
	want, got := o.assign(typ, in, oid, format), o.ours(typ, in, oid, format)
	switch {
	case want.code == "" && string(want.text) == string(got.text) && string(want.binary) == string(got.binary):
		same[pair]++
	case got.code == codeMismatch && (want.code == codeMismatch || refusedHere[pair]):
	case got.code != "" && got.code != codeMismatch && want.code != "": // a bad value of the source's type, or out of range
	case got.code == "" && want.code == codeMismatch && isString(oid) && !isString(typ.OID): // read as the text form
	case got.code != "" && want.code == codeMismatch && isString(oid):
	default:
		t.Errorf("%s <- %q (format %d): ours %v, the server's %v", pair, clip(in), format, got, want)
	}
}

func TestBinaryFloatsBecomeNumeric(t *testing.T) {
	o := newOracle(t)
	r := newRandom(41)
	for i := range 600 {
		f := pick(r, math.Float64frombits(r.Uint64()), float64(r.IntN(100000))/100, r.NormFloat64(), math.NaN(), math.Inf(1), math.Inf(-1))
		typ := must(pick(r, "numeric", "numeric(9,2)"))
		if i%2 == 0 {
			o.compare(typ, binary.BigEndian.AppendUint64(nil, math.Float64bits(f)), OIDFloat8, formatBinary)
		} else {
			o.compare(typ, binary.BigEndian.AppendUint32(nil, math.Float32bits(float32(f))), OIDFloat4, formatBinary)
		}
	}
}

func TestUnsupportedTypesAreRefused(t *testing.T) {
	for _, oid := range []uint32{0, 18, 600, 1017, 2287} {
		typ := Type{OID: oid, Typmod: -1}
		if Supported(oid) || typ.Family() != "" || typ.ArrayOID() != 0 || typ.Deterministic() {
			t.Errorf("type %d counts as supported", oid)
		}
		if _, err := typ.Canonical(nil, []byte("1"), 0, 0, nil); stateOf(t, err) != codeMismatch {
			t.Error(err)
		}
		if _, err := typ.Wire(nil, []byte("1"), 0, nil); stateOf(t, err) != codeStored {
			t.Error(err)
		}
	}
	if _, err := must("text").Canonical(nil, []byte("1"), 0, 2, nil); stateOf(t, err) != codeParameter {
		t.Error(err)
	}
	if _, err := must("text").Wire(nil, []byte("1"), 2, nil); stateOf(t, err) != codeParameter {
		t.Error(err)
	}
}
