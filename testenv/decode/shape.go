package decode

import (
	"fmt"

	"github.com/jackc/pgproto3/v2"
)

// shape is what is known of the rows of a result. No fields: there are no rows.
type shape struct {
	fields []pgproto3.FieldDescription
}

// check holds a row against its description. A nil shape means that the client
// never asked for one.
func (s *shape) check(values [][]byte) error {
	if s == nil {
		return nil
	}
	if len(values) != len(s.fields) {
		return fmt.Errorf("row of %d values, its description has %d", len(values), len(s.fields))
	}
	for i, v := range values {
		if v == nil {
			continue
		}
		f := s.fields[i]
		if err := checkValue(f.DataTypeOID, f.Format, v); err != nil {
			return fmt.Errorf("column %d %q: %w", i+1, f.Name, err)
		}
	}
	return nil
}

// inFormats gives the shape of a portal that was bound with these result
// formats (none: all text, one: for all).
func (s *shape) inFormats(formats []int16) *shape {
	fields := append([]pgproto3.FieldDescription(nil), s.fields...)
	for i := range fields {
		switch {
		case len(formats) == 1:
			fields[i].Format = formats[0]
		case i < len(formats):
			fields[i].Format = formats[i]
		default:
			fields[i].Format = 0
		}
	}
	return &shape{fields: fields}
}

// shapes keeps the descriptions of a connection's statements and portals.
type shapes struct {
	statements map[string]*shape
	portals    map[string]*bound
}

// bound is a portal: its rows, as far as known, and its result formats.
type bound struct {
	rows    *shape
	formats []int16
}

func newShapes() shapes {
	return shapes{statements: make(map[string]*shape), portals: make(map[string]*bound)}
}

func (s *shapes) parsed(statement string) { delete(s.statements, statement) }

func (s *shapes) bound(portal, statement string, formats []int16) {
	b := &bound{formats: formats}
	if rows := s.statements[statement]; rows != nil {
		b.rows = rows.inFormats(formats)
	}
	s.portals[portal] = b
}

func (s *shapes) closed(object byte, name string) {
	if object == 'S' {
		delete(s.statements, name)
	} else {
		delete(s.portals, name)
	}
}

// portal is the shape of a portal's rows, nil where it is not known.
func (s *shapes) portal(name string) *shape {
	if b := s.portals[name]; b != nil {
		return b.rows
	}
	return nil
}

// described notes the answer to a Describe (fields nil: NoData), and compares
// a portal's with that of its statement.
func (s *shapes) described(object byte, name string, fields []pgproto3.FieldDescription) error {
	rows := &shape{fields: fields}
	if object == 'S' {
		s.statements[name] = rows
		for _, f := range fields {
			if f.Format != 0 {
				return fmt.Errorf("statement's column %q is described in format %d, before one was chosen", f.Name, f.Format)
			}
		}
		return nil
	}
	b := s.portals[name]
	if b == nil {
		return nil // of a cursor that SQL declared
	}
	want := b.rows
	if want == nil {
		want = rows.inFormats(b.formats)
	}
	b.rows = rows
	return sameFields(fields, want.fields)
}

// sameFields compares a portal's description with the one that is due.
func sameFields(got, want []pgproto3.FieldDescription) error {
	if len(got) != len(want) {
		return fmt.Errorf("portal described with %d columns, %d are due", len(got), len(want))
	}
	for i, g := range got {
		w := want[i]
		if string(g.Name) != string(w.Name) || g.DataTypeOID != w.DataTypeOID || g.DataTypeSize != w.DataTypeSize ||
			g.TypeModifier != w.TypeModifier || g.Format != w.Format || g.TableOID != w.TableOID {
			return fmt.Errorf("portal's column %d is described as %q of type %d in format %d, due is %q of type %d in format %d",
				i+1, g.Name, g.DataTypeOID, g.Format, w.Name, w.DataTypeOID, w.Format)
		}
	}
	return nil
}
