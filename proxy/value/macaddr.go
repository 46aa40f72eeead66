package value

// macCodec is macaddr and macaddr8. Canonical form: the 6 or 8 bytes in the order in which they are printed.
type macCodec struct{ size int }

func (c macCodec) name() string {
	if c.size == 8 {
		return "macaddr8"
	}
	return "macaddr"
}

func (c macCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	raw, ok := parseMAC(trimSpace(in))
	switch {
	case !ok, len(raw) != 6 && len(raw) != c.size:
		return dst, syntaxError(c.name(), "Accepted: hexadecimal digits in pairs, with : or - between all pairs, or - : . between equal groups of them, or nothing.")
	case len(raw) < c.size:
		return appendEUI64(dst, raw), nil
	}
	return append(dst, raw...), nil
}

// appendEUI64 makes eight bytes of six, as PostgreSQL does where macaddr8 is given them.
func appendEUI64(dst, raw []byte) []byte {
	return append(append(append(dst, raw[:3]...), 0xff, 0xfe), raw[3:]...)
}

// parseMAC reads pairs of hexadecimal digits in groups of one size, with one separator between the groups.
func parseMAC(in []byte) (raw []byte, ok bool) {
	var separator byte
	group, pairs := 0, 0 // pairs of a group, and of the present one
	for len(in) > 0 {
		if len(in) < 2 {
			return nil, false
		}
		high, ok1 := hexDigit(in[0])
		low, ok2 := hexDigit(in[1])
		if !ok1 || !ok2 || len(raw) == 8 {
			return nil, false
		}
		raw, in = append(raw, high<<4|low), in[2:]
		pairs++
		if len(in) == 0 || in[0] != ':' && in[0] != '-' && in[0] != '.' {
			continue
		}
		if separator != 0 && (in[0] != separator || pairs != group) || len(in) == 1 {
			return nil, false
		}
		separator, group, pairs, in = in[0], pairs, 0, in[1:]
	}
	switch separator {
	case 0:
		return raw, true
	case '.':
		return raw, pairs == group && group == 2
	case ':':
		return raw, pairs == group && (group != 2 || len(raw) == 8)
	}
	return raw, pairs == group
}

func (c macCodec) receive(dst, in []byte, _ int32) ([]byte, error) {
	if c.size == 8 && len(in) == 6 {
		return appendEUI64(dst, in), nil
	}
	if err := fixedSize(in, c.size); err != nil {
		return dst, err
	}
	return append(dst, in...), nil
}

func (c macCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	if len(canonical) != c.size {
		return dst, storedError(c.name())
	}
	const digits = "0123456789abcdef"
	for i, b := range canonical {
		if i > 0 {
			dst = append(dst, ':')
		}
		dst = append(dst, digits[b>>4], digits[b&15])
	}
	return dst, nil
}

func (c macCodec) send(dst, canonical []byte) ([]byte, error) {
	if len(canonical) != c.size {
		return dst, storedError(c.name())
	}
	return append(dst, canonical...), nil
}
