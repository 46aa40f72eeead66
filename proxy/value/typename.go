package value

import (
	"fmt"
	"strconv"
	"strings"
)

// Name is the type as people write it, with its modifier: "varchar(20)", "numeric(10,2)", "timestamptz(3)". ParseType
// reads it back.
func (t Type) Name() string {
	if t.Live != nil {
		return t.Live.name()
	}
	if element, ok := t.Element(); ok {
		return element.Name() + "[]"
	}
	switch t.OID {
	case OIDVarchar:
		if t.Typmod >= varHeader {
			return "varchar(" + strconv.Itoa(int(t.Typmod-varHeader)) + ")"
		}
	case OIDBpchar:
		if t.Typmod >= varHeader {
			return "char(" + strconv.Itoa(int(t.Typmod-varHeader)) + ")"
		}
	case OIDInterval:
		if digits := intervalDigits(t.Typmod); digits >= 0 {
			return "interval(" + strconv.Itoa(int(digits)) + ")"
		}
	case OIDNumeric:
		if precision, scale, ok := numericTypmod(t.Typmod); ok {
			return "numeric(" + strconv.Itoa(precision) + "," + strconv.Itoa(scale) + ")"
		}
	case OIDTimestamp, OIDTimestamptz, OIDTime, OIDTimetz:
		if t.Typmod >= 0 {
			return plainName(t.OID) + "(" + strconv.Itoa(int(t.Typmod)) + ")"
		}
	}
	return t.describe()
}

// describe is the name without a modifier, or the bare OID of a type that is not known here.
func (t Type) describe() string {
	if t.Live != nil {
		return t.Live.name()
	}
	if element, ok := t.Element(); ok {
		return element.describe() + "[]"
	}
	if name := plainName(t.OID); name != "" {
		return name
	}
	return "type " + strconv.FormatUint(uint64(t.OID), 10)
}

func plainName(oid uint32) string {
	switch oid {
	case OIDText:
		return "text"
	case OIDVarchar:
		return "varchar"
	case OIDBytea:
		return "bytea"
	case OIDInt2:
		return "smallint"
	case OIDInt4:
		return "integer"
	case OIDInt8:
		return "bigint"
	case OIDNumeric:
		return "numeric"
	case OIDBool:
		return "boolean"
	case OIDDate:
		return "date"
	case OIDTimestamp:
		return "timestamp"
	case OIDTimestamptz:
		return "timestamptz"
	case OIDTime:
		return "time"
	case OIDTimetz:
		return "timetz"
	case OIDInterval:
		return "interval"
	case OIDFloat4:
		return "real"
	case OIDFloat8:
		return "double precision"
	case OIDBpchar:
		return "bpchar"
	case OIDInet:
		return "inet"
	case OIDCIDR:
		return "cidr"
	case OIDMacaddr:
		return "macaddr"
	case OIDMacaddr8:
		return "macaddr8"
	case OIDUUID:
		return "uuid"
	case OIDJSON:
		return "json"
	case OIDJSONB:
		return "jsonb"
	}
	return ""
}

// numericTypmod takes a numeric's modifier apart; ok is false where none was declared. The scale may be negative.
func numericTypmod(typmod int32) (precision, scale int, ok bool) {
	if typmod < varHeader {
		return 0, 0, false
	}
	m := typmod - varHeader
	return int(m >> 16 & 0xffff), int(m&0x7ff^1024) - 1024, true
}

// ParseType reads the name of a supported type, with its modifier, in the spellings that PostgreSQL itself has for it
// ("varchar(20)", "character varying(20)", "timestamp with time zone"). The error is for the author of a policy.
func ParseType(name string) (Type, error) {
	if element, ok := strings.CutSuffix(strings.TrimSpace(name), "[]"); ok {
		t, err := ParseType(element)
		if err != nil {
			return Type{}, err
		}
		if t.OID = t.ArrayOID(); t.OID == 0 {
			return Type{}, fmt.Errorf("type %q cannot be sealed", name)
		}
		return t, nil
	}
	base, rest, ok := strings.Cut(strings.ToLower(strings.TrimSpace(name)), "(")
	var numbers []string
	if ok {
		var list, suffix string
		if list, suffix, ok = strings.Cut(rest, ")"); !ok {
			return Type{}, fmt.Errorf("type %q: a closing parenthesis is missing", name)
		}
		numbers = strings.Split(list, ",")
		base += " " + suffix
	}
	oid := oidOfName(strings.Join(strings.Fields(base), " "))
	if oid == 0 {
		return Type{}, fmt.Errorf("type %q cannot be sealed", name)
	}
	if len(numbers) == 0 && strings.HasPrefix(strings.TrimSpace(base), "char") && oid == OIDBpchar {
		numbers = []string{"1"} // which char without a length means, other than bpchar
	}
	typmod, err := parseTypmod(oid, numbers)
	if err != nil {
		return Type{}, fmt.Errorf("type %q: %w", name, err)
	}
	return Type{OID: oid, Typmod: typmod}, nil
}

func oidOfName(name string) uint32 {
	switch name {
	case "text":
		return OIDText
	case "varchar", "character varying":
		return OIDVarchar
	case "bytea":
		return OIDBytea
	case "smallint", "int2":
		return OIDInt2
	case "integer", "int", "int4":
		return OIDInt4
	case "bigint", "int8":
		return OIDInt8
	case "numeric", "decimal":
		return OIDNumeric
	case "boolean", "bool":
		return OIDBool
	case "date":
		return OIDDate
	case "timestamp", "timestamp without time zone":
		return OIDTimestamp
	case "timestamptz", "timestamp with time zone":
		return OIDTimestamptz
	case "time", "time without time zone":
		return OIDTime
	case "timetz", "time with time zone":
		return OIDTimetz
	case "interval":
		return OIDInterval
	case "real", "float4":
		return OIDFloat4
	case "double precision", "float8", "float":
		return OIDFloat8
	case "char", "character", "bpchar":
		return OIDBpchar
	case "inet":
		return OIDInet
	case "cidr":
		return OIDCIDR
	case "macaddr":
		return OIDMacaddr
	case "macaddr8":
		return OIDMacaddr8
	case "uuid":
		return OIDUUID
	case "json":
		return OIDJSON
	case "jsonb":
		return OIDJSONB
	}
	return 0
}

// parseTypmod reads the numbers in parentheses, within PostgreSQL's own limits.
func parseTypmod(oid uint32, numbers []string) (int32, error) {
	if len(numbers) == 0 {
		return -1, nil
	}
	var n [2]int
	if len(numbers) > len(n) {
		return 0, fmt.Errorf("too many numbers in parentheses")
	}
	for i, text := range numbers {
		var err error
		if n[i], err = strconv.Atoi(strings.TrimSpace(text)); err != nil {
			return 0, fmt.Errorf("%q is not a number", text)
		}
	}
	switch {
	case oid == OIDNumeric && n[0] >= 1 && n[0] <= 1000 && n[1] >= -1000 && n[1] <= 1000:
		return int32(n[0]<<16|n[1]&0x7ff) + varHeader, nil
	case len(numbers) != 1:
	case (oid == OIDVarchar || oid == OIDBpchar) && n[0] >= 1 && n[0] <= 10_485_760:
		return int32(n[0]) + varHeader, nil
	case n[0] < 0 || n[0] > 6:
	case oid == OIDTimestamp || oid == OIDTimestamptz || oid == OIDTime || oid == OIDTimetz:
		return int32(n[0]), nil
	case oid == OIDInterval:
		return intervalFull | int32(n[0]), nil
	}
	return 0, fmt.Errorf("the numbers in parentheses are not those of a type")
}
