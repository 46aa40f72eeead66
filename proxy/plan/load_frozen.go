package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/legatics/pgseal/policy"
)

// frozenProblems holds the policy against what the store has agreed upon. Sealed values stay readable under the identity
// and form that they were sealed with, so a policy that would change either is an error.
func (b *catalogueBuilder) frozenProblems(frozen []FrozenColumn) []policy.Problem {
	var all []policy.Problem
	for i := range frozen {
		if p := b.unlisted(&frozen[i]); p != nil {
			all = append(all, *p)
		}
	}
	for _, name := range b.pol.Names() {
		t := b.pol.Table(name)
		for _, columnName := range t.ColumnNames() {
			c := t.Columns[columnName]
			if !c.Mode.Sealed() {
				continue
			}
			f := b.frozen[name][c.Name]
			if f == nil || f.State == StatePlain {
				continue // nothing is sealed yet: what the store holds follows the policy
			}
			message := b.changed(name, c, f)
			if message != "" {
				all = append(all, policy.Problem{Severity: policy.SeverityError, Where: c.Where, Table: name, Column: c.Name, Object: "column state", Message: message})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b policy.Problem) int {
		return cmp.Or(a.Table.Compare(b.Table), cmp.Compare(a.Column, b.Column))
	})
	return all
}

// unlisted finds a column that holds sealed values and that the policy leaves unprotected.
func (b *catalogueBuilder) unlisted(f *FrozenColumn) *policy.Problem {
	name := f.table()
	r := b.byName[name]
	if f.State == StatePlain || r == nil || r.Column(f.Column) == nil {
		return nil
	}
	p := policy.Problem{Severity: policy.SeverityError, Table: name, Column: f.Column, Object: "column state",
		Hint: "list it as it was"}
	t := b.pol.Table(name)
	if t == nil {
		p.Message = fmt.Sprintf("the column is %s and may hold sealed values, but the policy does not list its table", f.State)
		return &p
	}
	p.Where = t.Where
	c := t.Columns[f.Column]
	switch {
	case c == nil:
		p.Message = fmt.Sprintf("the column is %s and may hold sealed values, but the policy does not list it", f.State)
	case !c.Mode.Sealed():
		p.Where = c.Where
		p.Message = fmt.Sprintf("the column is %s and may hold sealed values, but the policy says mode: plain", f.State)
	default:
		return nil
	}
	return &p
}

// changed says what the policy would change of a column that has been agreed upon; empty where nothing.
func (b *catalogueBuilder) changed(table policy.TableName, c *policy.Column, f *FrozenColumn) string {
	const before = "the column has been sealed with "
	var live *policy.LiveColumn
	if r := b.byName[table]; r != nil {
		live = r.Column(c.Name)
	}
	want := policyKey(table, c, b.logicalType(c, f, live))
	frozenDomain := strings.HasPrefix(f.Key.ID.String(), "domain ")
	switch {
	case sealMode(c.Mode) != f.Mode && sealMode(c.Mode) != f.NextMode:
		return fmt.Sprintf(before+"mode %s, the policy says %s: pgseal column reseal --mode %s comes first", f.Mode, c.Mode, c.Mode)
	case c.Domain != "" && want.ID != f.Key.ID:
		return fmt.Sprintf(before+"the identity %s, the policy says domain %s", f.Key.ID, c.Domain)
	case c.Domain == "" && frozenDomain:
		return fmt.Sprintf(before+"the identity %s, the policy says no domain", f.Key.ID)
	case want.Family != f.Key.Family && (c.Pad > 0) != (f.Pad > 0):
		return fmt.Sprintf(before+"pad %d, the policy says pad %d (0: none)", f.Pad, c.Pad)
	case want.Family != f.Key.Family:
		return fmt.Sprintf(before+"the type family %s, the policy makes it %s", f.Key.Family, want.Family)
	case c.Mode == policy.Deterministic && !slices.Equal(c.Normalize, f.Normalize):
		return fmt.Sprintf(before+"normalize [%s], the policy says [%s]: equal values would no longer be found", strings.Join(f.Normalize, ", "), strings.Join(c.Normalize, ", "))
	case c.Mode == policy.Deterministic && c.Pad != f.Pad:
		return fmt.Sprintf(before+"pad %d, the policy says %d: equal values would no longer be found", f.Pad, c.Pad)
	}
	return ""
}
