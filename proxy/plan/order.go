package plan

import (
	"cmp"
	"slices"
	"strings"
)

// A sealed column may have taken the place of a plain one: the server has it behind all columns that were there then. Applications go on to see
// it where the plain one was, in every list of all columns that they do not write themselves (order_star.go, order_list.go, order_alias.go). What
// cannot be kept in that order is refused (order_refuse.go). Such lists are written out from the moment on that the store names columns that it
// stands before, also while it still lies there: a statement that is on its way while the one takes the place of the other has its columns by their
// names then, and none gets another's value. Until it has taken the place it is one of the product's own columns, which nobody sees.

// ownColumn is what the names of the product's own columns in an application's table begin with.
const ownColumn = "pgseal_"

// Order returns a table's columns in the application's order. lie are their names as the server has them. before says of a column that lies
// elsewhere which ones it stands before, the nearest first: the first of them that there is counts. Where there is none, the column stands where it
// lies.
func Order(lie []string, before map[string][]string) []string {
	p := placing{before: make(map[string]string, len(before)), placed: make(map[string]bool, len(before))}
	for _, name := range lie {
		for _, next := range before[name] {
			if next != name && slices.Contains(lie, next) {
				p.before[name] = next
				break
			}
		}
		if p.before[name] == "" {
			p.order = append(p.order, name)
		}
	}
	for _, name := range lie {
		p.place(name)
	}
	return p.order
}

// placing puts columns that lie elsewhere among those that lie where they stand.
type placing struct {
	before map[string]string // column that lies elsewhere -> the one that it stands before
	placed map[string]bool   // of those: it is in order, or about to be
	order  []string
}

// place puts a column in front of the one that it stands before, which may have to be placed itself.
func (p *placing) place(name string) {
	next := p.before[name]
	if next == "" || p.placed[name] {
		return
	}
	p.placed[name] = true
	p.place(next)
	at := slices.Index(p.order, next)
	if at < 0 { // each stands before the other, which nobody means
		at = len(p.order)
	}
	p.order = slices.Insert(p.order, at, name)
}

// arrange puts the columns in the application's order, and takes the product's own out of them.
func (r *Relation) arrange(before map[string][]string) {
	if len(before) == 0 {
		return
	}
	r.Moved = true
	r.Columns = slices.DeleteFunc(r.Columns, func(a Attribute) bool {
		own := a.Protected == nil && strings.HasPrefix(a.Name, ownColumn)
		if own {
			r.Own = append(r.Own, a)
		}
		return own
	})
	order := Order(columnNames(r.Columns), before)
	slices.SortFunc(r.Columns, func(a, b Attribute) int {
		return cmp.Compare(slices.Index(order, a.Name), slices.Index(order, b.Name))
	})
}

// owns tells the product's own columns. One that was added a moment ago may not be in the catalogue yet.
func (r *Relation) owns(name string) bool {
	named := func(a Attribute) bool { return a.Name == name }
	return slices.ContainsFunc(r.Own, named) || r.Moved && strings.HasPrefix(name, ownColumn) && !slices.ContainsFunc(r.Columns, named)
}

// asTheyLie are the relation's columns in the server's order, all of them.
func (r *Relation) asTheyLie() []Attribute {
	lie := slices.Concat(r.Columns, r.Own)
	slices.SortFunc(lie, func(a, b Attribute) int { return cmp.Compare(a.Attnum, b.Attnum) })
	return lie
}

func columnNames(columns []Attribute) []string {
	names := make([]string, len(columns))
	for i := range columns {
		names[i] = columns[i].Name
	}
	return names
}
