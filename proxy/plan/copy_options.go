package plan

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/copyfmt"
)

// copyOptions reads the options of a COPY, in either grammar (ProcessCopyOptions). An option that is not known is refused: it may change how the
// data are read. What is known and not allowed the server refuses before it asks for data.
func (a *analysis) copyOptions(c *Copy, s *pg_query.CopyStmt) {
	given := make(map[string]*node)
	for _, n := range s.Options {
		d := n.GetDefElem()
		if _, twice := given[d.Defname]; twice {
			a.refuseOption(d.Defname, "It is given twice.")
			return
		}
		given[d.Defname] = d.Arg
	}
	o := copyOptionReader{analysis: a, given: given}
	c.Format = copyfmt.Defaults(o.format())
	o.characters(&c.Format)
	o.strings(&c.Format)
	o.header(&c.Format)
	o.encoding()
	c.IgnoreErrors = o.onError()
	o.forced(c, "force_quote", func(f *CopyField) *bool { return &f.ForceQuote })
	o.forced(c, "force_not_null", func(f *CopyField) *bool { return &f.ForceNotNull })
	o.forced(c, "force_null", func(f *CopyField) *bool { return &f.ForceNull })
	for _, harmless := range [...]string{"freeze", "log_verbosity", "reject_limit"} {
		delete(given, harmless)
	}
	for name := range given {
		a.refuseOption(name, "It is not known.")
	}
	if c.Format.HasDefault {
		a.noDefaults(c, s)
	}
}

// noDefaults refuses the option DEFAULT where it would have the server fill a sealed column.
func (a *analysis) noDefaults(c *Copy, s *pg_query.CopyStmt) {
	if !c.In {
		return
	}
	for _, at := range a.copiedAttributes(a.relation(s.Relation), s.Attlist) {
		a.storeDefault(attributeTarget(at))
	}
}

func (a *analysis) refuseOption(name, why string) {
	a.refuse(refuseUnclear(strings.TrimSpace("The option "+strings.ToUpper(name)+" of COPY is not understood. "+why), ""))
}

// copyOptionReader takes the options one by one out of those that are given.
type copyOptionReader struct {
	*analysis
	given map[string]*node
}

// take returns an option's argument as a text; ok is false where it is not given, or is none.
func (o copyOptionReader) take(name string) (text string, ok bool) {
	arg, given := o.given[name]
	if !given {
		return "", false
	}
	delete(o.given, name)
	s, ok := arg.GetNode().(*pg_query.Node_String_)
	if !ok {
		o.refuseOption(name, "Its value is no text.")
		return "", false
	}
	return s.String_.Sval, true
}

func (o copyOptionReader) format() copyfmt.Format {
	switch name, ok := o.take("format"); {
	case !ok || name == "text":
		return copyfmt.Text
	case name == "csv":
		return copyfmt.CSV
	case name == "binary":
		return copyfmt.Binary
	}
	o.refuseOption("format", "")
	return copyfmt.Text
}

// characters reads the options that are one character each.
func (o copyOptionReader) characters(f *copyfmt.Options) {
	one := func(name string, to *byte) {
		text, ok := o.take(name)
		switch {
		case ok && len(text) == 1:
			*to = text[0]
		case ok:
			o.refuseOption(name, "It has to be a single one-byte character.")
		}
	}
	one("delimiter", &f.Delimiter)
	quote := f.Quote
	one("quote", &f.Quote)
	if f.Quote != quote {
		f.Escape = f.Quote
	}
	one("escape", &f.Escape)
}

// strings reads what stands for NULL and for defaults. A text that a sealed value could be equal to would make that value NULL.
func (o copyOptionReader) strings(f *copyfmt.Options) {
	if text, ok := o.take("null"); ok {
		f.Null = text
	}
	f.Default, f.HasDefault = o.take("default")
	for _, text := range [...]string{f.Null, f.Default} {
		if strings.HasPrefix(text, crypto.ArmourPrefix) || strings.HasPrefix(text, `\x`) || strings.HasPrefix(text, `\\x`) {
			o.refuse(refuseUnclear("A text that stands for NULL, or for a default, looks like a sealed value.", "Choose another text for it."))
		}
	}
}

// header reads HEADER: whether the first line holds names. The server compares them where it is asked to.
func (o copyOptionReader) header(f *copyfmt.Options) {
	arg, given := o.given["header"]
	if !given {
		return
	}
	delete(o.given, "header")
	word := "true"
	switch v := arg.GetNode().(type) {
	case nil:
	case *pg_query.Node_Boolean:
		f.Header = v.Boolean.Boolval
		return
	case *pg_query.Node_Integer:
		word = [...]string{"false", "true", ""}[min(max(int(v.Integer.Ival), 0), 2)]
		if v.Integer.Ival < 0 {
			word = ""
		}
	case *pg_query.Node_String_:
		word = strings.ToLower(v.String_.Sval)
	default:
		word = ""
	}
	switch word {
	case "true", "on", "match":
		f.Header = true
	case "false", "off":
	default:
		o.refuseOption("header", "")
	}
}

// encoding refuses data in another encoding than UTF8, in which values are sealed. Encodings are named as PostgreSQL compares them: letters and digits
// alone, in any case.
func (o copyOptionReader) encoding() {
	name, ok := o.take("encoding")
	if !ok {
		return
	}
	name = strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			return c
		}
		return -1
	}, name)
	if name != "utf8" && name != "unicode" {
		o.refuse(refuseStatement("COPY in another ENCODING than UTF8", "Convert the data to UTF8 first."))
	}
}

// onError tells whether rows that the server cannot read are left out.
func (o copyOptionReader) onError() bool {
	switch word, ok := o.take("on_error"); {
	case !ok || word == "stop":
		return false
	case word == "ignore":
		return true
	}
	o.refuseOption("on_error", "")
	return false
}

// forced marks the columns that an option names.
func (o copyOptionReader) forced(c *Copy, name string, flag func(*CopyField) *bool) {
	arg, given := o.given[name]
	if !given {
		return
	}
	delete(o.given, name)
	all := false
	var names []string
	switch v := arg.GetNode().(type) {
	case *pg_query.Node_AStar:
		all = true
	case *pg_query.Node_List:
		names = texts(v.List.Items)
	default:
		o.refuseOption(name, "")
	}
	for i := range c.Fields {
		f := &c.Fields[i]
		if f.Name == "" && f.Column != nil && !all {
			o.refuseOption(name, "The names of the columns are not known.")
		}
		*flag(f) = all
	}
	for _, n := range names { // the first column of the name, as the server does
		for i := range c.Fields {
			if c.Fields[i].Name == n {
				*flag(&c.Fields[i]) = true
				break
			}
		}
	}
}
