package proxy

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/copyfmt"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// copySeal is how the values of one field are sealed.
type copySeal struct {
	slot  *plan.Slot // nil: they pass as they are
	plain bool       // what is stored needs neither escapes nor quotes
}

// Characters that sealed values are made of.
const (
	armourAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	hexAlphabet    = "x0123456789abcdef"
)

func copySeals(c *plan.Copy) []copySeal {
	seals := make([]copySeal, len(c.Fields))
	for i := range c.Fields {
		column := c.Fields[i].Column
		if column == nil {
			continue
		}
		seals[i].slot = &plan.Slot{Column: column}
		if column.Armoured {
			seals[i].plain = c.Format.Plain(armourAlphabet)
		} else {
			seals[i].plain = c.Format.Plain(hexAlphabet)
		}
	}
	return seals
}

// copyNext appends the next row of the COPY, sealed, or what else comes next in the stream. On a fault nothing is appended.
func (r *requests) copyNext(dst []byte) (out []byte, more bool, fault error) {
	c := r.copy
	piece, kind, err := c.rows.Next()
	switch {
	case err != nil:
		return dst, false, r.copyFault(err)
	case kind == copyfmt.More:
		return dst, false, nil
	case kind == copyfmt.Passing:
		return append(dst, piece...), true, nil
	case kind == copyfmt.Ignored:
		return dst, true, nil
	}
	fields, err := c.rows.Fields()
	if err != nil {
		return dst, false, r.copyFault(err)
	}
	out, err = r.sealRow(dst, piece, fields)
	if err == nil && len(out)-len(dst) > r.grown() {
		err = tooLong(r.s.server.limits.Message)
	}
	if err != nil {
		return dst, false, err
	}
	return out, true, nil
}

// copyFault turns what is wrong with the data into what the client reads.
func (r *requests) copyFault(err error) error {
	var malformed *copyfmt.Error
	switch {
	case errors.Is(err, copyfmt.ErrTooLong):
		return tooLong(r.s.server.limits.Message)
	case errors.As(err, &malformed):
		return &wireError{code: malformed.Code, message: malformed.Message}
	}
	return err
}

// sealRow appends a row with its values sealed in place; everything else of it stays as the client wrote it. Where fields are missing
// the server says so, in its own order; those that are too many it must not see, since they may be what was meant to be sealed.
func (r *requests) sealRow(dst, row []byte, fields []copyfmt.Field) ([]byte, error) {
	c := r.copy
	if len(fields) > len(c.seals) {
		return dst, &wireError{code: codeBadCopyFormat, message: "extra data after last expected column"}
	}
	from := 0
	for i := range fields {
		s, f := &c.seals[i], &fields[i]
		if s.slot == nil {
			continue
		}
		text, null := copiedValue(c.target.copy, i, f)
		if null {
			continue
		}
		dst = append(dst, row[from:f.Start]...)
		from = f.End
		var err error
		if dst, err = r.sealField(dst, s, text); err != nil {
			return dst, err
		}
	}
	return append(dst, row[from:]...), nil
}

// copiedValue is the value of a field as the server would store it; null where it stays NULL, or where the server is to say
// what it thinks of a default.
func copiedValue(c *plan.Copy, i int, f *copyfmt.Field) (text []byte, null bool) {
	field := &c.Fields[i]
	switch {
	case c.Format.Format != copyfmt.CSV:
		return f.Value, f.Null || f.Default
	case f.Null && field.ForceNotNull:
		return []byte(c.Format.Null), false
	case f.Null || f.Default, field.ForceNull && string(f.Value) == c.Format.Null:
		return nil, true
	}
	return f.Value, false
}

// sealField appends the field of a sealed value.
func (r *requests) sealField(dst []byte, s *copySeal, plain []byte) ([]byte, error) {
	c := r.copy
	format := &c.target.copy.Format
	in := sent{value: plain}
	if format.Format == copyfmt.Binary {
		in.format = binaryFormat
	}
	sealed, err := r.sealBytes(r.sealed[:0], c.key, s.slot, in)
	if err != nil && c.key.Check() != nil {
		if err := r.renewCopyKey(); err != nil {
			return dst, err
		}
		sealed, err = r.sealBytes(r.sealed[:0], c.key, s.slot, in)
	}
	switch {
	case err != nil && c.target.copy.IgnoreErrors && !s.slot.Column.Armoured && isTypeError(err):
		return format.AppendField(dst, []byte(unreadable), false, false), nil
	case err != nil:
		return dst, err
	}
	r.sealed = sealed
	return r.storedField(dst, s, sealed)
}

// storedField appends sealed bytes as a field that the server reads as the value to store.
func (r *requests) storedField(dst []byte, s *copySeal, sealed []byte) ([]byte, error) {
	format := &r.copy.target.copy.Format
	armoured := s.slot.Column.Armoured
	switch {
	case format.Format == copyfmt.Binary:
		at := len(dst)
		dst = append(dst, 0, 0, 0, 0)
		if armoured {
			dst = crypto.AppendArmour(dst, sealed)
		} else {
			dst = append(dst, sealed...)
		}
		if len(dst)-at-4 > math.MaxInt32 {
			return dst, tooLong(r.s.server.limits.Message)
		}
		binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
		return dst, nil
	case armoured && s.plain:
		return crypto.AppendArmour(dst, sealed), nil
	case s.plain && format.Format == copyfmt.Text:
		return value.AppendByteaText(append(dst, '\\'), sealed), nil
	case armoured:
		r.field = crypto.AppendArmour(r.field[:0], sealed)
	default:
		r.field = value.AppendByteaText(r.field[:0], sealed)
	}
	return format.AppendField(dst, r.field, false, false), nil
}

// unreadable stands in for a value that is not of its column's type where the server is to leave such rows out (ON_ERROR ignore): it can read this one
// no more than that.
const unreadable = `\xz`

// isTypeError tells whether the server would leave the row of such a value out.
func isTypeError(err error) bool {
	var e *wireError
	return errors.As(err, &e) && strings.HasPrefix(e.code, "22") && e.code != codeNotInRepertoire
}
