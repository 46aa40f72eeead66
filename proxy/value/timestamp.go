package value

import "encoding/binary"

// timestampCodec is timestamp and, zoned, timestamptz. Canonical form: int64, big endian, microseconds since 2000-01-01
// 00:00:00 (UTC for timestamptz); the largest and the smallest int64 are infinity and -infinity. It is PostgreSQL's
// binary form.
type timestampCodec struct{ zoned bool }

const timestampSize = 8

func (c timestampCodec) name() string {
	if c.zoned {
		return "timestamp with time zone"
	}
	return "timestamp"
}

func (c timestampCodec) parse(dst, in []byte, typmod int32, s *Settings) ([]byte, error) {
	p := moments{in: in, typeName: c.name(), s: s}
	m, err := p.parse()
	if err != nil {
		return dst, err
	}
	switch {
	case m.infinite > 0:
		return c.append(dst, infiniteMicro), nil
	case m.infinite < 0:
		return c.append(dst, minusInfiniteMicro), nil
	}
	micros, err := c.join(m, s)
	if err != nil {
		return dst, err
	}
	return c.append(dst, roundMicros(micros, typmod)), nil
}

// join counts the microseconds of a moment, in UTC for timestamptz; timestamp ignores a zone, as the server does.
func (c timestampCodec) join(m moment, s *Settings) (int64, error) {
	const farDays = 106_751_985 // beyond it the microseconds would not fit in an int64; the range ends two days before
	if m.days < firstDay-1 || m.days > farDays {
		return 0, dateRangeError("timestamp")
	}
	micros := m.days*microsPerDay + m.micros
	if c.zoned {
		offset, err := m.offsetEast(micros, s)
		if err != nil {
			return 0, err
		}
		micros -= offset * microsPerSecond
	}
	if !microsInRange(micros) {
		return 0, dateRangeError("timestamp")
	}
	return micros, nil
}

// offsetEast is the offset of the zone that the text or else the session gives, in seconds.
func (m moment) offsetEast(micros int64, s *Settings) (int64, error) {
	if m.zoned && m.zone == nil {
		return int64(m.offset), nil
	}
	zone := m.zone
	if zone == nil {
		var err error
		if zone, err = s.location(); err != nil {
			return 0, err
		}
	}
	return offsetOfLocal(zone, floorDiv(micros, microsPerSecond)+unixSeconds), nil
}

func microsInRange(micros int64) bool { return micros >= firstMicro && micros < endMicro }

// roundMicros rounds half away from zero (the year 2000) to the declared number of digits behind the second.
func roundMicros(micros int64, typmod int32) int64 {
	if typmod < 0 || typmod >= 6 || micros == infiniteMicro || micros == minusInfiniteMicro {
		return micros
	}
	unit := int64(1)
	for range 6 - typmod {
		unit *= 10
	}
	if micros >= 0 {
		return (micros + unit/2) / unit * unit
	}
	return -((-micros + unit/2) / unit * unit)
}

func (timestampCodec) append(dst []byte, micros int64) []byte {
	return binary.BigEndian.AppendUint64(dst, uint64(micros))
}

func (c timestampCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	if err := fixedSize(in, timestampSize); err != nil {
		return dst, err
	}
	micros, ok := c.stored(in)
	if !ok || micros == endMicro {
		return dst, dateRangeError("timestamp")
	}
	return c.append(dst, roundMicros(micros, typmod)), nil
}

// stored reads canonical bytes and tells whether they are a timestamp. A value next to the end of the range may have been
// rounded up to the end itself, in the server too.
func (timestampCodec) stored(canonical []byte) (int64, bool) {
	if len(canonical) != timestampSize {
		return 0, false
	}
	micros := int64(binary.BigEndian.Uint64(canonical))
	ok := microsInRange(micros) || micros == endMicro || micros == infiniteMicro || micros == minusInfiniteMicro
	return micros, ok
}

func (c timestampCodec) send(dst, canonical []byte) ([]byte, error) {
	if _, ok := c.stored(canonical); !ok {
		return dst, storedError(c.name())
	}
	return append(dst, canonical...), nil
}

func (c timestampCodec) print(dst, canonical []byte, s *Settings) ([]byte, error) {
	style, err := s.dateStyle()
	if err != nil {
		return dst, err
	}
	micros, ok := c.stored(canonical)
	switch {
	case !ok:
		return dst, storedError(c.name())
	case micros == infiniteMicro:
		return append(dst, "infinity"...), nil
	case micros == minusInfiniteMicro:
		return append(dst, "-infinity"...), nil
	case !c.zoned:
		return style.appendTimestamp(dst, micros, nil, 0), nil
	}
	zone, err := s.location()
	if err != nil {
		return dst, err
	}
	offset := offsetAt(zone, floorDiv(micros, microsPerSecond)+unixSeconds)
	return style.appendTimestamp(dst, micros+offset*microsPerSecond, zone, offset), nil
}

// appendOffset appends +hh, +hh:mm or +hh:mm:ss.
func appendOffset(dst []byte, seconds int) []byte {
	sign := byte('+')
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	dst = appendPadded(append(dst, sign), seconds/3600, 2)
	if seconds%3600 != 0 {
		dst = appendPadded(append(dst, ':'), seconds/60%60, 2)
	}
	if seconds%60 != 0 {
		dst = appendPadded(append(dst, ':'), seconds%60, 2)
	}
	return dst
}
