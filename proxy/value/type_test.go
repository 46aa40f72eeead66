package value

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

var allTypes = []string{"text", "varchar", "varchar(20)", "bytea", "smallint", "integer", "bigint", "numeric", "numeric(10,2)", "numeric(5,0)", "numeric(3,-2)", "numeric(2,5)", "numeric(1000,1000)", "numeric(1000,-1000)",
	"boolean", "date", "timestamp", "timestamp(3)", "timestamptz", "timestamptz(0)", "uuid", "json", "jsonb",
	"time", "time(3)", "timetz", "timetz(0)", "interval", "interval(2)", "real", "double precision", "char(1)", "char(20)", "bpchar", "inet", "cidr", "macaddr", "macaddr8"}

// arrayTypes are those whose element is one of the above.
var arrayTypes = []string{"text[]", "varchar(20)[]", "bpchar[]", "char(3)[]", "bytea[]", "smallint[]", "integer[]", "bigint[]", "numeric[]", "numeric(10,2)[]", "boolean[]", "date[]", "timestamp(3)[]", "timestamptz[]",
	"uuid[]", "json[]", "jsonb[]", "time[]", "timetz[]", "interval(2)[]", "real[]", "double precision[]", "inet[]", "cidr[]", "macaddr[]", "macaddr8[]"}

// The catalogue of the server agrees on OIDs, modifiers, lengths, array types and names.
func TestTypesMatchServer(t *testing.T) {
	o := newOracle(t)
	every := append(append([]string(nil), allTypes...), arrayTypes...)
	o.exec(`create temp table every_type ("` + strings.Join(columns(every), `, "`) + ")")
	rows := o.exec(`select attname, atttypid, atttypmod, format_type(atttypid, atttypmod), typlen, typarray
		from pg_attribute join pg_type t on t.oid = atttypid where attrelid = 'every_type'::regclass and attnum > 0 order by attnum`)
	if len(rows) != len(every) {
		t.Fatalf("%d columns", len(rows))
	}
	for _, row := range rows {
		name := string(row[0])
		typ := must(name)
		want := Type{OID: uint32(number(t, row[1])), Typmod: int32(number(t, row[2]))}
		if typ != want {
			t.Errorf("%s: ours %+v, the server's %+v", name, typ, want)
		}
		if again, err := ParseType(string(row[3])); again != want || err != nil {
			t.Errorf("%s: the server's name %s is read as %+v (%v)", name, row[3], again, err)
		}
		if typ.Name() != name {
			t.Errorf("%s: name %s", name, typ.Name())
		}
		_, isArray := typ.Element()
		if int(typ.Len()) != number(t, row[4]) || int(typ.ArrayOID()) != number(t, row[5]) || !isArray && ElementOID(typ.ArrayOID()) != typ.OID {
			t.Errorf("%s: length %d, array type %d; the server's %s, %s", name, typ.Len(), typ.ArrayOID(), row[4], row[5])
		}
		if !Supported(typ.OID) || typ.Family() == "" {
			t.Errorf("%s is not supported", name)
		}
	}
	for oid, array := range map[uint32]string{OIDFloat4: "float4[]", OIDFloat8: "float8[]", OIDBpchar: "bpchar[]"} {
		got := number(t, o.exec(fmt.Sprintf("select '%s'::regtype::oid", array))[0][0])
		if ElementOID(uint32(got)) != oid {
			t.Errorf("element of %s is %d", array, ElementOID(uint32(got)))
		}
	}
}

func columns(types []string) []string {
	list := make([]string, len(types))
	for i, name := range types {
		list[i] = name + `" ` + name
	}
	return list
}

func number(t *testing.T, text []byte) int {
	t.Helper()
	n, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Families are part of every sealed value: none may ever change.
func TestFamiliesAreFrozen(t *testing.T) {
	for name, want := range map[string]struct {
		family                  string
		deterministic, textlike bool
	}{
		"text": {"text", true, true}, "varchar(7)": {"text", true, true}, "varchar": {"text", true, true},
		"bytea": {"bytea", true, false}, "smallint": {"integer", true, false}, "integer": {"integer", true, false}, "bigint": {"integer", true, false},
		"numeric": {"numeric", false, false}, "numeric(10,2)": {"numeric", true, false}, "boolean": {"boolean", true, false},
		"date": {"date", true, false}, "timestamp": {"timestamp", true, false}, "timestamptz(3)": {"timestamptz", true, false},
		"uuid": {"uuid", true, false}, "json": {"json", false, false}, "jsonb": {"jsonb", false, false},
		"time(3)": {"time", true, false}, "timetz": {"timetz", false, false}, "interval": {"interval", false, false}, "real": {"float4", false, false}, "double precision": {"float8", false, false},
		"char(3)": {"char", false, true}, "bpchar": {"char", false, true}, "inet": {"inet", true, false}, "cidr": {"cidr", true, false}, "macaddr": {"macaddr", true, false}, "macaddr8": {"macaddr8", true, false},
		"text[]": {"text[]", false, false}, "varchar(3)[]": {"text[]", false, false}, "smallint[]": {"integer[]", false, false}, "numeric(9,2)[]": {"numeric[]", false, false}, "real[]": {"float4[]", false, false},
	} {
		typ := must(name)
		if typ.Family() != want.family || typ.Deterministic() != want.deterministic || typ.TextPhysical() != want.textlike {
			t.Errorf("%s: family %q, deterministic %t, text %t", name, typ.Family(), typ.Deterministic(), typ.TextPhysical())
		}
	}
}

func TestParseTypeRefuses(t *testing.T) {
	for _, name := range []string{"", "\"char\"", "interval hour to minute", "interval(7)", "char(0)", "float(24)", "citext", "text[][]", "text[3]", "point[]", "time(7)", "bpchar(0)", "text(3)", "varchar(0)", "varchar(-1)", "varchar(10485761)", "varchar(x)", "varchar(3", "varchar()", "numeric(0)", "numeric(1001,2)",
		"numeric(10,1001)", "numeric(10,2,3)", "timestamp(7)", "timestamptz(-1)", "integer(3)", "timestamp(3) without"} {
		if typ, err := ParseType(name); err == nil {
			t.Errorf("%q is read as %s", name, typ.Name())
		}
	}
	if got := must(" TIMESTAMP ( 3 )  with  Time zone").Name(); got != "timestamptz(3)" {
		t.Error(got)
	}
	if got := (Type{OID: 600, Typmod: -1}).Name(); got != "type 600" {
		t.Error(got)
	}
}
