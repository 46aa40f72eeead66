package value

import (
	"encoding/binary"
	"math"
)

// intervalCodec is interval. Canonical form: microseconds as int64, days as int32, months as int32, all big endian. It is
// PostgreSQL's binary form.
type intervalCodec struct{}

const intervalSize = 16

// interval is the three parts that PostgreSQL keeps apart, since a month and a day have no fixed length.
type interval struct {
	micros       int64
	days, months int32
}

func intervalRangeError() error {
	return &Error{Code: codeDateRange, Message: "interval out of range"}
}

// infinite tells the values that PostgreSQL 17 and later read as infinity and -infinity and earlier servers as numbers.
func (i interval) infinite() bool {
	return i == interval{math.MaxInt64, math.MaxInt32, math.MaxInt32} || i == interval{math.MinInt64, math.MinInt32, math.MinInt32}
}

// append rounds the interval to its declared digits behind the second and appends its canonical form.
func (i interval) append(dst []byte, typmod int32) ([]byte, error) {
	const second = int64(microsPerSecond)
	if i.infinite() {
		return dst, &Error{Code: codeUnsupported, Message: "infinite intervals cannot be sealed", Hint: "Not every server has them; leave the value NULL."}
	}
	if typmod >= 0 && (i.micros > math.MaxInt64-second || i.micros < math.MinInt64+second) {
		return dst, intervalRangeError()
	}
	dst = binary.BigEndian.AppendUint64(dst, uint64(roundMicros(i.micros, intervalDigits(typmod))))
	dst = binary.BigEndian.AppendUint32(dst, uint32(i.days))
	return binary.BigEndian.AppendUint32(dst, uint32(i.months)), nil
}

// An interval's modifier holds which fields were declared, 0x7fff for all, above the digits of the second.
const (
	intervalFull      = 0x7fff << 16
	intervalPrecision = 0xffff
)

// intervalDigits are the declared digits behind the second, -1 for none.
func intervalDigits(typmod int32) int32 {
	if typmod < 0 || typmod&intervalPrecision == intervalPrecision {
		return -1
	}
	return typmod & intervalPrecision
}

func (intervalCodec) parse(dst, in []byte, typmod int32, s *Settings) ([]byte, error) {
	i, err := parseInterval(in, s.intervalStyle() == "sql_standard")
	if err != nil {
		return dst, err
	}
	return i.append(dst, typmod)
}

func (intervalCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	if err := fixedSize(in, intervalSize); err != nil {
		return dst, err
	}
	return readInterval(in).append(dst, typmod)
}

// readInterval reads the binary form, which has its size.
func readInterval(in []byte) interval {
	return interval{micros: int64(binary.BigEndian.Uint64(in)), days: int32(binary.BigEndian.Uint32(in[8:])), months: int32(binary.BigEndian.Uint32(in[12:]))}
}

func (intervalCodec) send(dst, canonical []byte) ([]byte, error) {
	if len(canonical) != intervalSize || readInterval(canonical).infinite() {
		return dst, storedError("interval")
	}
	return append(dst, canonical...), nil
}

func (intervalCodec) print(dst, canonical []byte, s *Settings) ([]byte, error) {
	if len(canonical) != intervalSize || readInterval(canonical).infinite() {
		return dst, storedError("interval")
	}
	f := readInterval(canonical).fields()
	switch s.intervalStyle() {
	case "postgres":
		return f.appendPostgres(dst), nil
	case "postgres_verbose":
		return f.appendVerbose(dst), nil
	case "sql_standard":
		return f.appendSQL(dst), nil
	case "iso_8601":
		return f.appendISO(dst), nil
	}
	return dst, &Error{Code: codeUnsupported, Message: "the session's IntervalStyle is not known to the proxy",
		Hint: "SET IntervalStyle TO postgres, postgres_verbose, sql_standard or iso_8601, or ask for the binary format."}
}
