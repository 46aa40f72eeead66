package value

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// clock is a time of day with an offset now and then.
func (r random) clock() string {
	s := fmt.Sprintf("%02d:%02d", r.IntN(24), r.IntN(60))
	switch r.IntN(12) {
	case 0:
		return pick(r, "24:00", "24:00:00", "23:59:60", "00:00:00", "23:59:59.9999999", "0:0:0", "24:00:01")
	case 1:
		return s
	}
	s += fmt.Sprintf(":%02d", r.IntN(60))
	if r.IntN(3) > 0 {
		s += "." + r.digits(9)
	}
	return s
}

func (r random) offset() string {
	return pick(r, "Z", "+00", "-00", fmt.Sprintf("%s%02d", pick(r, "+", "-", " +"), r.IntN(16)), fmt.Sprintf("%s%02d:%02d", pick(r, "+", "-"), r.IntN(16), r.IntN(60)),
		fmt.Sprintf("%s%02d:%02d:%02d", pick(r, "+", "-"), r.IntN(16), r.IntN(60), r.IntN(60)))
}

// interval is one of the accepted forms, with parts of both signs and of all sizes.
func (r random) interval() string {
	n := func() int64 { return pick(r, 0, 1, -1, int64(r.IntN(30)), -int64(r.IntN(30)), r.integer(34)) }
	small := func() int64 { return pick(r, 0, 1, -1, int64(r.IntN(30)), -int64(r.IntN(70))) }
	sign := func() string { return pick(r, "", "", "", "-", "+") }
	clock := func() string {
		s := fmt.Sprintf("%s%02d:%02d", sign(), r.IntN(pick(r, 24, 24, 1<<31)), r.IntN(60))
		if r.IntN(3) > 0 {
			s += fmt.Sprintf(":%02d", r.IntN(60))
			if r.IntN(2) == 0 {
				s += "." + r.digits(8)
			}
		}
		return s
	}
	switch r.IntN(8) {
	case 0:
		return fmt.Sprintf("P%dY%dM%dDT%dH%dM%d.%sS", small(), small(), small(), small(), small(), n(), pick(r, "5", "000001", "123456"))
	case 1:
		return pick(r, fmt.Sprintf("P%dW", n()), fmt.Sprintf("PT%dS", n()), fmt.Sprintf("P%dD", n()), fmt.Sprintf("PT%dM", small()), "P", "PT0S", fmt.Sprintf("P%dM", n()))
	case 2:
		return fmt.Sprintf("%s%d-%d", sign(), r.IntN(2000), r.IntN(13))
	case 3:
		return fmt.Sprintf("%s%d %s", sign(), r.IntN(40), clock())
	case 4:
		return fmt.Sprintf("%s%d-%d %s%d %s", sign(), r.IntN(100), r.IntN(12), sign(), r.IntN(40), clock())
	case 5:
		return clock()
	}
	var parts []string
	for _, unit := range []string{"year", "month", "week", "day"} {
		if r.IntN(3) == 0 {
			parts = append(parts, fmt.Sprintf("%d %s", pick(r, small(), n()), pick(r, unit, unit+"s", strings.ToUpper(unit))))
		}
	}
	if r.IntN(2) == 0 {
		parts = append(parts, clock())
	} else {
		for _, unit := range []string{"hour", "min", "minute"} {
			if r.IntN(4) == 0 {
				parts = append(parts, fmt.Sprintf("%d %s", small(), pick(r, unit, unit+"s")))
			}
		}
		if r.IntN(2) == 0 {
			parts = append(parts, fmt.Sprintf("%d%s %s", small(), pick(r, "", ".5", ".000001", ".999999"), pick(r, "sec", "secs", "second", "seconds")))
		}
	}
	return pick(r, "", "", "", "@ ") + strings.Join(parts, " ") + pick(r, "", "", "", " ago")
}

func (r random) float(bits int) string {
	if r.IntN(20) == 0 {
		return pick(r, "NaN", "nan", "Infinity", "-infinity", "inf", "+Inf", "-0", "0", "0.0", "-0e10", " 1 ", "1e400", "1e-400", "1e-46", "4e38", "1e23", "9007199254740993", "16777217", "5e-324", "1.5e-45")
	}
	f := pick(r, math.Float64frombits(r.Uint64()), float64(r.IntN(2000))/16, r.NormFloat64()*1000, float64(r.IntN(100000))/100, math.Ldexp(float64(r.IntN(8)), r.IntN(200)-100),
		float64(r.IntN(9)+1)*math.Pow10(r.IntN(60)-20))
	if bits == 32 {
		f = pick(r, float64(math.Float32frombits(r.Uint32())), f, float64(float32(f)))
	}
	return strconv.FormatFloat(f, pick(r, byte('g'), 'e', 'f'), pick(r, -1, 17, 9, 5), 64)
}

func (r random) inet() string {
	s := fmt.Sprintf("%d.%d.%d.%d", r.IntN(256), r.IntN(256), pick(r, 0, r.IntN(256)), pick(r, 0, r.IntN(256)))
	bits := 32
	if r.IntN(2) == 0 {
		bits = 128
		words := make([]string, 8)
		for i := range words {
			words[i] = fmt.Sprintf(pick(r, "%x", "%x", "%X", "%04x"), pick(r, 0, 0, 0, r.IntN(16), r.IntN(1<<16)))
		}
		s = strings.Join(words, ":")
		switch r.IntN(6) {
		case 0:
			s = pick(r, "::", "::1", "fe80::1", "::ffff:10.1.2.3", "2001:db8::", "::1.2.3.4", "1::", "::ffff:0:1", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "64:ff9b::1.2.3.4")
		}
	}
	switch r.IntN(3) {
	case 0:
		return s + fmt.Sprintf("/%d", r.IntN(bits+2))
	case 1:
		return s + fmt.Sprintf("/%d", pick(r, bits, bits-8, bits-1))
	}
	return s
}

func (r random) mac(size int) string {
	b := r.bytes(0)
	for range size {
		b = append(b, byte(r.Uint32()))
	}
	h := fmt.Sprintf(pick(r, "%x", "%X"), b)
	group := pick(r, 2, 2, 2, 4, 6, 16)
	if size == 8 && group == 6 {
		group = 8
	}
	separator := pick(r, ":", "-")
	if group == 4 {
		separator = pick(r, ".", "-")
	}
	var groups []string
	for len(h) > group {
		groups, h = append(groups, h[:group]), h[group:]
	}
	return pick(r, "", "", " ") + strings.Join(append(groups, h), separator) + pick(r, "", "", " ")
}

// array is the text form of an array of the elements that f makes.
func (r random) array(f func() string) string {
	dims := pick(r, 0, 1, 1, 1, 2, 2, 3)
	if dims == 0 {
		return pick(r, "{}", " { } ", "{ }")
	}
	sizes := make([]int, dims)
	bounds := ""
	for i := range sizes {
		sizes[i] = 1 + r.IntN(3)
		lower := r.IntN(7) - 3
		bounds += fmt.Sprintf("[%d:%d]", lower, lower+sizes[i]-1)
	}
	if r.IntN(3) > 0 {
		bounds = ""
	} else {
		bounds += "="
	}
	return bounds + r.arrayLevel(sizes, f)
}

func (r random) arrayLevel(sizes []int, f func() string) string {
	space := pick(r, "", "", " ", "\n")
	var parts []string
	for range sizes[0] {
		if len(sizes) > 1 {
			parts = append(parts, r.arrayLevel(sizes[1:], f))
			continue
		}
		if r.IntN(5) == 0 {
			parts = append(parts, pick(r, "NULL", "null", "Null"))
			continue
		}
		element := f()
		switch plain := element != "" && !strings.ContainsAny(element, "{},\\\" \t\n\v\f\r") && !strings.EqualFold(element, "null"); {
		case plain && r.IntN(2) == 0:
			parts = append(parts, element)
		default:
			parts = append(parts, `"`+strings.NewReplacer(`"`, `\"`, `\`, `\\`).Replace(element)+`"`)
		}
	}
	return "{" + space + strings.Join(parts, space+","+space) + space + "}"
}
