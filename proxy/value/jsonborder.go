package value

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
)

// object is a finished object whose members must be written in another order than they came.
type object struct {
	out     span
	members []span // in the order in which they are to be written
}

// closeObject ends an object and notes it where its members are out of order.
func (w *jsonbWriter) closeObject(o span) error {
	if w == nil {
		return nil
	}
	w.out = append(w.out, '}')
	members := w.open[o.end:]
	w.open = w.open[:o.end]
	if !slices.IsSortedFunc(members, w.compareStrictly) {
		slices.SortStableFunc(members, w.compare)
		w.unruly = append(w.unruly, object{out: span{o.start, w.position()}, members: w.lastOfEach(members)})
	}
	if len(members) > 0 {
		w.keys = w.keys[:w.firstKey(members)]
	}
	return w.checkSize(0)
}

// firstKey is where the keys of the members begin, which may have been sorted since.
func (w *jsonbWriter) firstKey(members []member) int {
	return slices.MinFunc(members, func(a, b member) int { return cmp.Compare(a.key.start, b.key.start) }).key.start
}

// compare orders keys as jsonb does: the shorter first, then by bytes.
func (w *jsonbWriter) compare(a, b member) int {
	x, y := w.keys[a.key.start:a.key.end], w.keys[b.key.start:b.key.end]
	if c := cmp.Compare(len(x), len(y)); c != 0 {
		return c
	}
	return bytes.Compare(x, y)
}

// compareStrictly lets equal keys count as out of order.
func (w *jsonbWriter) compareStrictly(a, b member) int {
	if c := w.compare(a, b); c != 0 {
		return c
	}
	return -1
}

// lastOfEach drops, of sorted members with the same key, all but the last that came.
func (w *jsonbWriter) lastOfEach(members []member) []span {
	kept := make([]span, 0, len(members))
	for i, m := range members {
		if i+1 == len(members) || w.compare(m, members[i+1]) != 0 {
			kept = append(kept, m.out)
		}
	}
	return kept
}

// finish returns out with all objects in order.
func (w *jsonbWriter) finish() []byte {
	if len(w.unruly) == 0 {
		return w.out
	}
	slices.SortFunc(w.unruly, func(a, b object) int { return cmp.Compare(a.out.start, b.out.start) })
	ordered := w.appendOrdered(make([]byte, 0, w.position()), span{0, w.position()})
	return append(w.out[:w.base], ordered...)
}

// appendOrdered copies a part of the output with the objects in it put in order.
func (w *jsonbWriter) appendOrdered(dst []byte, part span) []byte {
	written := w.out[w.base:]
	for {
		i := sort.Search(len(w.unruly), func(i int) bool { return w.unruly[i].out.start >= part.start })
		if i == len(w.unruly) || w.unruly[i].out.start >= part.end {
			return append(dst, written[part.start:part.end]...)
		}
		o := w.unruly[i]
		dst = append(append(dst, written[part.start:o.out.start]...), '{')
		for n, m := range o.members {
			if n > 0 {
				dst = append(dst, ", "...)
			}
			dst = w.appendOrdered(dst, m)
		}
		dst = append(dst, '}')
		part.start = o.out.end
	}
}
