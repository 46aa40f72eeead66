package main

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"
)

// copyOut reads a table or a query's rows by COPY.
func (g *generator) copyOut(u *unit) {
	options := pick(g, []string{"", "", " (FORMAT csv)", " (FORMAT csv, HEADER)", " WITH CSV QUOTE '''' DELIMITER ';'", " (DELIMITER '|', NULL 'nil')", " (FORMAT csv, FORCE_QUOTE *)"})
	var sql string
	ordered := false
	if g.oneIn(2) {
		st := g.orderedSelect(false)
		if g.oneIn(4) {
			options = " (FORMAT binary)"
		}
		sql, ordered = "COPY ("+st.sql+") TO STDOUT"+options, true
	} else {
		t := g.anyTable()
		list := ""
		if g.oneIn(2) {
			list = " (" + names(g.columnsOf(t, 1)) + ")"
		}
		sql = "COPY " + t.name + list + " TO STDOUT" + options
	}
	g.plainStatement(u, "copy out", sql, ordered)
}

// copyIn writes rows by COPY.
func (g *generator) copyIn(u *unit) {
	t := g.anyTable()
	columns := g.target(t)
	format := pick(g, []string{"text", "csv", "binary"})
	options := map[string]string{"text": pick(g, []string{"", " (FORMAT text)"}), "csv": " (FORMAT csv)", "binary": " (FORMAT binary)"}[format]
	sql := "COPY " + t.name + " (" + names(columns) + ") FROM STDIN" + options
	if g.oneIn(8) && format != "binary" {
		sql += " WHERE id < 90"
	}
	extended := g.oneIn(2)
	if extended {
		u.add(&pgproto3.Parse{Query: sql}, &pgproto3.Bind{}, &pgproto3.Execute{})
	} else {
		u.add(&pgproto3.Query{String: sql})
	}
	u.completes(&statement{form: "copy in"})
	data := g.copyData(columns, format)
	for len(data) > 0 {
		n := min(len(data), 1+g.IntN(400))
		u.add(&pgproto3.CopyData{Data: data[:n]})
		data = data[n:]
	}
	if g.oneIn(10) { // a guarded table's rows are inserted one by one, others' at the end
		u.results[0].anyError = true
		u.add(&pgproto3.CopyFail{Message: "no more"})
	} else {
		u.add(&pgproto3.CopyDone{})
	}
	if extended {
		u.add(&pgproto3.Sync{})
	}
}

func (g *generator) copyData(columns []*column, format string) []byte {
	var out []byte
	if format == "binary" {
		out = append([]byte("PGCOPY\n\xff\r\n\x00"), make([]byte, 8)...)
	}
	first := pick(g, []int{0, maxID, 2 * maxID}) + g.IntN(maxID) // conflicts are seldom further up
	for i := range 1 + g.IntN(4) {
		var fields []string
		if format == "binary" {
			out = binary.BigEndian.AppendUint16(out, uint16(len(columns)))
		}
		for _, c := range columns {
			null := g.oneIn(10) && !strings.Contains(c.clause, "NOT NULL") && c.name != "id"
			value := g.copyValue(c)
			if c.name == "id" {
				value = fmt.Sprint(1 + first + i)
			}
			if format == "binary" {
				out = c.kind.appendField(out, value, null)
				continue
			}
			fields = append(fields, g.copyField(value, format, null))
		}
		if format != "binary" {
			out = append(out, strings.Join(fields, map[string]string{"text": "\t", "csv": ","}[format])+"\n"...)
		}
	}
	if format == "binary" {
		out = append(out, 0xff, 0xff)
	}
	return out
}

func (g *generator) copyValue(c *column) string {
	if strings.HasSuffix(c.name, "_id") {
		return g.reference()
	}
	return g.right(c)
}

func (g *generator) copyField(value, format string, null bool) string {
	switch {
	case null && format == "text":
		return `\N`
	case null:
		return ""
	case format == "text":
		return strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`).Replace(value)
	case g.oneIn(2) || value == "" || strings.ContainsAny(value, "\",\n"):
		return `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
	}
	return value
}

func (k *kind) appendField(out []byte, value string, null bool) []byte {
	b, ok := k.binaryOf(value)
	if null || !ok {
		return binary.BigEndian.AppendUint32(out, 0xffffffff)
	}
	return append(binary.BigEndian.AppendUint32(out, uint32(len(b))), b...)
}
