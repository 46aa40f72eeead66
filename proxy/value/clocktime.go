package value

import "encoding/binary"

// timeCodec is time and, zoned, timetz. Canonical form of time: int64, big endian, microseconds since midnight, 24:00:00
// included. timetz has the zone behind it: int32, seconds west of Greenwich. Both are PostgreSQL's binary forms.
type timeCodec struct{ zoned bool }

const (
	timeSize   = 8
	timetzSize = 12
)

func (c timeCodec) name() string {
	if c.zoned {
		return "time with time zone"
	}
	return "time"
}

func (c timeCodec) size() int {
	if c.zoned {
		return timetzSize
	}
	return timeSize
}

func (c timeCodec) hint() string {
	if c.zoned {
		return "Accepted: 13:45, 13:45:00 or 13:45:00.5 with Z or an offset such as +02:00; without one the session's TimeZone must be UTC or a fixed offset."
	}
	return "Accepted: 13:45, 13:45:00 or 13:45:00.5; Z or an offset such as +02:00 behind it is ignored."
}

func (c timeCodec) parse(dst, in []byte, typmod int32, s *Settings) ([]byte, error) {
	p := moments{in: trimSpace(in), typeName: c.name(), hint: c.hint(), s: s}
	m, err := p.timeOnly()
	if err != nil {
		return dst, err
	}
	out := binary.BigEndian.AppendUint64(dst, uint64(roundMicros(m.micros, typmod)))
	if !c.zoned {
		return out, nil
	}
	east := m.offset
	if !m.zoned {
		var fixed bool
		if east, fixed = s.fixedOffset(); !fixed { // which of a place's offsets counts depends on the server's clock
			return dst, p.syntaxError()
		}
	}
	return binary.BigEndian.AppendUint32(out, uint32(-int32(east))), nil
}

// timeOnly reads a time of day without a date, and an offset.
func (p *moments) timeOnly() (moment, error) {
	var m moment
	var fields clock
	if err := p.clock(&m, &fields); err != nil {
		return m, err
	}
	if m.zone != nil {
		return m, p.syntaxError()
	}
	return m, m.setTime(fields)
}

func (c timeCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	if err := fixedSize(in, c.size()); err != nil {
		return dst, err
	}
	micros := int64(binary.BigEndian.Uint64(in))
	switch {
	case micros < 0 || micros > microsPerDay:
		return dst, dateRangeError("time")
	case c.zoned && !zoneStored(in[timeSize:]):
		return dst, zoneRangeError()
	}
	out := binary.BigEndian.AppendUint64(dst, uint64(roundMicros(micros, typmod)))
	return append(out, in[timeSize:]...), nil
}

// zoneStored tells whether four bytes are an offset that PostgreSQL allows: less than 16 hours.
func zoneStored(in []byte) bool {
	const limit = 16 * 3600
	west := int32(binary.BigEndian.Uint32(in))
	return west > -limit && west < limit
}

// stored tells whether canonical bytes are a time.
func (c timeCodec) stored(canonical []byte) (int64, bool) {
	if len(canonical) != c.size() {
		return 0, false
	}
	micros := int64(binary.BigEndian.Uint64(canonical))
	return micros, micros >= 0 && micros <= microsPerDay && (!c.zoned || zoneStored(canonical[timeSize:]))
}

func (c timeCodec) send(dst, canonical []byte) ([]byte, error) {
	if _, ok := c.stored(canonical); !ok {
		return dst, storedError(c.name())
	}
	return append(dst, canonical...), nil
}

func (c timeCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	micros, ok := c.stored(canonical)
	if !ok {
		return dst, storedError(c.name())
	}
	dst = appendClock(dst, micros)
	if c.zoned {
		dst = appendOffset(dst, -int(int32(binary.BigEndian.Uint32(canonical[timeSize:]))))
	}
	return dst, nil
}

// appendClock appends a time of day: hh:mm:ss, and the fraction without the zeros behind it.
func appendClock(dst []byte, micros int64) []byte {
	seconds := int(micros / microsPerSecond)
	dst = appendPadded(dst, seconds/3600, 2)
	dst = appendPadded(append(dst, ':'), seconds/60%60, 2)
	return appendSeconds(append(dst, ':'), seconds%60, int(micros%microsPerSecond), 2)
}

// appendSeconds appends whole seconds of at least width digits, and a fraction in microseconds.
func appendSeconds(dst []byte, seconds, micros, width int) []byte {
	dst = appendPadded(dst, seconds, width)
	if micros == 0 {
		return dst
	}
	dst = appendPadded(append(dst, '.'), micros, 6)
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	return dst
}
