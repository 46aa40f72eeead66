package value

import "math"

// Dates are counted in days, and times in microseconds, from 2000-01-01 (PostgreSQL's epoch) in the proleptic Gregorian
// calendar, with a year zero (1 BC). The limits are those of src/include/datatype/timestamp.h.
const (
	microsPerSecond = int64(1_000_000)
	microsPerDay    = 86_400 * microsPerSecond
	secondsPerDay   = int64(86_400)

	unixDays      = 10_957                   // from 1970-01-01 to 2000-01-01
	unixSeconds   = unixDays * 86_400        // the same in seconds
	firstDay      = -2_451_545               // 4714-11-24 BC, Julian day 0
	lastDay       = 2_147_483_493 + firstDay // 5874897-12-31
	firstMicro    = -211_813_488_000_000_000 // 4714-11-24 00:00:00 BC
	endMicro      = 9_223_371_331_200_000_000
	infiniteDay   = math.MaxInt32
	infiniteMicro = math.MaxInt64

	minusInfiniteDay   = math.MinInt32
	minusInfiniteMicro = math.MinInt64
)

// daysFromCivil is the day number of a date. The year may be anything that a parser lets through (seven digits).
func daysFromCivil(year, month, day int) int64 {
	y, m := int64(year), int64(month)
	if m <= 2 { // count years from March, so that the leap day is the last one
		y--
		m += 12
	}
	era := floorDiv(y, 400)
	yearOfEra := y - era*400
	dayOfYear := (153*(m-3)+2)/5 + int64(day) - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	const marchOfYearZero = 730_425 // days from 0000-03-01 to 2000-01-01
	return era*146_097 + dayOfEra - marchOfYearZero
}

// civilFromDays is the date of a day number.
func civilFromDays(days int64) (year, month, day int) {
	const marchOfYearZero = 730_425
	z := days + marchOfYearZero
	era := floorDiv(z, 146_097)
	dayOfEra := z - era*146_097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36_524 - dayOfEra/146_096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*dayOfYear + 2) / 153
	day = int(dayOfYear - (153*m+2)/5 + 1)
	month, year = int(m)+3, int(yearOfEra+era*400)
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// daysIn is the length of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// appendCivil appends a date as ISO 8601 writes it, with at least four digits of the year; the year 0 is 1 BC and the mark
// is left to the caller, who writes it behind the time.
func appendCivil(dst []byte, year, month, day int) []byte {
	if year <= 0 {
		year = 1 - year
	}
	dst = appendPadded(dst, year, 4)
	dst = appendPadded(append(dst, '-'), month, 2)
	return appendPadded(append(dst, '-'), day, 2)
}

// appendPadded appends n, which is not negative, with at least width digits (at most 8).
func appendPadded(dst []byte, n, width int) []byte {
	var room [20]byte
	i := len(room)
	for ; n > 0 || len(room)-i < width; n /= 10 {
		i--
		room[i] = byte('0' + n%10)
	}
	return append(dst, room[i:]...)
}
