package value

import "strconv"

// intervalFields are the parts of an interval as they are printed. Those of the months have one sign, and so have those of
// the time.
type intervalFields struct {
	year, month, day             int64
	hour, minute, second, micros int64
}

func (i interval) fields() intervalFields {
	const minute, hour = 60 * microsPerSecond, 3600 * microsPerSecond
	return intervalFields{year: int64(i.months) / 12, month: int64(i.months) % 12, day: int64(i.days), hour: i.micros / hour,
		minute: i.micros % hour / minute, second: i.micros % minute / microsPerSecond, micros: i.micros % microsPerSecond}
}

func (f intervalFields) timeNegative() bool {
	return f.hour < 0 || f.minute < 0 || f.second < 0 || f.micros < 0
}

func (f intervalFields) timeZero() bool {
	return f.hour == 0 && f.minute == 0 && f.second == 0 && f.micros == 0
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// appendTime appends the time without its sign.
func (f intervalFields) appendTime(dst []byte, hourWidth int) []byte {
	dst = appendWide(dst, abs(f.hour), hourWidth)
	dst = appendPadded(append(dst, ':'), int(abs(f.minute)), 2)
	return appendSeconds(append(dst, ':'), int(abs(f.second)), int(abs(f.micros)), 2)
}

// appendWide appends n, which is not negative, with at least width digits.
func appendWide(dst []byte, n int64, width int) []byte {
	if width == 2 && n < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, n, 10)
}

func appendUnit(dst []byte, n int64, unit string) []byte {
	dst = strconv.AppendInt(dst, n, 10)
	dst = append(append(dst, ' '), unit...)
	if n != 1 {
		dst = append(dst, 's')
	}
	return dst
}

// appendPostgres: 1 year 2 mons -3 days +04:05:06.7. A part behind a negative one says that it is positive.
func (f intervalFields) appendPostgres(dst []byte) []byte {
	zero, before := true, false
	for _, part := range [...]struct {
		n    int64
		unit string
	}{{f.year, "year"}, {f.month, "mon"}, {f.day, "day"}} {
		if part.n == 0 {
			continue
		}
		if !zero {
			dst = append(dst, ' ')
		}
		if before && part.n > 0 {
			dst = append(dst, '+')
		}
		dst = appendUnit(dst, part.n, part.unit)
		zero, before = false, part.n < 0
	}
	if !zero && f.timeZero() {
		return dst
	}
	if !zero {
		dst = append(dst, ' ')
	}
	switch {
	case f.timeNegative():
		dst = append(dst, '-')
	case before:
		dst = append(dst, '+')
	}
	return f.appendTime(dst, 2)
}

// appendVerbose: @ 1 year 2 mons -3 days 4 hours 5 mins 6.7 secs ago. The first part's sign is the word at the end.
func (f intervalFields) appendVerbose(dst []byte) []byte {
	dst = append(dst, '@')
	zero, before := true, false
	for _, part := range [...]struct {
		n    int64
		unit string
	}{{f.year, "year"}, {f.month, "mon"}, {f.day, "day"}, {f.hour, "hour"}, {f.minute, "min"}} {
		n := part.n
		switch {
		case n == 0:
			continue
		case zero:
			before = n < 0
			n = abs(n)
		case before:
			n = -n
		}
		dst = appendUnit(append(dst, ' '), n, part.unit)
		zero = false
	}
	if f.second != 0 || f.micros != 0 {
		dst = append(dst, ' ')
		switch negative := f.second < 0 || f.micros < 0; {
		case zero:
			before = negative
		case negative != before:
			dst = append(dst, '-')
		}
		dst = append(appendSeconds(dst, int(abs(f.second)), int(abs(f.micros)), 1), " sec"...)
		if abs(f.second) != 1 || f.micros != 0 {
			dst = append(dst, 's')
		}
		zero = false
	}
	if zero {
		dst = append(dst, " 0"...)
	}
	if before {
		dst = append(dst, " ago"...)
	}
	return dst
}

// appendSQL: 1-2, 3 4:05:06, or where signs differ or months meet days, +1-2 -3 +4:05:06.
func (f intervalFields) appendSQL(dst []byte) []byte {
	months, days := f.year != 0 || f.month != 0, f.day != 0 || !f.timeZero()
	negative := f.year < 0 || f.month < 0 || f.day < 0 || f.timeNegative()
	positive := f.year > 0 || f.month > 0 || f.day > 0 || !f.timeZero() && !f.timeNegative()
	switch {
	case !negative && !positive:
		return append(dst, '0')
	case negative && positive || months && days:
		dst = append(dst, signOf(f.year < 0 || f.month < 0))
		dst = f.appendYearMonth(dst)
		dst = append(dst, ' ', signOf(f.day < 0))
		dst = strconv.AppendInt(dst, abs(f.day), 10)
		return f.appendTime(append(dst, ' ', signOf(f.timeNegative())), 1)
	}
	if negative {
		dst = append(dst, '-')
	}
	if months {
		return f.appendYearMonth(dst)
	}
	if f.day != 0 {
		dst = append(strconv.AppendInt(dst, abs(f.day), 10), ' ')
	}
	return f.appendTime(dst, 1)
}

func signOf(negative bool) byte {
	if negative {
		return '-'
	}
	return '+'
}

func (f intervalFields) appendYearMonth(dst []byte) []byte {
	dst = append(strconv.AppendInt(dst, abs(f.year), 10), '-')
	return strconv.AppendInt(dst, abs(f.month), 10)
}

// appendISO: P1Y2M-3DT4H5M6.7S.
func (f intervalFields) appendISO(dst []byte) []byte {
	if f == (intervalFields{}) {
		return append(dst, "PT0S"...)
	}
	part := func(n int64, unit byte) {
		if n != 0 {
			dst = append(strconv.AppendInt(dst, n, 10), unit)
		}
	}
	dst = append(dst, 'P')
	part(f.year, 'Y')
	part(f.month, 'M')
	part(f.day, 'D')
	if f.timeZero() {
		return dst
	}
	dst = append(dst, 'T')
	part(f.hour, 'H')
	part(f.minute, 'M')
	if f.second == 0 && f.micros == 0 {
		return dst
	}
	if f.second < 0 || f.micros < 0 {
		dst = append(dst, '-')
	}
	return append(appendSeconds(dst, int(abs(f.second)), int(abs(f.micros)), 1), 'S')
}
