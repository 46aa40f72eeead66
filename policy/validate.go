package policy

import (
	"cmp"
	"fmt"
	"slices"
)

// validator holds one policy against one database.
type validator struct {
	policy    *Policy
	live      *Database
	relations map[TableName]*Relation
	owner     map[TableName]*Table // listed table of each relation, descendants included
	logical   map[*Column]Type     // of sealed columns whose type is known and sound
	problems  []Problem
}

// Validate holds the policy against the live database and returns what does not fit, in the order of the policy file and
// then what is about the whole database. live is read alone. What would go silently wrong is an error; see Severity.
func (p *Policy) Validate(live *Database) []Problem {
	v := &validator{policy: p, live: live, relations: make(map[TableName]*Relation, len(live.Relations)),
		owner: make(map[TableName]*Table), logical: make(map[*Column]Type)}
	for _, r := range live.Relations {
		v.relations[r.Name] = r
	}
	if live.Encoding != "UTF8" && len(p.Tables) > 0 {
		v.problems = append(v.problems, Problem{Severity: SeverityError, Object: "database",
			Message: fmt.Sprintf("the database is encoded in %s; sealing needs UTF8", live.Encoding)})
	}
	for _, name := range p.Names() {
		v.table(p.Tables[name])
	}
	v.domains()
	v.foreignKeys()
	v.dependents()
	v.homonyms()
	v.functions()
	v.unknownFunctions()
	v.settingFunctions()
	slices.SortStableFunc(v.problems, func(a, b Problem) int {
		if (a.Where.Line == 0) != (b.Where.Line == 0) {
			return b.Where.Line - a.Where.Line // what has no place comes last
		}
		return cmp.Or(a.Where.Line-b.Where.Line, a.Where.Column-b.Where.Column)
	})
	return v.problems
}

// report notes a problem of a listed table or, where c is set, of a column of it.
func (v *validator) report(s Severity, t *Table, c *Column, object, hint, format string, args ...any) {
	p := Problem{Severity: s, Where: t.Where, Table: t.Name, Object: object, Message: fmt.Sprintf(format, args...), Hint: hint}
	if c != nil {
		p.Where, p.Column = c.Where, c.Name
	}
	v.problems = append(v.problems, p)
}

// table checks one listed table and every relation below it.
func (v *validator) table(t *Table) {
	root := v.relations[t.Name]
	if root == nil {
		v.report(SeverityError, t, nil, "", "", "there is no such table%s", v.suggestTable(t.Name))
		return
	}
	if !v.canBeListed(t, root) {
		return
	}
	v.tenantColumn(t, root)
	for _, r := range v.tree(t, root) {
		v.relation(t, r)
	}
	v.acknowledged(t)
}

func (v *validator) suggestTable(n TableName) string {
	all := make([]string, len(v.live.Names))
	for i, name := range v.live.Names {
		all[i] = name.String()
	}
	return suggest(n.String(), all)
}

// canBeListed tells whether the relation is a table that may stand in a policy by itself.
func (v *validator) canBeListed(t *Table, root *Relation) bool {
	if root.Kind != 'r' && root.Kind != 'p' {
		hint := ""
		if root.Kind == 'v' || root.Kind == 'm' {
			hint = "list the tables that it reads"
		}
		v.report(SeverityError, t, nil, kindWord(root.Kind)+" "+root.Name.String(), hint, "it is a %s, and only tables can be protected", kindWord(root.Kind))
		return false
	}
	if len(root.Parents) == 0 {
		return true
	}
	parent := root.Parents[0]
	what := "inherits from"
	if root.Partition {
		what = "is a partition of"
	}
	v.report(SeverityError, t, nil, "table "+parent.String(), "list "+parent.String()+" alone; what it says holds below it",
		"it %s %s, through which its rows are read and written too", what, parent)
	return false
}

// tree returns the relation and everything below it, and notes whose it is.
func (v *validator) tree(t *Table, root *Relation) []*Relation {
	all := []*Relation{root}
	v.owner[root.Name] = t
	for i := 0; i < len(all); i++ {
		for _, name := range all[i].Children {
			child := v.relations[name]
			if child == nil || v.owner[name] != nil {
				continue
			}
			v.owner[name] = t
			all = append(all, child)
		}
	}
	return all
}

// relation checks one relation of a listed table's tree.
func (v *validator) relation(t *Table, r *Relation) {
	if r.Kind == 'f' {
		v.report(SeverityError, t, nil, "foreign table "+r.Name.String(), "DROP FOREIGN TABLE "+sqlTable(r.Name)+";", "the foreign table %s is below it, whose rows lie on another server", r.Name)
		return
	}
	for _, parent := range r.Parents {
		if r.Name != t.Name && v.owner[parent] != t {
			v.report(SeverityError, t, nil, "table "+parent.String(), "", "%s, which is below it, inherits from %s too, through which its rows can be read", r.Name, parent)
		}
	}
	for _, name := range t.ColumnNames() {
		v.column(t, t.Columns[name], r)
	}
	for _, rule := range r.Rules {
		v.report(SeverityError, t, nil, "rule "+rule, "drop the rule; a trigger can do the same",
			"the rule %s of %s rewrites statements inside the server, behind the proxy", rule, r.Name)
	}
	if !t.Sealed() {
		return
	}
	for _, trigger := range r.Triggers {
		if trigger.Own || slices.Contains(t.AcknowledgeTriggers, trigger.Name) {
			continue
		}
		v.report(SeverityError, t, nil, "trigger "+trigger.Name, "if it can do with sealed values, write acknowledge_triggers: ["+trigger.Name+"]",
			"the trigger %s of %s runs %s, which would see sealed values", trigger.Name, r.Name, trigger.Function)
	}
}

// acknowledged finds names in acknowledge_triggers that no trigger bears.
func (v *validator) acknowledged(t *Table) {
	if len(t.AcknowledgeTriggers) == 0 {
		return
	}
	var names []string
	for _, r := range v.live.Relations {
		if v.owner[r.Name] == t {
			for _, trigger := range r.Triggers {
				names = append(names, trigger.Name)
			}
		}
	}
	for _, a := range t.AcknowledgeTriggers {
		if !slices.Contains(names, a) {
			v.report(SeverityWarning, t, nil, "trigger "+a, "", "acknowledge_triggers names %s, which is no trigger of the table%s", a, suggest(a, names))
		}
	}
}

// kindWord is a relkind in words.
func kindWord(kind byte) string {
	switch kind {
	case 'r', 'p':
		return "table"
	case 'v':
		return "view"
	case 'm':
		return "materialized view"
	case 'f':
		return "foreign table"
	case 'S':
		return "sequence"
	case 'i', 'I':
		return "index"
	case 'c':
		return "composite type"
	}
	return "relation of another kind"
}
