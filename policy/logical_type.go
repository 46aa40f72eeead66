package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Type is a logical type: what the application sees in a sealed column. It is comparable.
type Type struct {
	Schema string // of an enum, which alone has one
	Name   string // canonical: "text", "varchar", "integer", "numeric", ...
	// Args is how many of the following the type has been given.
	Args  int
	First int // length of varchar and char, precision of numeric, digits of a second of timestamp, time and interval
	Scale int // of numeric
	// Array tells an array of the type, of any number of dimensions.
	Array bool
}

// kind is what the policy knows of a type.
type kind struct {
	name     string
	aliases  []string
	maxArgs  int
	firstMin int
	firstMax int
	textual  bool
	// lossy, where set, says why equal values of the type may print differently, so that it cannot be deterministic.
	lossy string
}

// citext is the one type of an extension that can be sealed. It is known by that name whatever its schema.
const citext = "citext"

// kinds are the types that the policy knows by name, with the spellings of SQL and of format_type.
func kinds() []kind {
	const prints = "equal values of it can print differently"
	return []kind{
		{name: "text", textual: true},
		{name: "varchar", aliases: []string{"character varying"}, maxArgs: 1, firstMin: 1, firstMax: 10485760, textual: true},
		{name: "bytea"},
		{name: "smallint", aliases: []string{"int2"}},
		{name: "integer", aliases: []string{"int", "int4"}},
		{name: "bigint", aliases: []string{"int8"}},
		{name: "numeric", aliases: []string{"decimal"}, maxArgs: 2, firstMin: 1, firstMax: 1000},
		{name: "boolean", aliases: []string{"bool"}},
		{name: "date"},
		{name: "timestamp", aliases: []string{"timestamp without time zone"}, maxArgs: 1, firstMax: 6},
		{name: "timestamptz", aliases: []string{"timestamp with time zone"}, maxArgs: 1, firstMax: 6},
		{name: "uuid"},
		{name: "json", lossy: prints},
		{name: "jsonb", lossy: prints},
		{name: "char", aliases: []string{"character"}, maxArgs: 1, firstMin: 1, firstMax: 10485760, textual: true,
			lossy: "its trailing spaces do not count; use varchar(n)"},
		{name: "bpchar", textual: true, lossy: "its trailing spaces do not count; use varchar"},
		{name: "time", aliases: []string{"time without time zone"}, maxArgs: 1, firstMax: 6},
		{name: "timetz", aliases: []string{"time with time zone"}, maxArgs: 1, firstMax: 6, lossy: "its order and equality depend on its zone; use time"},
		{name: "interval", maxArgs: 1, firstMax: 6, lossy: prints + ", as 1 day and 24 hours do"},
		{name: "real", aliases: []string{"float4"}, lossy: prints + ", as 0 and -0 do; use numeric with a scale"},
		{name: "double precision", aliases: []string{"float8", "float"}, lossy: prints + ", as 0 and -0 do; use numeric with a scale"},
		{name: "inet"},
		{name: "cidr"},
		{name: "macaddr"},
		{name: "macaddr8"},
		{name: citext, textual: true, lossy: "it compares without regard to case; use text with normalize: [lower]"},
	}
}

func kindNamed(name string) (kind, bool) {
	for _, k := range kinds() {
		if k.name == name || slices.Contains(k.aliases, name) {
			return k, true
		}
	}
	return kind{}, false
}

// TypeNames returns the canonical names of the types that can be sealed.
func TypeNames() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// ParseType reads a type as people and format_type write it: "varchar(20)", "character varying(20)", "numeric(10,2)",
// "timestamp(3) with time zone"; a name with a schema is an enum's, "public.mood". The error says why the type cannot be sealed, or which name is nearest.
func ParseType(s string) (Type, error) {
	if element, ok := strings.CutSuffix(strings.TrimSpace(s), "[]"); ok && !strings.HasSuffix(element, "[]") {
		t, err := ParseType(element)
		if err == nil && t.Live() {
			return Type{}, fmt.Errorf("the type %s[] cannot be sealed: arrays of enums and of citext are not known to this version", t)
		}
		t.Array = true
		return t, err
	}
	if strings.IndexByte(s, '.') >= 0 && strings.IndexByte(s, '(') < 0 {
		return parseLive(strings.TrimSpace(s))
	}
	name, args, hasArgs, err := splitType(s)
	if err != nil {
		return Type{}, err
	}
	k, known := kindNamed(name)
	switch {
	case !known:
		return Type{}, fmt.Errorf("the type %s is not one that can be sealed%s", s, suggest(name, TypeNames()))
	case !hasArgs && k.name == "char":
		return Type{Name: k.name, Args: 1, First: 1}, nil // other than bpchar, which has no length
	case !hasArgs:
		return Type{Name: k.name}, nil
	case len(args) > k.maxArgs:
		return Type{}, fmt.Errorf("the type %s takes no %s", k.name, [...]string{"modifier", "second modifier", "third modifier"}[k.maxArgs])
	case args[0] < k.firstMin || args[0] > k.firstMax:
		return Type{}, fmt.Errorf("the modifier of %s must be between %d and %d", k.name, k.firstMin, k.firstMax)
	}
	t := Type{Name: k.name, Args: len(args), First: args[0]}
	if k.name == "numeric" {
		t.Args = 2
		if len(args) == 2 {
			t.Scale = args[1]
		}
		if t.Scale < 0 || t.Scale > t.First {
			return Type{}, fmt.Errorf("the scale of numeric must be between 0 and its precision %d", t.First)
		}
	}
	return t, nil
}

// parseLive reads the name of a type that has another OID in each database, with its schema.
func parseLive(s string) (Type, error) {
	n, err := ParseTableName(s)
	if err != nil {
		return Type{}, err
	}
	if n.Name == citext {
		return Type{Name: citext}, nil
	}
	return Type{Schema: n.Schema, Name: n.Name}, nil
}

// Live tells the types that have another OID in each database.
func (t Type) Live() bool { return t.Schema != "" || t.Name == citext }

// splitType takes "timestamp (3) with time zone" apart into "timestamp with time zone" and 3.
func splitType(s string) (name string, args []int, hasArgs bool, err error) {
	open := strings.IndexByte(s, '(')
	if open < 0 {
		return strings.Join(strings.Fields(strings.ToLower(s)), " "), nil, false, nil
	}
	length := strings.IndexByte(s[open:], ')')
	if length < 0 {
		return "", nil, false, fmt.Errorf("the type %q has no closing parenthesis", s)
	}
	for _, a := range strings.SplitN(s[open+1:open+length], ",", 4) {
		n, err := strconv.Atoi(strings.TrimSpace(a))
		if err != nil {
			return "", nil, false, fmt.Errorf("the modifier of the type %q is not a whole number", s)
		}
		args = append(args, n)
	}
	name = s[:open] + " " + s[open+length+1:]
	return strings.Join(strings.Fields(strings.ToLower(name)), " "), args, true, nil
}

// String is the canonical spelling.
func (t Type) String() string {
	if t.Schema != "" {
		return TableName{t.Schema, t.Name}.String()
	}
	name := t.Name
	switch t.Args {
	case 1:
		name += "(" + strconv.Itoa(t.First) + ")"
	case 2:
		name += "(" + strconv.Itoa(t.First) + "," + strconv.Itoa(t.Scale) + ")"
	}
	if t.Array {
		name += "[]"
	}
	return name
}

// Textual tells whether values of the type are sealed in place in a text column.
func (t Type) Textual() bool {
	k, _ := kindNamed(t.Name)
	return k.textual && !t.Array && t.Schema == ""
}

// bytes tells whether the type is bytea itself.
func (t Type) bytes() bool { return t == Type{Name: "bytea"} }

// Normal tells whether values of the type may be normalised.
func (t Type) Normal() bool { return t.family() == "text" }

// Lossy says why the type cannot be deterministic; empty where it can.
func (t Type) Lossy() string {
	if t.Schema != "" {
		return "a label of an enum can be renamed, and its sealed values would no longer equal each other; use text"
	}
	if t.Array {
		return "an array is sealed as one value, in which nothing can be searched"
	}
	if t.Name == "numeric" && t.Args == 0 {
		return "1.0 and 1.00 are equal and print differently; declare a scale, such as numeric(12,2)"
	}
	k, _ := kindNamed(t.Name)
	return k.lossy
}

// family groups the types whose canonical forms are the same, so that they may share an equality domain.
func (t Type) family() string {
	if t.Schema != "" {
		return "enum"
	}
	family := t.Name
	switch t.Name {
	case "varchar":
		family = "text"
	case "smallint", "bigint":
		family = "integer"
	case "bpchar":
		family = "char"
	}
	if t.Array {
		family += "[]"
	}
	return family
}

// comparable tells whether equal values of both types have equal sealed forms in one domain.
func (t Type) comparableTo(o Type) bool { return t.family() == o.family() && t.Scale == o.Scale }
