package value

// zone reads the rest: nothing, Z, an offset, or a zone's name behind a space.
func (p *moments) zone(m *moment) error {
	spaced := p.skipSpace()
	if len(p.in) == 0 {
		return nil
	}
	m.zoned = true
	switch {
	case foldEqual(p.in, "z"):
		return nil
	case p.in[0] == '+' || p.in[0] == '-':
		return p.zoneOffset(m)
	case spaced && zoneNameIsPlain(p.in):
		zone, err := p.s.zones().load(string(p.in))
		if err != nil {
			return &Error{Code: codeParameter, Message: "time zone not recognized",
				Hint: "Accepted: Z, an offset such as +02:00, or an IANA name such as Europe/Berlin."}
		}
		m.zone = zone
		return nil
	}
	return p.syntaxError()
}

// zoneOffset reads +02, +0230, +02:30 or +02:30:15.
func (p *moments) zoneOffset(m *moment) error {
	negative := p.in[0] == '-'
	p.in = p.in[1:]
	hour, digits := p.number()
	minute, second := 0, 0
	switch {
	case digits == 0:
		return p.syntaxError()
	case p.skip(':'):
		if minute, digits = p.number(); digits < 1 || digits > 2 {
			return p.syntaxError()
		}
		if p.skip(':') {
			if second, digits = p.number(); digits < 1 || digits > 2 {
				return p.syntaxError()
			}
		}
	case digits == 3 || digits == 4:
		hour, minute = hour/100, hour%100
	case digits > 4:
		return p.syntaxError()
	}
	if len(p.in) > 0 {
		return p.syntaxError()
	}
	if hour > 15 || minute > 59 || second > 59 {
		return zoneRangeError()
	}
	m.offset = hour*3600 + minute*60 + second
	if negative {
		m.offset = -m.offset
	}
	return nil
}

// zoneNameIsPlain tells whether a name in a text form can only mean the IANA zone: AREA/PLACE, UTC or GMT. Everything else
// may be an abbreviation, which the server looks up in a table of its own.
func zoneNameIsPlain(name []byte) bool {
	if string(name) == "UTC" || string(name) == "GMT" {
		return true
	}
	slash := false
	for i, b := range name {
		switch {
		case isLetter(b) || b == '_':
		case b == '/' && i > 0:
			slash = true
		case (b == '-' || b == '+' || isDigit(b)) && slash:
		default:
			return false
		}
	}
	return slash && string(name[:min(6, len(name))]) != "posix/"
}

func zoneRangeError() error {
	return &Error{Code: codeZoneRange, Message: "time zone displacement out of range"}
}
