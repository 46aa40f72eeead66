package value

import (
	"encoding/hex"
	"testing"
)

// golden holds canonical bytes as they lie sealed in databases. A change of any of them makes stored values unreadable.
var golden = []struct{ typ, text, canonical string }{
	{"text", "Zürich", "5ac3bc72696368"},
	{"text", "", ""},
	{"varchar(3)", "abc  ", "616263"},
	{"bytea", `\x00ff10`, "00ff10"},
	{"smallint", "-2", "fffffffffffffffe"},
	{"integer", "258", "0000000000000102"},
	{"bigint", "-9223372036854775808", "8000000000000000"},
	{"numeric", "-00.500", "2d302e353030"},    // -0.500
	{"numeric", "1e3", "31303030"},            // 1000
	{"numeric(10,2)", "12.345", "31322e3335"}, // 12.35
	{"numeric(10,2)", "-0.001", "302e3030"},   // 0.00
	{"numeric(4,-2)", "1250", "31333030"},     // 1300
	{"numeric", "nan", "4e614e"},              // NaN
	{"numeric", "-inf", "2d496e66696e697479"}, // -Infinity
	{"boolean", "yes", "01"},
	{"boolean", "off", "00"},
	{"date", "2000-01-01", "00000000"},
	{"date", "1999-12-31", "ffffffff"},
	{"date", "infinity", "7fffffff"},
	{"date", "-infinity", "80000000"},
	{"timestamp", "2000-01-01 00:00:01.5", "000000000016e360"},
	{"timestamp(0)", "2000-01-01 00:00:01.5", "00000000001e8480"},
	{"timestamp", "infinity", "7fffffffffffffff"},
	{"timestamptz", "2000-01-01 01:00:00+01", "0000000000000000"},
	{"timestamptz", "1999-12-31 23:59:59Z", "fffffffffff0bdc0"},
	{"timestamptz", "-infinity", "8000000000000000"},
	{"uuid", "{A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11}", "a0eebc999c0b4ef8bb6d6bb9bd380a11"},
	{"time", "00:00:01.5", "000000000016e360"},
	{"time(0)", "24:00", "000000141dd76000"},
	{"timetz", "00:00:01.5+02:00", "000000000016e360ffffe3e0"},
	{"interval", "1 year 2 mons -3 days 00:00:01.5", "000000000016e360fffffffd0000000e"},
	{"interval", "P-1M", "000000000000000000000000ffffffff"},
	{"real", "1.5", "3fc00000"},
	{"double precision", "-0", "8000000000000000"},
	{"double precision", "NaN", "7ff8000000000000"},
	{"char(4)", "ö", "c3b6202020"},
	{"bpchar", "a  ", "612020"},
	{"inet", "10.1.2.3/24", "021800040a010203"},
	{"inet", "::1", "0380001000000000000000000000000000000001"},
	{"cidr", "10.0.0.0/8", "020801040a000000"},
	{"macaddr", "08-00-2B-01-02-03", "08002b010203"},
	{"macaddr8", "08:00:2b:01:02:03", "08002bfffe010203"},
	{"text[]", "{}", "00000000"},
	{"text[]", `{a,NULL,""}`, "0000000100000003000000010000000161ffffffff00000000"},
	{"integer[]", "[0:0][5:6]={{1,2}}", "00000002" + "0000000100000000" + "0000000200000005" + "000000080000000000000001" + "000000080000000000000002"},
	{"json", ` {"b":1, "a":2}`, "207b2262223a312c202261223a327d"},
	{"jsonb", `{"b":1e2,"aa":[ ],"a":"\u00e9","b":null}`, "7b2261223a2022c3a9222c202262223a206e756c6c2c20226161223a205b5d7d"}, // {"a": "é", "b": null, "aa": []}
}

func TestCanonicalFormsAreFrozen(t *testing.T) {
	for _, g := range golden {
		got, err := must(g.typ).Canonical(nil, []byte(g.text), 0, formatText, nil)
		if err != nil || hex.EncodeToString(got) != g.canonical {
			t.Errorf("%s %s: canonical %x (%v), want %s", g.typ, g.text, got, err, g.canonical)
		}
	}
}

// Canonical bytes that Canonical cannot have made are not shown to anybody.
func TestForeignBytesAreRefused(t *testing.T) {
	for name, forms := range map[string][]string{
		"text": {"ff", "00", "6100"}, "smallint": {"", "0001", "0000000000008000", "ffffffffffff7fff"}, "integer": {"0000000080000000", "000000000000000100"}, "bigint": {"00000001"},
		"numeric": {"", "2d", "2e35", "352e", "3031", "2d30", "2d302e30", "2b31", "316535", "31202e", "6e616e", "312e322e33", "ff"},
		"boolean": {"", "02", "0101"}, "uuid": {"", "00", "a0eebc999c0b4ef8bb6d6bb9bd380a1111"}, "date": {"", "80000001", "7ffffffe", "0000000000"},
		"timestamp": {"", "00000000", "8000000000000001", "7ffffffffffffffe"}, "timestamptz": {"00"}, "json": {"", "ff"}, "jsonb": {"", "00"},
		"time": {"", "ffffffffffffffff", "000000141dd76001", "0000000000000000ff"}, "timetz": {"0000000000000000", "00000000000000000000e100"}, "interval": {"", "0000000000000000", "7fffffffffffffff7fffffff7fffffff"},
		"real": {"", "0000000000000000"}, "double precision": {"", "00000000"}, "char(2)": {"ff", "6100"}, "inet": {"", "01200004", "022100040a010203", "021801040a010203", "021800040a0102", "021800040a01020300"},
		"cidr": {"021801040a010203", "021800040a010200"}, "macaddr": {"", "08002b01020304"}, "macaddr8": {"08002b010203"},
		"text[]": {"", "000000", "00000001", "0000000100000000" + "00000001", "0000000100000001" + "00000001", "0000000100000001" + "00000001" + "00000001", "0000000100000001" + "00000001" + "ffffffff00", "00000007", "00000001ffffffff00000001",
			"0000000100000001" + "7fffffff" + "ffffffff", "0000000100000001" + "00000001" + "00000001ff"}, "integer[]": {"0000000100000001" + "00000001" + "0000000400000001"},
	} {
		for _, form := range forms {
			in, err := hex.DecodeString(form)
			if err != nil {
				t.Fatal(form)
			}
			for _, format := range []int16{formatText, formatBinary} {
				if out, err := must(name).Wire(nil, in, format, nil); err == nil || stateOf(t, err) != codeStored {
					t.Errorf("%s: %s came out as %q (%v)", name, form, out, err)
				}
			}
		}
	}
}
