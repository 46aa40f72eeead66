package value

import "encoding/binary"

// toTimestamp casts date, and timestamp and timestamptz into each other by way of the session's time zone.
func (in incoming) toTimestamp(dst []byte, t Type, typmod int32, why purpose) ([]byte, error) {
	target := timestampCodec{zoned: t.OID == OIDTimestamptz}
	var room [16]byte
	switch in.oid {
	case OIDDate, OIDTimestamp, OIDTimestamptz:
	default:
		return dst, in.mismatch(t)
	}
	canonical, err := in.source(room[:0])
	if err != nil {
		return dst, err
	}
	var micros int64
	if in.oid == OIDDate {
		micros, err = microsOfDate(int32(binary.BigEndian.Uint32(canonical)))
		if err != nil {
			return dst, err
		}
	} else {
		micros = int64(binary.BigEndian.Uint64(canonical))
	}
	if micros != infiniteMicro && micros != minusInfiniteMicro {
		if micros, err = shiftZone(micros, in.oid == OIDTimestamptz, target.zoned, in.s, why); err != nil {
			return dst, err
		}
		if !microsInRange(micros) {
			return dst, dateRangeError("timestamp")
		}
	}
	return target.append(dst, roundMicros(micros, typmod)), nil
}

func microsOfDate(days int32) (int64, error) {
	switch {
	case days == infiniteDay:
		return infiniteMicro, nil
	case days == minusInfiniteDay:
		return minusInfiniteMicro, nil
	case int64(days) >= endMicro/microsPerDay:
		return 0, &Error{Code: codeDateRange, Message: "date out of range for timestamp"}
	}
	return int64(days) * microsPerDay, nil
}

// shiftZone turns wall-clock time into UTC or back.
func shiftZone(micros int64, fromUTC, toUTC bool, s *Settings, why purpose) (int64, error) {
	if fromUTC == toUTC {
		return micros, nil
	}
	zone, err := s.location()
	if err != nil {
		return 0, err
	}
	seconds := floorDiv(micros, microsPerSecond) + unixSeconds
	if toUTC {
		return micros - offsetOfLocal(zone, seconds)*microsPerSecond, nil
	}
	offset := offsetAt(zone, seconds)
	if why == searching && offsetOfLocal(zone, seconds+offset) != offset {
		return 0, &Error{Code: codeMismatch, Message: "the timestamptz has no timestamp of its own in the session's time zone",
			Hint: "Send the value as timestamp."}
	}
	return micros + offset*microsPerSecond, nil
}
