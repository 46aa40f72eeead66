package value

import (
	"strings"
	"time"
)

// dateStyle is the session's DateStyle, taken apart.
type dateStyle struct {
	format   byte // one of the below
	dayFirst bool
}

// Formats of a DateStyle.
const (
	styleISO      = 'i'
	styleSQL      = 's'
	stylePostgres = 'p'
	styleGerman   = 'g'
)

// dateStyle reads the setting as the server reports it: "SQL, DMY".
func (s *Settings) dateStyle() (dateStyle, error) {
	if s == nil || s.DateStyle == "" {
		return dateStyle{format: styleISO}, nil
	}
	name, order, _ := strings.Cut(s.DateStyle, ", ")
	style := dateStyle{dayFirst: order == "DMY"}
	switch name {
	case "ISO":
		style.format = styleISO
	case "SQL":
		style.format = styleSQL
	case "Postgres":
		style.format = stylePostgres
	case "German":
		style.format = styleGerman
	default:
		return style, &Error{Code: codeUnsupported, Message: "the session's DateStyle is not known to the proxy",
			Hint: "SET DateStyle TO ISO, SQL, Postgres or German, or ask for the binary format."}
	}
	return style, nil
}

// appendDate writes a date, without the era.
func (d dateStyle) appendDate(dst []byte, year, month, day int) []byte {
	if d.format == styleISO {
		return appendCivil(dst, year, month, day)
	}
	separator := byte('-')
	switch d.format {
	case styleSQL:
		separator = '/'
	case styleGerman:
		separator, d.dayFirst = '.', true
	}
	if d.dayFirst {
		day, month = month, day
	}
	dst = append(appendPadded(dst, month, 2), separator)
	dst = append(appendPadded(dst, day, 2), separator)
	return appendYear(dst, year)
}

// appendYear writes at least four digits; the year 0 is 1 BC.
func appendYear(dst []byte, year int) []byte {
	if year <= 0 {
		year = 1 - year
	}
	return appendPadded(dst, year, 4)
}

// appendTimestamp writes a wall-clock time and, where a zone is given, its offset or its abbreviation.
func (d dateStyle) appendTimestamp(dst []byte, micros int64, zone *time.Location, offset int64) []byte {
	days := floorDiv(micros, microsPerDay)
	year, month, day := civilFromDays(days)
	clock := micros - days*microsPerDay
	if d.format == stylePostgres {
		dst = append(append(dst, weekday(days)...), ' ')
		if d.dayFirst {
			dst = append(append(appendPadded(dst, day, 2), ' '), monthName(month)...)
		} else {
			dst = appendPadded(append(append(dst, monthName(month)...), ' '), day, 2)
		}
		dst = appendYear(append(appendClock(append(dst, ' '), clock), ' '), year)
	} else {
		dst = appendClock(append(d.appendDate(dst, year, month, day), ' '), clock)
	}
	switch {
	case zone == nil:
	case d.format == styleISO:
		dst = appendOffset(dst, int(offset))
	default:
		dst = append(append(dst, ' '), abbreviation(zone, floorDiv(micros, microsPerSecond)-offset+unixSeconds)...)
	}
	return appendEra(dst, year)
}

// abbreviation is what the zone calls its time at an instant; of a POSIX zone such as +05:45 that is nothing.
func abbreviation(zone *time.Location, unix int64) string {
	name, _ := time.Unix(unix, 0).In(zone).Zone()
	return name
}

func weekday(days int64) string {
	const saturday = 6 // 2000-01-01
	return time.Weekday((days%7 + 7 + saturday) % 7).String()[:3]
}

func monthName(month int) string { return time.Month(month).String()[:3] }
