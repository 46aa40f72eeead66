package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// dependents refuses tables whose rules lead to a listed table behind the proxy. Whether a view can be used depends on its query, which
// the planner reads.
func (v *validator) dependents() {
	owner := maps.Clone(v.owner)
	rest := v.live.Dependents
	for len(rest) > 0 {
		var later []*Dependent
		for _, d := range rest {
			t := owner[d.On]
			if t == nil {
				later = append(later, d)
				continue
			}
			owner[d.Name] = t
			if d.Kind != 'v' && d.Kind != 'm' {
				v.report(SeverityError, t, nil, "rule "+d.Rule, "drop the rule; a trigger can do the same",
					"the rule %s of %s names %s, behind the proxy", d.Rule, d.Name, d.On)
			}
		}
		if len(later) == len(rest) {
			v.overFunctions(rest)
			return
		}
		rest = later
	}
}

// overFunctions warns of tables with a rule that leads to a listed table through a function.
func (v *validator) overFunctions(rest []*Dependent) {
	for _, d := range rest {
		if d.Kind != 'v' && d.Kind != 'm' {
			object := kindWord(d.Kind) + " " + d.Name.String()
			v.problems = append(v.problems, Problem{Severity: SeverityWarning, Object: object,
				Message: fmt.Sprintf("the rule %s of the %s leads to %s: statements that name the table are refused", d.Rule, object, d.On)})
		}
	}
}

// homonyms warns where a name without a schema would not tell which table is meant.
func (v *validator) homonyms() {
	for _, name := range slices.SortedFunc(maps.Keys(v.owner), TableName.Compare) {
		for _, schema := range v.live.Homonyms[name.Name] {
			v.report(SeverityWarning, v.owner[name], nil, "table "+TableName{schema, name.Name}.String(), "write "+name.String()+" in statements",
				"the schema %s has a %s too: statements that name %s without a schema are refused", schema, name.Name, name.Name)
		}
	}
}

// functions warns of functions whose calls will be refused, and of those that no proxy can see.
func (v *validator) functions() {
	for _, f := range v.live.Functions {
		name := TableName{f.Schema, f.Name}.String()
		format := "the function %s names %s, behind the proxy: statements that call it are refused"
		if f.Trigger {
			format = "the trigger function %s names %s: what it does there is done behind the proxy, where only the guard in the database watches"
		}
		v.problems = append(v.problems, Problem{Severity: SeverityWarning, Object: "function " + name, Message: fmt.Sprintf(format, name, f.Names)})
	}
}

// mostUnknown bounds how many functions are named in one warning.
const mostUnknown = 20

// unknownFunctions warns, once, of the functions whose calls the policy refuses because nobody knows what they do.
func (v *validator) unknownFunctions() {
	if !v.policy.RefusesUnknown() || len(v.live.Unknown) == 0 {
		return
	}
	names := slices.Sorted(maps.Keys(v.live.Unknown))
	all := make([]string, 0, mostUnknown)
	for _, name := range names[:min(len(names), mostUnknown)] {
		all = append(all, name+" ("+v.live.Unknown[name]+")")
	}
	if more := len(names) - len(all); more > 0 {
		all = append(all, fmt.Sprintf("and %d more", more))
	}
	v.problems = append(v.problems, Problem{Severity: SeverityWarning, Object: "functions",
		Message: "unknown_functions: refuse: statements that call these functions are refused: " + strings.Join(all, ", "),
		Hint:    "what is written in SQL or PL/pgSQL without EXECUTE can be looked into"})
}
