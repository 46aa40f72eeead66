package main

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

// kind is a type with the values that are drawn of it: few, so that equal ones meet.
type kind struct {
	name       string // as in DDL
	physical   string // of a sealed column
	oid, array uint32
	bare       bool // literals may stand without quotes
	// of a sealed column, and of a plain one; the former carry a canary
	sealed, plain []string
	numbered      string   // a format of more values, for what has to be unique
	wrong         []string // texts that are no values of the type
}

// canary is in every text, uuid and bytea of a sealed column, and nowhere else. The exclamation mark keeps it out of armour.
const canary = "zq7734!"

func texts(tail ...string) (out []string) {
	for _, t := range tail {
		out = append(out, canary+t)
	}
	return out
}

var (
	textKind = &kind{name: "text", physical: "text", oid: pgtype.TextOID, array: pgtype.TextArrayOID,
		sealed:   append(texts("", " alpha", " ALPHA", " o'brien", ` back\slash`, " ünïcode €", ` {"a", b}`, "\ttab\nline", " long "+strings.Repeat("x", 2600)), ""),
		numbered: canary + " u%d", plain: []string{"open", "closed", "it's", "", "on hold"}}
	codeKind = &kind{name: "varchar(12)", physical: "text", oid: pgtype.VarcharOID, array: pgtype.VarcharArrayOID,
		sealed: append(texts("", " a", " b", "  ", " ä", "'", `\`, "é€ü"), "      "), numbered: canary + " %d", wrong: texts(" too long for it")}
	int2Kind = &kind{name: "smallint", physical: "bytea", oid: pgtype.Int2OID, array: pgtype.Int2ArrayOID, // a bare literal is an integer, and makes the parameters beside it integers
		sealed: []string{"7731", "7732", "-7733", "0", "7734", "32767", "-32768"}, wrong: []string{"77340", "x"}}
	int4Kind = &kind{name: "integer", physical: "bytea", oid: pgtype.Int4OID, array: pgtype.Int4ArrayOID, bare: true,
		sealed: []string{"773400001", "773400002", "-773400003", "0", "773400004", "2147483647"}, plain: []string{"0", "1", "2", "3", "-4", "50"}, wrong: []string{"2147483648", "7e"}}
	int8Kind = &kind{name: "bigint", physical: "bytea", oid: pgtype.Int8OID, array: pgtype.Int8ArrayOID, bare: true,
		sealed: []string{"773400011", "773400012", "-773400013", "773400014773400014", "9223372036854775807", "0"}, wrong: []string{"9223372036854775808"}}
	numericKind = &kind{name: "numeric(14,2)", physical: "bytea", oid: pgtype.NumericOID, array: pgtype.NumericArrayOID, bare: true,
		sealed: []string{"773400021.50", "773400022.25", "-773400023.00", "0.00", "773400024", "773400025.005"}, wrong: []string{"1234567890123.00", "1.2.3"}}
	boolKind = &kind{name: "boolean", physical: "bytea", oid: pgtype.BoolOID, array: pgtype.BoolArrayOID, bare: true,
		sealed: []string{"true", "false"}, wrong: []string{"maybe"}}
	dateKind = &kind{name: "date", physical: "bytea", oid: pgtype.DateOID, array: pgtype.DateArrayOID,
		sealed: []string{"2877-03-04", "2877-12-31", "2877-01-01", "0044-03-15 BC", "infinity"}, wrong: []string{"2877-13-01"}}
	timestampKind = &kind{name: "timestamp", physical: "bytea", oid: pgtype.TimestampOID, array: pgtype.TimestampArrayOID,
		sealed: []string{"2877-03-04 05:06:07", "2877-03-04 05:06:07.891", "2877-12-31 23:59:59.999999", "-infinity"}, wrong: []string{"2877-03-04 25:00"}}
	timestamptzKind = &kind{name: "timestamptz", physical: "bytea", oid: pgtype.TimestamptzOID, array: pgtype.TimestamptzArrayOID,
		sealed: []string{"2877-03-04 05:06:07+00", "2877-07-04 05:06:07.5+02", "2877-12-31 23:59:59-05:30", "infinity"}, wrong: []string{"yesterdayish"}}
	uuidKind = &kind{name: "uuid", physical: "bytea", oid: pgtype.UUIDOID, array: pgtype.UUIDArrayOID,
		sealed: []string{"7a713737-3334-2100-8000-000000000001", "7a713737-3334-2100-8000-000000000002", "7a713737-3334-2100-8000-000000000003", "7a713737-3334-2100-8000-00000000000A",
			"7a713737-3334-2100-8000-00000000000b"}, numbered: "7a713737-3334-2100-8000-0000000000%02d", wrong: []string{"7a713737"}}
	jsonbKind = &kind{name: "jsonb", physical: "bytea", oid: pgtype.JSONBOID, array: pgtype.JSONBArrayOID,
		sealed: []string{`{"` + canary + `": 1}`, `{"b":[1,2.50,null],"a":"` + canary + `"}`, `"` + canary + ` \u00e9"`, `[]`, `7734.10`}, wrong: []string{`{"a":`}}
	byteaKind = &kind{name: "bytea", physical: "bytea", oid: pgtype.ByteaOID, array: pgtype.ByteaArrayOID,
		sealed: []string{`\x7a713737333421`, `\x7A713737333421ff00`, `\x7a7137373334210a`, `\x7a71373733342127`, `\x`}, numbered: `\x7a71373733342100%02d`, wrong: []string{`\x7a7`}}
)

var typeMap = pgtype.NewMap()

// binaryOf turns a text form into the binary one; ok is false where it is no value.
func (k *kind) binaryOf(text string) (out []byte, ok bool) {
	switch k {
	case textKind, codeKind:
		return []byte(text), true
	case jsonbKind:
		return append([]byte{1}, text...), true
	}
	t, _ := typeMap.TypeForOID(k.oid)
	v, err := t.Codec.DecodeValue(typeMap, k.oid, pgtype.TextFormatCode, []byte(text))
	if err != nil {
		return nil, false
	}
	out, err = typeMap.Encode(k.oid, pgtype.BinaryFormatCode, v, nil)
	return out, err == nil
}

// arrayText writes the text form of an array; nil is NULL.
func arrayText(elements []*string) string {
	var b strings.Builder
	for i, e := range elements {
		b.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		if e == nil {
			b.WriteString("NULL")
			continue
		}
		b.WriteString(`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(*e) + `"`)
	}
	if len(elements) == 0 {
		return "{}"
	}
	return b.String() + "}"
}

// arrayBinary writes the binary form.
func (k *kind) arrayBinary(elements []*string) (out []byte, ok bool) {
	if k == codeKind {
		return nil, false // whether its elements are text or varchar depends on where it stands
	}
	nulls := uint32(0)
	var body []byte
	for _, e := range elements {
		if e == nil {
			nulls, body = 1, binary.BigEndian.AppendUint32(body, 0xffffffff)
			continue
		}
		b, ok := k.binaryOf(*e)
		if !ok {
			return nil, false
		}
		body = append(binary.BigEndian.AppendUint32(body, uint32(len(b))), b...)
	}
	dimensions := uint32(1)
	if len(elements) == 0 {
		dimensions = 0
	}
	for _, n := range []uint32{dimensions, nulls, k.oid} {
		out = binary.BigEndian.AppendUint32(out, n)
	}
	if dimensions > 0 {
		out = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(out, uint32(len(elements))), 1)
	}
	return append(out, body...), true
}

// quote writes a string literal, in one of the ways there are.
func (g *generator) quote(s string) string {
	plain := "'" + strings.ReplaceAll(s, "'", "''") + "'"
	switch g.IntN(12) {
	case 0:
		return "E'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`, "\t", `\t`).Replace(s) + "'"
	case 1:
		if !strings.Contains(s, "$") {
			return "$$" + s + "$$"
		}
	case 2:
		if !strings.Contains(s, `$q`) {
			return "$q$" + s + "$q$"
		}
	case 3:
		var b strings.Builder
		for _, r := range s {
			if r > 127 || r == '\\' {
				fmt.Fprintf(&b, `\%04x`, r)
			} else {
				b.WriteString(strings.ReplaceAll(string(r), "'", "''"))
			}
		}
		return "U&'" + b.String() + "'"
	}
	return plain
}
