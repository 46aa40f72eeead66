package plan

import "slices"

// decided is the namespace as RETURNING sees it: literals and parameters of a source that have been sealed for one column on their way into the
// table are values of that column. Where sealing may have changed them, what comes back would not be what was written there, and they stay open.
func (s *namespace) decided() *namespace {
	out := *s
	out.fields = decidedFields(s.fields)
	out.sources = make([]*source, len(s.sources))
	for i, src := range s.sources {
		own := *src
		own.fields = decidedFields(src.fields)
		out.sources[i] = &own
	}
	return &out
}

func decidedFields(fields []field) []field {
	out := slices.Clone(fields)
	for i := range out {
		f := &out[i]
		if f.column != nil || len(f.open) == 0 {
			continue
		}
		c := f.open[0].slot.Column
		alike := c != nil && !c.changesValues() && c.Type.Typmod < 0
		for _, o := range f.open {
			alike = alike && !o.array && o.role == sealedFor && o.slot.Column == c
		}
		if alike {
			f.lineage = ofColumn(c)
		}
	}
	return out
}
