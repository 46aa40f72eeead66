package value

import (
	"math"
	"strconv"
	"time"
)

// moment is what the text form of a date or timestamp says, field by field.
type moment struct {
	infinite int  // 1, -1: the other fields mean nothing
	epoch    bool // the word epoch
	days     int64
	micros   int64 // time of day; 24:00:00 is allowed
	zoned    bool  // offset, or zone where it is not nil, was given
	offset   int   // seconds east of Greenwich
	zone     *time.Location
}

// moments reads the ISO 8601 text form of dates and timestamps; doc.go lists it.
type moments struct {
	in       []byte
	typeName string
	hint     string // the accepted forms, where they are not those of dates
	s        *Settings
}

func (p *moments) syntaxError() error {
	if p.hint != "" {
		return &Error{Code: codeDateSyntax, Message: "invalid input syntax for type " + p.typeName, Hint: p.hint}
	}
	return &Error{Code: codeDateSyntax, Message: "invalid input syntax for type " + p.typeName,
		Hint: "Accepted: ISO 8601, as 2024-05-31, 2024-05-31 13:45:00.5, 2024-05-31T13:45:00+02:00 (also BC, infinity, -infinity, epoch). " +
			"Words such as now and today must be worked out by the application, the server does not see this value."}
}

func fieldError() error {
	return &Error{Code: codeDateRange, Message: "date/time field value out of range"}
}

func (p *moments) parse() (moment, error) {
	var m moment
	p.in = trimSpace(p.in)
	switch {
	case foldEqual(p.in, "infinity"):
		m.infinite = 1
		return m, nil
	case foldEqual(p.in, "-infinity"):
		m.infinite = -1
		return m, nil
	case foldEqual(p.in, "epoch"):
		return moment{epoch: true, days: -unixDays, zoned: true}, nil
	}
	year, month, day, ok := p.date()
	if !ok {
		return m, p.syntaxError()
	}
	bc := p.era()
	var fields clock
	if len(p.in) > 0 {
		if err := p.timeOfDay(&m, &fields); err != nil {
			return m, err
		}
	}
	if err := m.setDate(year, month, day, bc); err != nil {
		return m, err
	}
	return m, m.setTime(fields)
}

// date reads 2024-05-31; the year has four digits or more, so that no DateStyle reads the fields in another order.
func (p *moments) date() (year, month, day int, ok bool) {
	var digits int
	if year, digits = p.number(); digits < 4 || !p.skip('-') {
		return
	}
	if month, digits = p.number(); digits < 1 || digits > 2 || !p.skip('-') {
		return
	}
	day, digits = p.number()
	return year, month, day, digits >= 1 && digits <= 2
}

// era takes BC or AD off the end and tells whether it was BC.
func (p *moments) era() bool {
	n := len(p.in)
	if n < 3 || !isSpace(p.in[n-3]) {
		return false
	}
	bc := foldEqual(p.in[n-2:], "bc")
	if bc || foldEqual(p.in[n-2:], "ad") {
		p.in = trimSpaceRight(p.in[:n-3])
	}
	return bc
}

// clock holds the fields of a time of day as they were written.
type clock struct {
	hour, minute, second int
	micros               int64
}

// timeOfDay reads what follows a date: T or space, 13:45, 13:45:00 or 13:45:00.123456, and a zone; or, as JDBC's setDate writes a date, an offset alone.
func (p *moments) timeOfDay(m *moment, c *clock) error {
	if !p.skip('T') && !p.skip('t') {
		if !p.skipSpace() {
			return p.syntaxError()
		}
		if len(p.in) > 0 && (p.in[0] == '+' || p.in[0] == '-') {
			return p.zone(m)
		}
	}
	return p.clock(m, c)
}

// clock reads 13:45, 13:45:00 or 13:45:00.123456, and a zone.
func (p *moments) clock(m *moment, c *clock) error {
	var digits int
	if c.hour, digits = p.number(); digits < 1 || digits > 2 || !p.skip(':') {
		return p.syntaxError()
	}
	if c.minute, digits = p.number(); digits < 1 || digits > 2 {
		return p.syntaxError()
	}
	if p.skip(':') {
		if c.second, digits = p.number(); digits < 1 || digits > 2 {
			return p.syntaxError()
		}
		if p.skip('.') {
			c.micros = p.fraction()
		}
	}
	return p.zone(m)
}

// fraction reads the digits behind the point of a second and rounds them to microseconds as PostgreSQL does, in binary
// floating point; 1000000 is a possible result.
func (p *moments) fraction() int64 {
	n := 0
	for n < len(p.in) && isDigit(p.in[n]) {
		n++
	}
	digits := p.in[:n]
	p.in = p.in[n:]
	if n <= 6 {
		micros := int64(0)
		for i := range 6 {
			micros *= 10
			if i < n {
				micros += int64(digits[i] - '0')
			}
		}
		return micros
	}
	f, err := strconv.ParseFloat("0."+string(digits), 64)
	if err != nil {
		return 0
	}
	return int64(math.RoundToEven(f * 1e6))
}

// number reads decimal digits: the number, which stays at a large value where it would grow beyond any field, and how many.
func (p *moments) number() (n, digits int) {
	const large = 100_000_000
	for len(p.in) > 0 && isDigit(p.in[0]) {
		n = min(n*10+int(p.in[0]-'0'), large)
		p.in = p.in[1:]
		digits++
	}
	return n, digits
}

func (p *moments) skip(b byte) bool {
	if len(p.in) == 0 || p.in[0] != b {
		return false
	}
	p.in = p.in[1:]
	return true
}

func (p *moments) skipSpace() bool {
	n := len(p.in)
	p.in = trimSpaceLeft(p.in)
	return len(p.in) < n
}

// setDate checks the fields of a date and counts its days.
func (m *moment) setDate(year, month, day int, bc bool) error {
	if year == 0 || year > 9_999_999 || month < 1 || month > 12 || day < 1 {
		return fieldError()
	}
	if bc {
		year = 1 - year
	}
	if day > daysIn(year, month) {
		return fieldError()
	}
	m.days = daysFromCivil(year, month, day)
	return nil
}

// setTime checks the fields of a time of day, which may reach 24:00:00, and adds them up.
func (m *moment) setTime(c clock) error {
	if c.hour > 24 || c.minute > 59 || c.second > 60 {
		return fieldError()
	}
	m.micros = int64(c.hour*3600+c.minute*60+c.second)*microsPerSecond + c.micros
	if m.micros > microsPerDay {
		return fieldError()
	}
	return nil
}
