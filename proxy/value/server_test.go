package value

import (
	"fmt"
	"strconv"
	"testing"
)

// must is a type by its name.
func must(name string) Type {
	t, err := ParseType(name)
	if err != nil {
		panic(err)
	}
	return t
}

// generators makes text forms of every type.
var generators = []struct {
	types []string
	text  func(r random) string
}{
	{[]string{"text", "varchar", "varchar(4)", "varchar(20)"}, func(r random) string { return r.text(24) }},
	{[]string{"bytea"}, func(r random) string {
		if r.IntN(2) == 0 {
			return string(appendByteaEscaped(nil, r.bytes(20)))
		}
		return fmt.Sprintf(pick(r, `\x%x`, `\x%X`, `\x% x`), r.bytes(20))
	}},
	{[]string{"smallint"}, func(r random) string { return pick(r, "", " ", "+") + strconv.FormatInt(r.integer(16), 10)[0:] }},
	{[]string{"integer"}, func(r random) string { return strconv.FormatInt(r.integer(34), 10) }},
	{[]string{"bigint"}, func(r random) string { return strconv.FormatInt(r.integer(64), 10) + pick(r, "", " ", "0") }},
	{[]string{"numeric", "numeric(10,2)", "numeric(5,0)", "numeric(3,5)", "numeric(4,-3)", "numeric(38,10)", "numeric(1000,900)"},
		func(r random) string { return r.numeric() }},
	{[]string{"boolean"}, func(r random) string {
		return pick(r, "t", "F", "tru", "yes", "n", "on", "off", "of", "1", "0", " true ", "o", "y", "fals", "falsee")
	}},
	{[]string{"uuid"}, func(r random) string { return r.uuid() }},
	{[]string{"date"}, func(r random) string { return pick(r, r.date(), r.timestamp()) }},
	{[]string{"timestamp", "timestamp(0)", "timestamp(3)", "timestamptz", "timestamptz(2)", "timestamptz(6)"},
		func(r random) string { return r.timestamp() }},
	{[]string{"json", "jsonb"}, func(r random) string { return r.json(4) }},
	{[]string{"time", "time(0)", "time(3)"}, func(r random) string { return r.clock() + pick(r, "", "", r.offset()) }},
	{[]string{"timetz", "timetz(2)"}, func(r random) string { return r.clock() + r.offset() }},
	{[]string{"interval", "interval(0)", "interval(3)"}, func(r random) string { return r.interval() }},
	{[]string{"real"}, func(r random) string { return r.float(32) }},
	{[]string{"double precision"}, func(r random) string { return r.float(64) }},
	{[]string{"char(1)", "char(4)", "bpchar"}, func(r random) string { return r.text(6) + pick(r, "", " ", "   ") }},
	{[]string{"inet", "cidr"}, func(r random) string { return r.inet() }},
	{[]string{"macaddr"}, func(r random) string { return r.mac(6) }},
	{[]string{"macaddr8"}, func(r random) string { return r.mac(pick(r, 6, 8)) }},
	{[]string{"text[]", "varchar(4)[]", "char(3)[]"}, func(r random) string { return r.array(func() string { return r.text(3) }) }},
	{[]string{"integer[]", "bigint[]", "numeric[]", "numeric(10,2)[]"}, func(r random) string { return r.array(func() string { return strconv.Itoa(r.IntN(2000) - 1000) }) }},
	{[]string{"bytea[]"}, func(r random) string { return r.array(func() string { return fmt.Sprintf(`\x%x`, r.bytes(3)) }) }},
	{[]string{"boolean[]"}, func(r random) string { return r.array(func() string { return pick(r, "t", "f", "yes") }) }},
	{[]string{"timestamptz[]", "date[]"}, func(r random) string { return r.array(r.timestamp) }},
	{[]string{"interval[]"}, func(r random) string { return r.array(r.interval) }},
	{[]string{"double precision[]"}, func(r random) string { return r.array(func() string { return r.float(64) }) }},
	{[]string{"uuid[]", "jsonb[]", "inet[]"}, func(r random) string { return r.array(func() string { return pick(r, r.uuid(), r.inet(), "[1, 2]") }) }},
}

// sessions are the settings under which the comparison is made.
var sessions = []Settings{
	{TimeZone: "UTC", DateStyle: "ISO, MDY", ByteaOutput: "hex"},
	{TimeZone: "Europe/Berlin", DateStyle: "ISO, DMY", ByteaOutput: "escape", IntervalStyle: "postgres_verbose", ExtraFloatDigits: "3"},
	{TimeZone: "America/St_Johns", DateStyle: "ISO, YMD", ByteaOutput: "hex", IntervalStyle: "sql_standard", ExtraFloatDigits: "0"},
	{TimeZone: "Australia/Lord_Howe", DateStyle: "ISO", ByteaOutput: "hex", IntervalStyle: "iso_8601", ExtraFloatDigits: "-4"},
	{TimeZone: "<+0530>-05:30", DateStyle: "ISO", ByteaOutput: "hex", ExtraFloatDigits: "-15"},
}

const valuesPerType = 200

// The text form, and then the server's binary form of the same value, give the same stored value or the same refusal as
// in the server.
func TestValuesMatchServer(t *testing.T) {
	o := newOracle(t)
	for i, s := range sessions {
		s.Zones = new(Zones)
		o.set(s)
		r := newRandom(uint64(i))
		for _, g := range generators {
			for _, name := range g.types {
				typ := must(name)
				for range valuesPerType {
					text := []byte(g.text(r))
					o.compare(typ, text, 0, formatText)
					if v := o.assign(typ, text, 0, formatText); v.code == "" {
						o.compare(typ, v.binary, typ.OID, formatBinary)
						o.compare(typ, v.text, 0, formatText)
					}
				}
			}
		}
	}
}

// Whatever is accepted here is accepted by the server and means the same there, also for text that is not quite right.
func TestMutationsNeverMeanSomethingElse(t *testing.T) {
	o := newOracle(t)
	o.set(Settings{TimeZone: "Europe/Berlin", DateStyle: "ISO, DMY", ByteaOutput: "hex", Zones: new(Zones)})
	r := newRandom(99)
	accepted := 0
	for _, g := range generators {
		for _, name := range g.types {
			typ := must(name)
			for range valuesPerType * 3 {
				text := []byte(r.mutate(g.text(r)))
				got := o.ours(typ, text, 0, formatText)
				if got.code != "" {
					continue
				}
				accepted++
				if want := o.assign(typ, text, 0, formatText); string(want.text) != string(got.text) || want.code != "" {
					t.Errorf("%s <- %q: ours %v, the server's %v", name, text, got, want)
				}
			}
		}
	}
	if accepted < 1000 {
		t.Errorf("only %d mutated values were accepted: the test says little", accepted)
	}
}
