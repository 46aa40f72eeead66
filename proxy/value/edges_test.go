package value

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"
)

// edges are text forms at and beyond the limits of each type. The server decides about each of them.
var edges = map[string][]string{
	"text":       {"", " ", "\xff", "a\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80", "a\x00b", "\x00", "\U0010ffff", "\ufeffx"},
	"varchar(3)": {"", "abc", "abcd", "abc   ", "abc  x", "ähö", "ähöü", "😀😀😀", "😀😀😀 ", "   ", "    ", "abc\t"},
	"bytea": {"", `\x`, `\x0`, `\x0g`, `\xg0`, `\x 00 ff`, `\x0 0`, `\X00`, `\\`, `\`, `\1`, `\12`, `\123`, `\400`, `\377`, `\389`, `a\\b`, `\x00\`,
		"\xff", "ä", "\\x00\n01", "\\x00\v01", `\x00-`},
	"smallint": {"32767", "32768", "-32768", "-32769", "+5", "--5", "", " ", "-", "+", " 7 ", "7 7", "0x10", "1_000", "1.0", "1e3", "٣", "99999x", "\v8\f", "007", "-0", "\xff"},
	"integer":  {"2147483647", "2147483648", "-2147483648", "-2147483649", "99999999999999999999x", "12a", "\xa07"},
	"bigint":   {"9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "", "9223372036854775807x"},
	"numeric": {"", ".", "-", "+.", "1.", ".1", "1e", "1e+", "1e5", "1E-5", "1e5 ", "1 e5", "--1", "0x1", "1_0", "nan", " NaN ", "NaN1", "+nan", "-nan", "inf", "+Inf", "-inf ", "infinit", "Infinity",
		"-0", "-0.00", "00012.50", "0e-16383", "0e-16384", "0e200000", "1e131071", "1e131072", "1e-16383", "1e-16384", "1e1073741822", "1e1073741823", "1e99999999999", "-1e99999999999", "1e-99999999999",
		"1e99999999999x", "1.2.3", "1,5", strings.Repeat("9", 131072), strings.Repeat("9", 131073), "." + strings.Repeat("3", 16383), "." + strings.Repeat("3", 16384), "1\x00", "\xff"},
	"numeric(5,2)":  {"999.99", "999.994", "999.995", "-999.995", "1000", "0.005", "-0.005", "0.004999", "-0.004", "NaN", "inf", "-inf", "1e2", "1e3", "1e-1000000000", "99.9950", "9.995", "0.995", "1e-20000"},
	"numeric(2,-2)": {"49", "50", "150", "-150", "9949", "9950", "99999", "0", "5e1"},
	"numeric(2,4)":  {"0.0099", "0.00994", "0.00995", "0.01", "0.00004", "0.00005", "0"},
	"boolean":       {"", " ", "t", "T", "tr", "TRUE", "truee", "y", "yes", "ye", "o", "on", "of", "off", "offf", "1", "0", "10", "01", "2", " t ", "null", "\tno\n"},
	"uuid": {"", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", "a0eebc999c0b4ef8bb6d6bb9bd380a11", "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11",
		"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111", "a0eebc99--9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc9-99c0b-4ef8-bb6d-6bb9bd380a11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
		"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", " a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 ", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g", "a0eebc999c0b4ef8bb6d6bb9bd380a11-", "{}"},
	"date": {"", "2024-05-31", " 2024-05-31 ", "2024-5-3", "2024-00-01", "2024-13-01", "2024-01-00", "2024-01-32", "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "0001-02-29 BC", "0005-02-29 BC", "0000-01-01",
		"4714-11-24 BC", "4714-11-23 BC", "9999-01-01 BC", "5874897-12-31", "5874898-01-01", "99999999999-01-01", "infinity", "-infinity", "INFINITY", "epoch", "2024-05-31 24:00:00", "2024-05-31 24:00:01", "2024-05-31T10:00:00Z",
		"2024-05-31 AD", "2024-05-31 bc", "02024-05-31", "2024-05-31 10:00:00+16", "+infinity", "inf", "nonsense", "2024-05-31\x00",
		"2024-05-31 +00", "2024-05-31 -05:30", "2024-05-31 +16", "2024-05-31 +", "2024-05-31 +00 BC", "2024-05-31T+00"},
	"timestamp": {"2024-05-31 +02", "2024-05-31 23:59:60", "2024-05-31 23:59:60.5", "2024-05-31 12:59:60.5", "2024-05-31 12:59:61", "2024-05-31 24:00", "2024-05-31 25:00", "2024-05-31 12:60", "2024-05-31 12:00:00.9999994", "2024-05-31 12:00:00.9999995",
		"2024-05-31 12:00:00.0000005", "2024-05-31 12:00:00.0000015", "2024-05-31 12:00:00.", "2024-05-31 12:00:00+02", "294276-12-31 23:59:59.999999", "294277-01-01", "4714-11-24 00:00:00 BC", "4714-11-23 23:59:59 BC",
		"2024-05-31t12:00:00", "2024-05-31  1:2:3", "2024-05-31 12", "2024-05-31T12", "infinity", "epoch", "2024-05-31 12:00:00 +15:59:59", "2024-05-31 12:00:00 +16", "2024-05-31 12:00:00+5", "2024-05-31 12:00:00-530",
		"2024-05-31 12:00:00 Nowhere/Atall", "2024-05-31 12:00:00+02:60", "1999-12-31 23:59:59.9999995", "5874897-01-01", "2024-05-31 12:00:00 xyz/"},
	"timestamp(0)": {"1999-12-31 23:59:59.5", "2024-01-01 00:00:00.5", "1969-12-31 23:59:59.5", "1999-12-31 23:59:58.5", "294276-12-31 23:59:59.6", "infinity"},
	"timestamptz": {"2024-05-31 +02", "2024-05-31 -0730", "0044-03-15 +02 BC", "2024-03-31 02:30:00", "2024-10-27 02:30:00", "2024-03-31 02:00:00", "2024-03-31 03:00:00", "2024-10-27 02:00:00", "2024-10-27 03:00:00", "2024-10-27 01:59:59.999999", "1893-04-01 00:03:00",
		"1893-04-01 00:06:31", "1800-01-01", "4714-11-24 00:00:00+00 BC", "4714-11-24 00:00:00+01 BC", "4714-11-24 00:00:00-01 BC", "4714-11-23 23:30:00-01 BC", "294276-12-31 23:59:59-01", "294276-12-31 23:59:59+01", "294277-01-01 00:30:00+01",
		"2024-05-31 12:00 America//New_York", "2024-05-31 12:00 America/New_York", "2024-11-03 01:30:00 America/New_York", "2024-05-31 12:00Z", "2024-05-31 12:00 z", "2024-05-31 12:00:00 UTC", "0044-03-15 12:00:00 BC", "epoch", "2500-07-01 12:00", "9999-07-01 12:00:00"},
	"json": {"", " ", "{", "[1,]", `{"a":1,}`, "01", "1.", ".5", "-", "+1", "1e", "nan", "truex", "true false", "\"a\tb\"", "\"\x7f\"", `"\ud800"`, `"\u0000"`, `"\u12g4"`, `"\u123`, `"\x"`, `"\`, `"abc`, "{a:1}", `{"a" 1}`, `{"a":}`, "1 1", "[]]", "1a", "-01", "- 1",
		"\ufeff1", `{"b":1,"a":2}`, " [ 1 , 2 ] ", strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "\"\xff\"", "\v1", "1e999999", `"\U0041"`, "'a'", "[1 2]", "[,1]", "{,}", `{1:2}`, "nul", "[", `["a"`, "tru", "-a"},
	"jsonb": {"", "01", `"\ud800"`, `"\ude00"`, `"\ud83d\ude00"`, `"\ud83dx"`, `"\ud83d\u0041"`, `"\ud83d\ud83d\ude00"`, `"\u0000"`, `{"\u0000":1}`, `"\ufffd\uffff"`, "-0", "-0.00", "1.10", "1e5", "1E-3", "1e131071", "1e131072", "1e-16384", "1e99999999999",
		`{"b":1,"a":2,"b":3,"":4,"aa":5}`, `{"a":{"b":1,"a":2},"a":{"z":1,"y":2}}`, `[{"b":[{"d":1,"c":2}],"a":1}]`, `{"\u0061":1,"a":2}`, `{"é":1,"zz":2,"z":3}`, `"\u001f\u007f\/\b\f\n\r\t\"\\"`, "[]", "{}", "[ ]", "{ }", "null", `""`,
		strings.Repeat("[", 5000) + strings.Repeat("]", 5000), strings.Repeat(`{"b":1,"a":`, 4000) + "0" + strings.Repeat("}", 4000), "nan", "[1,", `{"a":1e}`},
	"time": {"", " ", "00:00", "24:00", "24:00:00.000001", "24:01", "23:59:60", "23:59:60.5", "12:60", "12:00:61", "12:00:00.9999995", "23:59:59.9999995", "1:2", "1:2:3.", "12:00:00+16", "12:00:00-15:59:59", "12:00Z", "12:00 z", "25:00", "12:00x", "noon",
		"12:00\x00", "\xff", "12:00:00+", "-1:00"},
	"time(0)":   {"23:59:59.5", "12:00:00.4999999", "12:00:00.5", "12:59:59.9"},
	"timetz":    {"", "12:00+02", "12:00:00.5-00", "12:00-15:59:59", "12:00+15:59:59", "12:00+16", "24:00Z", "12:00+0230", "12:00 +02:30", "12:00+2", "12:00+60", "12:00:00+02:60"},
	"timetz(1)": {"23:59:59.95Z", "12:00:00.05+01:00:30"},
	"interval": {"", " ", "0", "@ 0", "1 2", "@", "ago", "@ ago", "1 day ago", "1 days 1 day", "1 fortnight", "1.5 secs", "1.0000001 secs x", "-0.5 sec", "-00:00:00.5", "00:60", "00:00:61", "00:59:60", "1:2:3:4", "1-12", "1-11", "-1-11", "1-2-3",
		"2147483647 days", "2147483648 days", "-2147483648 days", "-2147483649 days", "178956970 years 7 mons", "178956970 years 8 mons", "-178956970 years -8 mons", "-178956970 years -9 mons", "2147483648 years", "2562047788:00:54.775807", "2562047788:00:54.775808", "9223372036855 secs", "99999999999999999999 secs", "P1Y2M3W4DT5H6M7.8S", "P", "P1S", "PT1Y", "P-1Y-2M", "PT1.5S", "PT-0.5S", " P1D", "P1D ", "p1d", "P1W", "P306783379W", "P2147483648D", "1 day 2:03", "2:03 1 day",
		"1 2:03", "1 2 3:04", "1-2 3 4:05:06", "1 hour 2:03", "+1 day", "1 day\x00", "\xff", "1 DAYS", "1 Mons", "1 months", "1 hours 2 minutes 3 seconds", "-1 2:03", "-1-2 3 4:05"},
	"interval(0)": {"0.5 secs", "-0.5 secs", "1 day 0.4 secs", "99.5 secs"},
	"real":        {"", " ", "1", " 1.5 ", "1e38", "3.4028235e38", "3.4028236e38", "1e39", "1e-45", "7e-46", "1e-46", "0e-99", "-0", "NaN", "nan", "+inf", "-inf", "Infinity", "infinit", "1,5", "1e", "e5", ".", "1.", ".5", "--1", "0.1", "16777217", "1e+5", "1_0", "1\x00", "\xff"},
	"double precision": {"", "1.7976931348623157e308", "1.7976931348623159e308", "1e309", "5e-324", "2e-324", "1e-400", "0.1", "1e15", "123456789012345", "1234567890123456", "0.0001", "0.00001", "1e23", "9007199254740993", "-0.0", "2.2250738585072014e-308", "1e-5", "100000000000000000000",
		"0." + strings.Repeat("3", 400), strings.Repeat("9", 308), "1e99999999999", "0e99999999999"},
	"char(3)":  {"", "a", "abc", "abcd", "abc   ", "ä", "ähö", "ähöü", "😀😀😀 ", "   ", "    ", "a\t", "\xff", "a\x00", "ab\u00a0"},
	"bpchar":   {"", " ", "a  ", "\xff"},
	"inet":     {"", "1.2.3.4", "1.2.3.4/0", "1.2.3.4/32", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/", "256.1.1.1", "1.2.3.4.5", "::", "::/0", "::1/128", "::1/129", ":::", "1::2::3", "fe80::1%eth0", "::ffff:1.2.3.4", "::1.2.3.4", "1:2:3:4:5:6:7:8:9", "g::", " 1.2.3.4", "1.2.3.4 ", "a", "1.2.3.4/x", "::/1x", "\xff"},
	"cidr":     {"", "1.2.3.4", "10.0.0.0/8", "10.0.0.1/8", "10.0.0.0/33", "::/0", "::1/64", "fe80::/10", "fe80::/9", "224.0.0.1", "0.0.0.0/0", "128.0.0.0/1", "192.0.0.0/1"},
	"macaddr":  {"", "08:00:2b:01:02:03", "08-00-2b-01-02-03", "08002b:010203", "08002b-010203", "0800.2b01.0203", "0800-2b01-0203", "08002b010203", "08:00:2b:01:02", "08:00:2b:01:02:03:04", "08:00:2b:01:02:0g", "08:00-2b:01:02:03", " 08002b010203 ", "0800:2b01:0203", "\xff"},
	"macaddr8": {"", "08:00:2b:01:02:03", "08:00:2b:01:02:03:04:05", "08002b0102030405", "0800.2b01.0203.0405", "08002b01:02030405", "08:00:2b:01:02:03:04", "08:00:2b:01:02:03:04:05:06", "08002b010203", "x"},
	"text[]": {"", "{}", "{a}", "{a,b", "a,b}", "{a}}", "{{a},{b,c}}", "{{a},b}", "{a,{b}}", "{{{{{{a}}}}}}", "{{{{{{{a}}}}}}}", "[1:2]={a,b}", "[1:3]={a,b}", "[2:1]={a}", "[0:1][1:1]={{a},{b}}", "[1:1]={{a}}", "[1:2]{a,b}", "[a:b]={a}", "[2147483646:2147483647]={a,b}", "[2147483645:2147483646]={a,b}", "[-2147483648:-2147483647]={a,b}",
		`{""}`, `{"a\"b","c\\d","e{}f,g"}`, `{null,NULL,"null"}`, `{a"b"}`, `{"a"b}`, "{a\\,b}", "{ a b , c }", "{\xff}", "{a\x00}", "{é}", " {a} ", "{,}", "{a,}", "{é,NULL}"},
	"integer[]":     {"{1,2}", "{1,x}", "{1,2147483648}", "{{1,2},{3,4}}", "{1.5}", `{"1"," 2 "}`, "{1,NULL}", `{""}`},
	"varchar(2)[]":  {"{ab,abc}", `{"ab  ",a}`, "{{ab},{ä}}"},
	"timestamptz[]": {`{"2024-05-31 12:00",infinity}`, "{2024-05-31}", "{yesterday1}"},
}

// narrower are text forms that the server reads and this package does not, so as never to guess. The hint says what is read.
var narrower = map[string][]string{
	"interval": {"1", "-1", "1.5 days", "1 day ago ago", "PT", "P1", "P1YT", "P1M1Y", "P1Y1Y", "PT1.S", "PT1.0000001S", "1 year 1-2", "+ 1 day", "P0001-02-03T04:05:06", "1 century", "1.0000001 secs", "1y", "1d 2h"},
	"time":     {"12::00", "040506", "04:05 PM", "noon", "12:00 Europe/Berlin", "2024-05-31 12:00", "now", "allballs"},
	"timetz":   {"12:00 CET", "12:00", "now", "2024-05-31 12:00 Europe/Berlin"},
	"real":     {"0x1p3", "-nan", "nan(1)"}, "double precision": {"0x10", "+NaN"},
	"inet": {"10.1/16", "10"}, "cidr": {"10", "10.1", "192.168/16"},
	"macaddr8": {"08002b01020304050", "08002b:0102030405"}, "macaddr": {"8:0:2b:1:2:3"},
	"text[]": {"{{}}", "[2]={a,b}", "[1:1] = {a}"},
	"date":   {"31.05.2024", "today", "January 8, 1999", "99-01-08"}, "timestamptz": {"2024-05-31 12:00 CET"},
}

func TestNarrowerFormsAreRefused(t *testing.T) {
	s := &Settings{TimeZone: "Europe/Berlin"}
	for name, texts := range narrower {
		for _, text := range texts {
			_, err := must(name).Canonical(nil, []byte(text), 0, formatText, s)
			e, ok := err.(*Error)
			if !ok || e.Code != codeDateSyntax && e.Code != codeSyntax || e.Hint == "" {
				t.Errorf("%s %q: %v", name, text, err)
			}
		}
	}
}

func TestEdgesMatchServer(t *testing.T) {
	o := newOracle(t)
	o.set(Settings{TimeZone: "Europe/Berlin", DateStyle: "ISO, DMY", ByteaOutput: "hex", Zones: new(Zones)})
	for name, texts := range edges {
		for _, text := range texts {
			o.compare(must(name), []byte(text), 0, formatText)
			if name == "text" || name == "varchar(3)" {
				o.compare(must(name), []byte(text), 0, formatBinary)
			}
		}
	}
}

// binaryEdges are binary forms, in hex.
var binaryEdges = map[string][]string{
	"text":      {"", "61", "ff", "6100"},
	"bytea":     {"", "00ff"},
	"smallint":  {"", "00", "7fff", "8000", "000000"},
	"integer":   {"000000", "7fffffff", "80000000", "0000000000"},
	"bigint":    {"7fffffffffffffff", "8000000000000000", "00"},
	"boolean":   {"", "00", "01", "02", "ff", "0000"},
	"uuid":      {"", "a0eebc999c0b4ef8bb6d6bb9bd380a11", "a0eebc999c0b4ef8bb6d6bb9bd380a", "a0eebc999c0b4ef8bb6d6bb9bd380a1100"},
	"date":      {"", "00000000", "7fffffff", "80000000", "80000001", "7ffffffe", "ffda97a7", "ffda97a6", "7fda95cc", "7fda95cd", "0000000000"},
	"timestamp": {"", "0000000000000000", "7fffffffffffffff", "8000000000000000", "8000000000000001", "fd0f7fef54ac8000", "fd0f7fef54ac7fff", "7fffff5b3b600000", "7fffff5b3b5fffff"},
	"numeric": {"", "0000000000000000", "0001000000000000", "00010000000000000001", "00010000400000000001", "00010000800000000001", "0001000000000000270f", "00010000000000002710", "0001000000000000ffff", "0000000000004000",
		"0000000000003fff", "0002000000000001000c1388", "0002000000000002000c1388", "00020000000000000001", "0001ffff00000001270f", "0001ffff40000000270f", "00017fff000000000001", "00018000000000000001", "000180000000000a0001",
		"00000000c0000000", "00000000d0000000", "00000000f0000000", "0000000012340000", "00000005000000000000", "000100000000000000010000", "000300000000000200000000000100", "0003000100000002000000000001"},
	"numeric(5,2)":     {"0002000000000003000c1388", "00020000000000040009264c", "00000000d0000000", "00000000c0000000", "000100010000000003e8"},
	"time":             {"", "0000000000000000", "000000141dd76000", "000000141dd76001", "ffffffffffffffff", "00000000000000"},
	"timetz":           {"", "000000000000000000000000", "000000141dd76000ffff1f01", "00000000000000000000e100", "00000000000000000000e100", "00000000000000000000e0ff", "0000000000000000ffff1f00", "000000000000000000000000ff"},
	"interval":         {"", "00000000000000000000000000000000", "8000000000000000800000008000000000", "80000000000000007fffffff7fffffff", "7fffffffffffffff8000000080000000", "000000000000000000000000ffffffff"},
	"real":             {"", "7fc00000", "ffc00001", "7f800000", "80000000", "00000001", "4b800001", "000000"},
	"double precision": {"", "7ff8000000000000", "fff8000000000001", "fff0000000000000", "8000000000000000", "0000000000000001", "44b52d02c7e14af6", "4340000000000001"},
	"char(3)":          {"", "61", "61626364", "61622020", "ff", "6100"},
	"inet":             {"", "02", "0220000401020304", "0221000401020304", "0420000401020304", "0220010401020304", "0220001001020304", "02200004010203", "022000040102030405", "03800010" + "00000000000000000000000000000001"},
	"cidr":             {"0208010401020304", "020801040a000000", "0208000a0a000000", "020800040a000000"},
	"macaddr":          {"", "08002b010203", "08002b01020304", "08002b0102"},
	"macaddr8":         {"", "08002b010203", "08002b01020304", "08002b0102030405", "08002b010203040506"},
	"text[]": {"", "000000000000000000000019", "000000010000000000000019" + "0000000000000001", "000000010000000000000019" + "0000000100000001" + "0000000161", "000000010000000000000019" + "0000000100000001" + "ffffffff", "000000010000000100000019" + "0000000100000001" + "0000000161",
		"000000010000000000000019" + "000000017fffffff" + "0000000161", "000000010000000000000019" + "000000017ffffffe" + "0000000161", "000000010000000000000017" + "0000000100000001" + "0000000161", "000000070000000000000019", "000000010000000200000019" + "0000000000000001", "000000010000000000000019" + "ffffffff00000001",
		"000000010000000000000019" + "7fffffff00000001", "000000010000000000000019" + "0000000100000001" + "0000000261", "000000010000000000000019" + "0000000100000001" + "fffffffe61", "000000010000000000000019" + "0000000100000001" + "000000016161", "000000020000000000000019" + "0000000100000001" + "0000000000000001", "00000001000000000000001900000001"},
	"jsonb": {"", "01", "0131", "0231", "01ff", "017b22623a317d"},
	"json":  {"", "31", "ff", "3100"},
}

func TestBinaryEdgesMatchServer(t *testing.T) {
	o := newOracle(t)
	r := newRandom(3)
	for name, forms := range binaryEdges {
		for _, form := range forms {
			in, err := hex.DecodeString(form)
			if err != nil {
				t.Fatal(name, form, err)
			}
			typ := must(name)
			if name == "jsonb" && form == "0231" { // the server reports its internal error here
				if got := o.ours(typ, in, typ.OID, formatBinary); got.code != codeBinary {
					t.Errorf("jsonb version 2: %v", got)
				}
				continue
			}
			o.compare(typ, in, typ.OID, formatBinary)
		}
	}
	for range 3000 { // well-formed headers, random digits
		in := r.bytes(24)
		if len(in) >= numericHeader {
			copy(in, []byte{0, byte((len(in) - numericHeader) / 2), byte(-r.IntN(2)), byte(r.IntN(6)), pick(r, byte(0), 0x40), 0, byte(r.IntN(2)), byte(r.IntN(20))})
			if in[2] == 0xff {
				in[3] = byte(0xf0 + r.IntN(16))
			}
			for i := numericHeader; i < len(in); i += 2 {
				in[i] = byte(r.IntN(0x29))
			}
		}
		o.compare(must(pick(r, "numeric", "numeric(10,2)", "numeric(20,10)")), in, OIDNumeric, formatBinary)
	}
}

// No error, of any edge or of a random value, may show a piece of the value.
func TestErrorsDoNotShowTheValue(t *testing.T) {
	secret := "Zx9Zx9Zx9"
	for name := range edges {
		for _, in := range []string{secret, "1" + secret, "2024-01-01 " + secret, `{"` + secret, `{"a":"` + secret + `\x`, `\x` + secret, "12:00 " + secret + "/X", "2024-01-01 10:00 " + secret + "/X"} {
			typ := must(name)
			for _, oid := range []uint32{0, OIDText, OIDNumeric, OIDFloat8, OIDDate, OIDJSONB, 600} {
				for _, format := range []int16{0, 1, 7} {
					_, err := typ.Canonical(nil, []byte(in), oid, format, nil)
					checkSilent(t, err, secret)
				}
			}
			_, err := typ.Wire(nil, []byte(in), formatText, &Settings{TimeZone: secret, DateStyle: secret})
			checkSilent(t, err, secret)
			checkSilent(t, typ.EachElement([]byte("{"+in), 0, formatText, func([]byte) error { return nil }), secret)
		}
	}
}

func checkSilent(t *testing.T, err error, secret string) {
	t.Helper()
	if err == nil {
		return
	}
	e := err.(*Error)
	if strings.Contains(e.Error()+e.Hint, secret) {
		t.Errorf("the error shows the value: %v %s", e, e.Hint)
	}
	if e.Code == "" || e.Message == "" || e.SQLState() != e.Code {
		t.Errorf("error without code or message: %#v", e)
	}
}

// On error, dst comes back as it was.
func TestErrorLeavesDst(t *testing.T) {
	prefix := []byte("prefix")
	for name := range edges {
		typ := must(name)
		for _, in := range edges[name] {
			for _, f := range []func() ([]byte, error){
				func() ([]byte, error) { return typ.Canonical(prefix, []byte(in), 0, formatText, nil) },
				func() ([]byte, error) { return typ.Canonical(prefix, []byte(in), 0, formatBinary, nil) },
				func() ([]byte, error) { return typ.Wire(prefix, []byte(in), formatText, nil) },
				func() ([]byte, error) { return typ.Wire(prefix, []byte(in), formatBinary, nil) },
			} {
				out, err := f()
				if !bytes.HasPrefix(out, prefix) || err != nil && len(out) != len(prefix) {
					t.Fatalf("%s of %q: dst came back as %q (%v)", name, clip([]byte(in)), clip(out), err)
				}
			}
		}
	}
}

// A few bytes must not grow into gigabytes, and depth must not cost more than length.
func TestHostileJSON(t *testing.T) {
	typ := must("jsonb")
	_, err := typ.Canonical(nil, []byte("["+strings.Repeat("1e131071,", 2000)+"1]"), 0, formatText, nil)
	if err == nil || stateOf(t, err) != codeLimit {
		t.Errorf("2000 numbers of 131072 digits: %v", err)
	}
	for _, name := range []string{"numeric[]", "jsonb[]"} {
		_, err = must(name).Canonical(nil, []byte("{"+strings.Repeat("1e131071,", 2000)+"1}"), 0, formatText, nil)
		if err == nil || stateOf(t, err) != codeLimit {
			t.Errorf("%s of 2000 numbers of 131072 digits: %v", name, err)
		}
	}
	number := []byte{0, 1, 0x7f, 0xff, 0, 0, 0, 0, 0, 1} // 1e131068
	elements := make([][]byte, 2000)
	for i := range elements {
		elements[i] = number
	}
	_, err = must("numeric[]").Canonical(nil, AppendArray(nil, OIDNumeric, elements), 1231, formatBinary, nil)
	if err == nil || stateOf(t, err) != codeLimit {
		t.Errorf("2000 binary numbers of 131069 digits: %v", err)
	}
	for _, name := range []string{"json", "jsonb"} {
		_, err = must(name).Canonical(nil, bytes.Repeat([]byte("["), 1<<20), 0, formatText, nil)
		if err == nil || stateOf(t, err) != codeTooComplex {
			t.Errorf("%s, a million brackets: %v", name, err)
		}
	}
	deep := strings.Repeat(`{"bb":1,"a":`, 4900) + `"` + strings.Repeat("x", 1<<20) + `"` + strings.Repeat("}", 4900)
	out, err := typ.Canonical(nil, []byte(deep), 0, formatText, nil)
	if err != nil || !bytes.HasPrefix(out, []byte(`{"a": {"a": {"a": `)) || !bytes.HasSuffix(out, []byte(`x", "bb": 1}`+strings.Repeat(`, "bb": 1}`, 4899))) {
		t.Errorf("objects in objects out of order: %.40q ... (%v)", out, err)
	}
}
