package value

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
)

// searched pairs column types with the parameter types that they are compared with, and makes values of both that meet often.
var searched = []struct {
	column, param string
	oid           uint32
	value         func(r random) string
}{
	{"integer", "", 0, func(r random) string { return fmt.Sprint(r.IntN(5)) }},
	{"smallint", "bigint", OIDInt8, func(r random) string { return fmt.Sprint(r.IntN(5) + pick(r, 0, 0, 0, 1<<16, 1<<40)) }},
	{"bigint", "smallint", OIDInt2, func(r random) string { return fmt.Sprint(r.IntN(5)) }},
	{"integer", "numeric", OIDNumeric, func(r random) string {
		return fmt.Sprint(r.IntN(4)) + pick(r, "", ".0", ".5", "e20", "e-1", ".0e1")
	}},
	{"numeric(6,2)", "", 0, func(r random) string {
		return fmt.Sprint(r.IntN(3)) + pick(r, "", ".5", ".50", ".500", ".501", ".499", "e7", "e-9")
	}},
	{"numeric(6,2)", "numeric", OIDNumeric, func(r random) string {
		return pick(r, "-", "") + fmt.Sprint(r.IntN(2)) + pick(r, "", ".0000", ".005", ".01")
	}},
	{"numeric(3,-1)", "numeric", OIDNumeric, func(r random) string { return fmt.Sprint(r.IntN(40)) }},
	{"numeric(6,2)", "integer", OIDInt4, func(r random) string { return fmt.Sprint(r.IntN(4) * pick(r, 1, 1, 1_000_000)) }},
	{"numeric(6,2)", "float8", OIDFloat8, func(r random) string {
		return fmt.Sprint(r.IntN(3)) + pick(r, "", ".1", ".10000000000000001", ".1000000000000001", ".3", ".30000000000000004")
	}},
	{"numeric(6,2)", "float4", OIDFloat4, func(r random) string { return fmt.Sprint(r.IntN(3)) + pick(r, "", ".1", ".5", ".25") }},
	{"varchar(3)", "", 0, func(r random) string { return pick(r, "ab", "abc", "abc ", "abcd", "ab ", "ABC") }},
	{"varchar(3)", "text", OIDText, func(r random) string { return pick(r, "ab", "abc", "abc ", "abcd", "ab ", "ABC") }},
	{"timestamp(0)", "", 0, func(r random) string { return "2024-01-01 00:00:0" + pick(r, "0", "0.4", "0.6", "1") }},
	{"timestamptz", "date", OIDDate, func(r random) string { return "2024-01-0" + pick(r, "1", "2", "3") }},
	{"timestamptz", "timestamp", OIDTimestamp, func(r random) string { return "2024-10-27 0" + pick(r, "1", "2", "3") + ":30:00" }},
	{"timestamp", "timestamptz", OIDTimestamptz, func(r random) string { return "2024-01-01 0" + pick(r, "1", "2", "3") + ":30:00" }},
	{"timestamp", "timestamptz", OIDTimestamptz, func(r random) string { return "2024-10-27 0" + pick(r, "2", "4") + ":30:00" + pick(r, "+02", "+01") }},
	{"time(0)", "", 0, func(r random) string { return "12:00:0" + pick(r, "0", "0.4", "0.6", "1") }},
	{"time", "", 0, func(r random) string { return pick(r, "12:00", "12:00:00", "24:00", "00:00") }},
	{"inet", "", 0, func(r random) string {
		return pick(r, "10.0.0.1", "10.0.0.1/32", "10.0.0.1/8", "::1", "::ffff:10.0.0.1", "::1/128")
	}},
	{"inet", "cidr", OIDCIDR, func(r random) string { return pick(r, "10.0.0.0/8", "10.0.0.0/9", "10.0.0.0") }},
	{"cidr", "", 0, func(r random) string { return pick(r, "10.0.0.0/8", "10.0.0.0", "10.0.0.0/32") }},
	{"macaddr", "", 0, func(r random) string { return pick(r, "08:00:2b:01:02:03", "08002b010203", "08002b010204") }},
	{"macaddr8", "", 0, func(r random) string { return pick(r, "08:00:2b:01:02:03", "08002bfffe010203", "08002b0102030405") }},
	{"boolean", "", 0, func(r random) string { return pick(r, "t", "yes", "f") }},
	{"uuid", "", 0, func(r random) string { return pick(r, "", "{") + "a0eebc999c0b4ef8bb6d6bb9bd380a1" + pick(r, "1", "2") }},
	{"bytea", "", 0, func(r random) string { return pick(r, `\x61`, "a", `\141`, "") }},
}

// Equality of canonical bytes is the server's own equality, also for a value that does not fit into the column.
func TestSearchMatchesServer(t *testing.T) {
	o := newOracle(t)
	o.set(Settings{TimeZone: "Europe/Berlin", DateStyle: "ISO", ByteaOutput: "hex", Zones: new(Zones)})
	r := random{rand.New(rand.NewPCG(1, 2))}
	for _, c := range searched {
		typ := must(c.column)
		var equal, different int
		for range 120 {
			stored, probe := c.value(r), c.value(r)
			if c.column == "uuid" {
				stored, probe = closeBrace(stored), closeBrace(probe)
			}
			canonical, err := typ.Canonical(nil, []byte(stored), 0, formatText, &o.settings)
			if err != nil {
				continue
			}
			searching, err := typ.CanonicalSearch([]byte("x"), []byte(probe), c.oid, formatText, &o.settings)
			if err != nil {
				if c.param != "timestamptz" {
					t.Errorf("%s = %q of %s: %v", c.column, probe, c.param, err)
				}
				continue
			}
			ours := bytes.Equal(canonical, searching[1:])
			if want := o.equal(typ, stored, probe, c.oid); ours != want {
				t.Errorf("%s %q = %q of %s: ours %t, the server's %t", c.column, stored, probe, c.param, ours, want)
			}
			if ours {
				equal++
			} else {
				different++
			}
		}
		if equal == 0 || different == 0 {
			t.Errorf("%s = %s: %d equal, %d different: the test says little", c.column, c.param, equal, different)
		}
	}
}

func closeBrace(uuid string) string {
	if uuid[0] == '{' {
		return uuid + "}"
	}
	return uuid
}

// equal asks the server whether a stored value equals a parameter.
func (o *oracle) equal(typ Type, stored, probe string, oid uint32) bool {
	o.t.Helper()
	if v := o.assign(typ, []byte(stored), 0, formatText); v.code != "" {
		o.t.Fatalf("%s <- %q: %v", typ.Name(), stored, v)
	}
	sql := fmt.Sprintf(`with v as (delete from "v_%s" returning v) select v = $1 from v`, typ.Name())
	r := o.conn.ExecParams(context.Background(), sql, [][]byte{[]byte(probe)}, []uint32{oid}, nil, nil).Read()
	if r.Err != nil {
		o.t.Fatalf("%s = %q: %v", typ.Name(), probe, r.Err)
	}
	return string(r.Rows[0][0]) == "t"
}

// What the server has no operator for is refused, not guessed.
func TestSearchRefusals(t *testing.T) {
	for _, c := range []struct {
		column, probe string
		oid           uint32
	}{
		{"text", "1", OIDInt4}, {"varchar(3)", "t", OIDBool}, {"bytea", "1", OIDInt4}, {"boolean", "1", OIDInt4}, {"uuid", "1", OIDInt8},
		{"numeric(30,2)", "0.1", OIDFloat8}, {"numeric", "0.1", OIDFloat8}, {"date", "2024-01-01 00:00", OIDTimestamp}, {"integer", "1", OIDFloat8},
	} {
		_, err := must(c.column).CanonicalSearch(nil, []byte(c.probe), c.oid, formatText, nil)
		if err == nil || stateOf(t, err) != codeMismatch {
			t.Errorf("%s = type %d: %v", c.column, c.oid, err)
		}
	}
}
