package main

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgtype"
)

// trace writes answers as lines that have to be the same from both servers. Rows that have no order are sorted. messages are those that were sent.
func trace(u *unit, messages []pgproto3.FrontendMessage, answers []answer) []string {
	var lines []string
	var copied []byte
	where := places(messages, answers)
	rows := 0 // where those of the completion under way begin
	for i, a := range answers {
		result := u.result(where[i])
		switch {
		case a.typ == 'd':
			copied = append(copied, a.body...)
			continue
		case a.typ == 'D' && !result.blind:
			lines = append(lines, fmt.Sprintf("D %q", a.body))
		}
		if a.typ == 'D' {
			continue
		}
		if len(copied) > 0 {
			for _, line := range bytes.SplitAfter(copied, []byte("\n")) {
				lines = append(lines, fmt.Sprintf("d %q", line))
			}
			copied = nil
		}
		if !result.ordered {
			slices.Sort(lines[rows:])
		}
		if a.typ == 'E' && result.anyError && !a.refusal() {
			a.code = "any"
		}
		lines = append(lines, a.line())
		rows = len(lines)
	}
	return lines
}

// line says what of a message has to be the same on any server.
func (a answer) line() string {
	switch a.typ {
	case 'E', 'N':
		return string(a.typ) + " " + a.code
	case 'T':
		var m pgproto3.RowDescription
		if m.Decode(a.body) != nil {
			return "malformed T"
		}
		line := "T"
		for _, f := range m.Fields {
			if f.TableOID == 0 { // of an expression pgseal shows the modifier of the column that the value comes from, and varchar where the server has text
				f.TypeModifier, f.DataTypeOID = -1, stringType(f.DataTypeOID)
			}
			line += fmt.Sprintf(" %s:%d:%d:%d:%d:%v", f.Name, f.DataTypeOID, f.DataTypeSize, f.TypeModifier, f.Format, f.TableOID != 0)
			line += fmt.Sprintf(":%d", f.TableAttributeNumber)
		}
		return line
	case 't':
		var m pgproto3.ParameterDescription
		if m.Decode(a.body) != nil {
			return "malformed t"
		}
		for i, oid := range m.ParameterOIDs { // which of the two string types a comparison's parameter is shown as makes no difference to a client
			m.ParameterOIDs[i] = stringType(oid)
		}
		return fmt.Sprintf("t %v", m.ParameterOIDs)
	}
	return fmt.Sprintf("%c %q", a.typ, a.body)
}

// stringType takes varchar for text.
func stringType(oid uint32) uint32 {
	switch oid {
	case pgtype.VarcharOID:
		return pgtype.TextOID
	case pgtype.VarcharArrayOID:
		return pgtype.TextArrayOID
	}
	return oid
}

// refusals are the codes with which pgseal says that it will not do something.
var refusals = []string{"KP001", "KP002", "KP004", "KP005"}

func (a answer) refusal() bool { return a.typ == 'E' && slices.Contains(refusals, a.code) }
