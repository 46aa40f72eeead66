package value

import "encoding/binary"

// dateCodec is date. Canonical form: int32, big endian, days since 2000-01-01; the largest and the smallest int32 are
// infinity and -infinity. It is PostgreSQL's binary form.
type dateCodec struct{}

const dateSize = 4

func (dateCodec) parse(dst, in []byte, _ int32, s *Settings) ([]byte, error) {
	p := moments{in: in, typeName: "date", s: s}
	m, err := p.parse()
	if err != nil {
		return dst, err
	}
	days := m.days // a time of day is checked and left out, as the server does
	switch {
	case m.infinite > 0:
		days = infiniteDay
	case m.infinite < 0:
		days = minusInfiniteDay
	case !dateInRange(days):
		return dst, dateRangeError("date")
	}
	return binary.BigEndian.AppendUint32(dst, uint32(int32(days))), nil
}

func dateInRange(days int64) bool { return days >= firstDay && days <= lastDay }

func dateRangeError(typeName string) error {
	return &Error{Code: codeDateRange, Message: typeName + " out of range"}
}

func (dateCodec) receive(dst, in []byte, _ int32) ([]byte, error) {
	if err := fixedSize(in, dateSize); err != nil {
		return dst, err
	}
	if !dateStored(in) {
		return dst, dateRangeError("date")
	}
	return append(dst, in...), nil
}

// dateStored tells whether four bytes are a date.
func dateStored(in []byte) bool {
	days := int32(binary.BigEndian.Uint32(in))
	return days == infiniteDay || days == minusInfiniteDay || dateInRange(int64(days))
}

func (dateCodec) print(dst, canonical []byte, s *Settings) ([]byte, error) {
	style, err := s.dateStyle()
	if err != nil {
		return dst, err
	}
	if len(canonical) != dateSize || !dateStored(canonical) {
		return dst, storedError("date")
	}
	switch days := int32(binary.BigEndian.Uint32(canonical)); days {
	case infiniteDay:
		return append(dst, "infinity"...), nil
	case minusInfiniteDay:
		return append(dst, "-infinity"...), nil
	default:
		year, month, day := civilFromDays(int64(days))
		return appendEra(style.appendDate(dst, year, month, day), year), nil
	}
}

// appendEra marks the years before Christ.
func appendEra(dst []byte, year int) []byte {
	if year <= 0 {
		return append(dst, " BC"...)
	}
	return dst
}

func (dateCodec) send(dst, canonical []byte) ([]byte, error) {
	if len(canonical) != dateSize || !dateStored(canonical) {
		return dst, storedError("date")
	}
	return append(dst, canonical...), nil
}
