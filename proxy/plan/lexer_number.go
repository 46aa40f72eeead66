package plan

// number reads a number. What follows it at once and cannot be part of it makes it bad, as in PostgreSQL since 15.
func (l *lexer) number(start int) token {
	if l.src[start] == '0' {
		if end, ok := l.radix(start); ok {
			return l.endOfNumber(start, end, tokNumber)
		}
	}
	end, kind := l.digits(start), tokInt
	if l.at(end) == '.' && l.at(end+1) != '.' {
		kind = tokNumber
		if end++; charClass[l.at(end)]&chDigit != 0 {
			end = l.digits(end)
		}
	}
	if l.at(end)|0x20 == 'e' {
		exponent := end + 1
		if c := l.at(exponent); c == '+' || c == '-' {
			exponent++
		}
		if charClass[l.at(exponent)]&chDigit == 0 {
			return l.cut(start, exponent, tokBad)
		}
		end, kind = l.digits(exponent), tokNumber
	}
	if kind == tokInt && hasUnderscore(l.src[start:end]) {
		kind = tokNumber
	}
	return l.endOfNumber(start, end, kind)
}

func (l *lexer) endOfNumber(start, end int, kind tokenKind) token {
	if charClass[l.at(end)]&chIdentStart != 0 {
		kind = tokBad
	}
	return l.cut(start, end, kind)
}

// digits returns the end of the decimal digits from i on; single underscores may stand between them.
func (l *lexer) digits(i int) int {
	for charClass[l.at(i)]&chDigit != 0 || l.at(i) == '_' && charClass[l.at(i+1)]&chDigit != 0 {
		i++
	}
	return i
}

// radix returns the end of a hexadecimal, octal or binary integer that starts at start.
func (l *lexer) radix(start int) (end int, ok bool) {
	var valid func(c byte) bool
	switch l.at(start+1) | 0x20 {
	case 'x':
		valid = func(c byte) bool { return charClass[c]&chHex != 0 }
	case 'o':
		valid = func(c byte) bool { return c >= '0' && c <= '7' }
	case 'b':
		valid = func(c byte) bool { return c == '0' || c == '1' }
	default:
		return 0, false
	}
	i := start + 2
	for valid(l.at(i)) || l.at(i) == '_' && valid(l.at(i+1)) {
		i++
	}
	return i, i > start+2
}

func hasUnderscore(digits []byte) bool {
	for _, c := range digits {
		if c == '_' {
			return true
		}
	}
	return false
}
