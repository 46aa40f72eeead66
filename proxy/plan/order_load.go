package plan

import (
	"slices"

	"github.com/legatics/pgseal/policy"
)

// order gives a relation of a listed table's tree the application's order of columns.
func (b *catalogueBuilder) order(listed policy.TableName, r *Relation) {
	before := make(map[string][]string)
	for name, f := range b.frozen[listed] {
		if len(f.Before) > 0 && r.attributeNamed(name) != nil {
			before[name] = f.Before
		}
	}
	r.arrange(before)
	if root := b.byName[listed]; r.Moved && root != nil && root.OID != r.OID {
		r.Unordered = !sameSequence(root.Columns, r.Columns, before)
	}
}

// sameSequence tells whether a partition or child has the columns that it shares with the listed table, those that lie elsewhere apart, in the
// same order: what is known of the listed table's order holds for it then.
func sameSequence(root []policy.LiveColumn, child []Attribute, before map[string][]string) bool {
	var ours, theirs []string
	own := columnNames(child)
	for i := range root {
		if name := root[i].Name; len(before[name]) == 0 && slices.Contains(own, name) {
			ours = append(ours, name)
		}
	}
	for _, name := range own {
		if slices.Contains(ours, name) {
			theirs = append(theirs, name)
		}
	}
	return slices.Equal(ours, theirs)
}
