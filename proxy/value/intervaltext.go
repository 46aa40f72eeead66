package value

import (
	"math"
	"math/bits"
)

const intervalHint = "Accepted: 1 year 2 months 3 days 04:05:06.7 (units year, month or mon, week, day, hour, minute or min, second or sec, each once and whole but for the seconds; " +
	"@ in front and ago behind), the SQL form 1-2 3 4:05:06, and ISO 8601 as P1Y2M3DT4H5M6.7S."

func intervalSyntax() error {
	return &Error{Code: codeDateSyntax, Message: "invalid input syntax for type interval", Hint: intervalHint}
}

func intervalOverflow() error {
	return &Error{Code: codeIntervalRange, Message: "interval field value out of range"}
}

// intervalParts names the parts of an interval's text, each of which may stand there once.
type intervalParts uint8

const (
	partYear intervalParts = 1 << iota
	partMonth
	partWeek
	partDay
	partHour
	partMinute
	partSecond

	partTime      = partHour | partMinute | partSecond
	partYearMonth = partYear | partMonth
)

// intervalText adds up the parts of an interval's text.
type intervalText struct {
	seen         intervalParts
	months, days int64
	micros       int64
	negative     bool // every part counts as negative
}

// parseInterval reads the text forms that doc.go lists. sqlStandard: the session's IntervalStyle is the one in which a
// minus in front counts for all parts, where no other sign stands.
func parseInterval(in []byte, sqlStandard bool) (interval, error) {
	t := &intervalText{}
	if len(in) > 255 { // about as many as the server takes
		return interval{}, intervalSyntax()
	}
	if len(in) > 0 && in[0] == 'P' { // no white space around it, as in PostgreSQL
		if err := t.iso(in[1:]); err != nil {
			return interval{}, err
		}
		return t.sum()
	}
	words := splitSpace(in)
	verbose := len(words) > 0 && len(words[0]) == 1 && words[0][0] == '@'
	if verbose {
		words = words[1:]
	}
	ago := len(words) > 0 && foldEqual(words[len(words)-1], "ago")
	if ago {
		words = words[:len(words)-1]
	}
	t.negative = sqlStandard && onlyFirstNegative(words)
	if err := t.words(words, verbose); err != nil {
		return interval{}, err
	}
	if ago {
		if t.micros == math.MinInt64 {
			return interval{}, intervalOverflow()
		}
		t.months, t.days, t.micros = -t.months, -t.days, -t.micros
	}
	return t.sum()
}

// onlyFirstNegative tells whether a minus stands in front and no other sign behind it.
func onlyFirstNegative(words [][]byte) bool {
	for i, word := range words {
		if negative, _, signed := cutSign(word); i == 0 && !negative || i > 0 && signed {
			return false
		}
	}
	return len(words) > 0
}

// splitSpace splits at white space.
func splitSpace(in []byte) [][]byte {
	var words [][]byte
	for in = trimSpaceLeft(in); len(in) > 0; in = trimSpaceLeft(in) {
		n := 0
		for n < len(in) && !isSpace(in[n]) {
			n++
		}
		words, in = append(words, in[:n]), in[n:]
	}
	return words
}

func (t *intervalText) sum() (interval, error) {
	if t.months != int64(int32(t.months)) || t.days != int64(int32(t.days)) {
		return interval{}, intervalRangeError()
	}
	return interval{t.micros, int32(t.days), int32(t.months)}, nil
}

// words reads number and unit, years-months, a time of day, a number of days in front of it, and, of the verbose form, 0.
func (t *intervalText) words(words [][]byte, verbose bool) error {
	if len(words) == 0 {
		return intervalSyntax()
	}
	for i := 0; i < len(words); i++ {
		negative, body, signed := cutSign(words[i])
		negative = negative || t.negative
		n, rest, ok := cutInteger(body)
		if !ok {
			return intervalSyntax()
		}
		var err error
		switch {
		case len(rest) > 0 && rest[0] == ':':
			err = t.clock(body, negative)
		case len(rest) > 0 && rest[0] == '-':
			err = t.yearMonth(n, rest[1:], negative)
		case len(rest) > 0 && rest[0] == '.' && i+1 < len(words):
			i++
			err = t.fraction(n, rest[1:], words[i], negative)
		case len(rest) > 0:
			err = intervalSyntax()
		case i+1 < len(words) && isLetter(words[i+1][0]):
			i++
			err = t.unit(n, words[i], negative)
		case i == len(words)-2 && isTimeOfDay(words[i+1]):
			err = t.add(partDay, signedBy(n, negative))
		case n == 0 && len(words) == 1 && (verbose || !signed): // 0 and @ 0
			t.seen |= partSecond
		default:
			err = intervalSyntax()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func cutSign(word []byte) (negative bool, body []byte, signed bool) {
	if len(word) > 0 && (word[0] == '-' || word[0] == '+') {
		return word[0] == '-', word[1:], true
	}
	return false, word, false
}

func signedBy(n int64, negative bool) int64 {
	if negative {
		return -n
	}
	return n
}

// cutInteger takes digits off; a number too large for any part stays at a large one.
func cutInteger(in []byte) (n int64, rest []byte, ok bool) {
	const large = math.MaxInt64 / 16
	i := 0
	for ; i < len(in) && isDigit(in[i]); i++ {
		if n = n*10 + int64(in[i]-'0'); n > large {
			n = large
		}
	}
	return n, in[i:], i > 0
}

// add counts n of a part, which must not have been there yet.
func (t *intervalText) add(part intervalParts, n int64) error {
	if t.seen&part != 0 {
		return intervalSyntax()
	}
	t.seen |= part
	var sum *int64
	unit := int64(1)
	switch part {
	case partYear:
		sum, unit = &t.months, 12
	case partMonth:
		sum = &t.months
	case partWeek:
		sum, unit = &t.days, 7
	case partDay:
		sum = &t.days
	case partHour:
		sum, unit = &t.micros, 3600*microsPerSecond
	case partMinute:
		sum, unit = &t.micros, 60*microsPerSecond
	case partSecond:
		sum, unit = &t.micros, microsPerSecond
	}
	if whole := n; part&(partYear|partMonth|partWeek|partDay) != 0 {
		if part == partWeek {
			whole *= 7
		}
		if whole != int64(int32(whole)) {
			return intervalOverflow()
		}
	}
	high, low := bits.Mul64(uint64(abs(n)), uint64(unit))
	if high != 0 || low > math.MaxInt64 {
		return intervalOverflow()
	}
	product := signedBy(int64(low), n < 0)
	if product > 0 && *sum > math.MaxInt64-product || product < 0 && *sum < math.MinInt64-product {
		return intervalOverflow()
	}
	*sum += product
	return nil
}

// unit counts n of what a word names.
func (t *intervalText) unit(n int64, word []byte, negative bool) error {
	if len(word) > 1 && word[len(word)-1]|0x20 == 's' {
		word = word[:len(word)-1]
	}
	for _, u := range [...]struct {
		name string
		part intervalParts
	}{{"year", partYear}, {"month", partMonth}, {"mon", partMonth}, {"week", partWeek}, {"day", partDay}, {"hour", partHour},
		{"minute", partMinute}, {"min", partMinute}, {"second", partSecond}, {"sec", partSecond}} {
		if foldEqual(word, u.name) {
			return t.add(u.part, signedBy(n, negative))
		}
	}
	return intervalSyntax()
}

// fraction counts seconds with up to six digits behind the point.
func (t *intervalText) fraction(n int64, digits, word []byte, negative bool) error {
	micros, ok := microsOf(digits)
	if !ok {
		return intervalSyntax()
	}
	before := t.seen
	if err := t.unit(n, word, negative); err != nil {
		return err
	}
	if t.seen&^before != partSecond {
		return intervalSyntax()
	}
	return t.addMicros(signedBy(micros, negative))
}

func (t *intervalText) addMicros(n int64) error {
	if n > 0 && t.micros > math.MaxInt64-n || n < 0 && t.micros < math.MinInt64-n {
		return intervalOverflow()
	}
	t.micros += n
	return nil
}

// microsOf reads one to six digits behind a second's point.
func microsOf(digits []byte) (micros int64, ok bool) {
	n, rest, ok := cutInteger(digits)
	if !ok || len(rest) > 0 || len(digits) > 6 {
		return 0, false
	}
	for range 6 - len(digits) {
		n *= 10
	}
	return n, true
}

// yearMonth reads the rest of 1-2.
func (t *intervalText) yearMonth(years int64, rest []byte, negative bool) error {
	months, rest, ok := cutInteger(rest)
	switch {
	case !ok || len(rest) > 0 || t.seen&partYearMonth != 0:
		return intervalSyntax()
	case months > 11:
		return intervalOverflow()
	}
	if err := t.add(partYear, signedBy(years, negative)); err != nil {
		return err
	}
	return t.add(partMonth, signedBy(months, negative))
}

// isTimeOfDay tells 04:05:06 with or without a sign from other words.
func isTimeOfDay(word []byte) bool {
	_, body, _ := cutSign(word)
	_, rest, ok := cutInteger(body)
	return ok && len(rest) > 0 && rest[0] == ':'
}

// clock reads 04:05 and 04:05:06.7, with as many hours as there are.
func (t *intervalText) clock(body []byte, negative bool) error {
	if t.seen&partTime != 0 {
		return intervalSyntax()
	}
	hours, rest, _ := cutInteger(body)
	p := moments{in: rest[1:]}
	minute, digits := p.number()
	second, micros := 0, int64(0)
	if digits < 1 || digits > 2 {
		return intervalSyntax()
	}
	if p.skip(':') {
		if second, digits = p.number(); digits < 1 || digits > 2 {
			return intervalSyntax()
		}
		if p.skip('.') {
			micros = p.fraction()
		}
	}
	if len(p.in) > 0 {
		return intervalSyntax()
	}
	if minute > 59 || second > 60 {
		return intervalOverflow()
	}
	for _, part := range [...]struct {
		part intervalParts
		n    int64
	}{{partHour, hours}, {partMinute, int64(minute)}, {partSecond, int64(second)}} {
		if err := t.add(part.part, signedBy(part.n, negative)); err != nil {
			return err
		}
	}
	return t.addMicros(signedBy(micros, negative))
}

// iso reads what follows the P of ISO 8601: years, months, weeks, days, T, hours, minutes, seconds, in that order.
func (t *intervalText) iso(in []byte) error {
	const date, clock = "YMWD", "HMS"
	parts := [...]intervalParts{partYear, partMonth, partWeek, partDay, partHour, partMinute, partSecond}
	units, first := date, 0
	at := 0
	if len(in) == 0 {
		return intervalSyntax()
	}
	for len(in) > 0 {
		if in[0] == 'T' && units == date && len(in) > 1 {
			units, first, at, in = clock, len(date), 0, in[1:]
		}
		negative, body, _ := cutSign(in)
		n, rest, ok := cutInteger(body)
		if !ok || len(rest) == 0 {
			return intervalSyntax()
		}
		micros := int64(0)
		if rest[0] == '.' {
			end := 1
			for end < len(rest) && isDigit(rest[end]) {
				end++
			}
			if micros, ok = microsOf(rest[1:end]); !ok || end == len(rest) || rest[end] != 'S' || units != clock {
				return intervalSyntax()
			}
			rest = rest[end:]
		}
		for at < len(units) && units[at] != rest[0] {
			at++
		}
		if at == len(units) {
			return intervalSyntax()
		}
		if err := t.add(parts[first+at], signedBy(n, negative)); err != nil {
			return err
		}
		if err := t.addMicros(signedBy(micros, negative)); err != nil {
			return err
		}
		at++
		in = rest[1:]
	}
	return nil
}
