package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
)

// Options of a check. Tag and Watched are required.
type Options struct {
	Tag      crypto.StoreTag
	Watched  []Watched
	Parents  map[string]string // partitions and children of watched tables as the database has them today: "schema.table" -> "schema.table"; the dump may know better
	Database string            // the one of a dump of several that is looked into
	All      bool              // every value is opened, not a sample
	None     bool              // no value is opened
}

// A sample is the first values of each column and data key, and then one in so many.
const (
	sampleFirst = 200
	sampleEvery = 1000
)

// maxRecords bounds the control records that are kept, in bytes.
const maxRecords = 256 << 20

// checker reads one dump.
type checker struct {
	o         Options
	script    *script
	result    Result
	watched   map[string]map[string]*Column // table -> column
	parents   map[string]string
	defined   map[string][]string // columns of watched tables, in their order
	rows      map[string]int64    // of data, by table
	stray     map[strayKey]int64
	problems  map[string]bool
	path      string // schema of names without one
	elsewhere bool   // the present part is of another database
	ended     bool   // the dump says that it is complete
	begun     bool
	records   int
}

type strayKey struct {
	name   string
	number crypto.KeyNumber
}

// Check reads a dump. The error is that of reading: what is wrong with the dump is in the Result.
func Check(ctx context.Context, r io.Reader, o Options) (*Result, error) {
	c := &checker{o: o, script: newScript(stopping{ctx, r}), watched: map[string]map[string]*Column{}, parents: map[string]string{}, defined: map[string][]string{},
		rows: map[string]int64{}, stray: map[strayKey]int64{}, problems: map[string]bool{}, path: "public",
		result: Result{Records: map[string][]Row{}, Counts: map[string]int64{}}}
	for child, parent := range o.Parents {
		c.parents[child] = parent
	}
	for _, w := range o.Watched {
		table := full(w.Schema, w.Table)
		if c.watched[table] == nil {
			c.watched[table] = map[string]*Column{}
		}
		if c.watched[table][w.Column] == nil {
			col := &Column{Watched: w, Sealed: map[crypto.KeyNumber]int64{}}
			c.watched[table][w.Column] = col
			c.result.Columns = append(c.result.Columns, col)
		}
	}
	if err := c.read(); err != nil {
		return nil, err
	}
	c.finish()
	return &c.result, nil
}

// stopping ends reading with the context.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
}

// full is a table's name for people, and one that no other table has.
func full(schema, table string) string { return policy.TableName{Schema: schema, Name: table}.String() }

// problem notes once what is wrong.
func (c *checker) problem(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !c.problems[text] && len(c.problems) < 100 {
		c.problems[text] = true
		c.result.Problems = append(c.result.Problems, text)
	}
}

func (c *checker) read() error {
	for {
		kind, err := c.script.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch kind {
		case foundComment:
			c.comment(string(c.script.text))
		case foundMeta:
			c.meta(string(c.script.text))
		default:
			err = c.statement(strings.TrimSpace(string(c.script.text)))
		}
		if errors.Is(err, errEndless) {
			c.problem("%v: the data of a table have no end", err)
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// comment reads what pg_dump says of its dump.
func (c *checker) comment(text string) {
	text = strings.TrimSpace(text)
	switch text {
	case "PostgreSQL database dump", "PostgreSQL database cluster dump":
		c.begun, c.ended = true, false
	case "PostgreSQL database dump complete", "PostgreSQL database cluster dump complete":
		c.ended = true
	}
	if at, ok := strings.CutPrefix(text, "Started on "); ok && c.result.Started == "" {
		c.result.Started = at
	}
}

// meta follows \connect, by which a dump of a whole server goes from one database to the next.
func (c *checker) meta(text string) {
	rest, ok := strings.CutPrefix(text, "connect ")
	if !ok {
		return
	}
	t := newTokens(rest)
	tok := t.next()
	if tok.is("-") { // -reuse-previous=on "dbname='name'"
		_, name, _ := strings.Cut(rest, "dbname='")
		tok = token{tokenQuoted, strings.TrimSuffix(strings.TrimSuffix(name, `"`), "'")}
	}
	name := tok.text
	if tok.kind == tokenWord { // psql folds nothing
		name, _, _ = strings.Cut(rest, " ")
	}
	if !slices.Contains(c.result.Databases, name) {
		c.result.Databases = append(c.result.Databases, name)
	}
	c.elsewhere, c.path = c.o.Database != "" && name != c.o.Database, "public"
}

func (c *checker) statement(text string) error {
	switch t := newTokens(text); t.next().text {
	case "copy":
		return c.copy(text)
	case "insert":
		c.insert(text)
	case "create":
		c.create(text)
	case "alter":
		c.attach(text)
	case "set":
		c.set(text)
	}
	return nil
}

// set follows search_path, as older dumps have it, and refuses to guess where backslashes mean something else.
func (c *checker) set(text string) {
	t := newTokens(text)
	t.next()
	name := t.next()
	t.next()
	val := t.next()
	switch {
	case name.is("search_path") && val.text != "":
		c.path = val.text
	case name.is("standard_conforming_strings") && val.text != "on":
		c.problem("the dump was made with standard_conforming_strings off: its literals are not understood")
	}
}

// table is a watched table's columns, by the name of the table itself or of a part of it. nil: it is none.
func (c *checker) table(schema, table string) map[string]*Column {
	name := full(schema, table)
	for range 100 { // deep enough, and no circle holds it up
		if columns := c.watched[name]; columns != nil {
			return columns
		}
		parent, ok := c.parents[name]
		if !ok {
			return nil
		}
		name = parent
	}
	return nil
}

func (c *checker) schema(named string) string {
	if named == "" {
		return c.path
	}
	return named
}

// finish says what can only be said at the end.
func (c *checker) finish() {
	c.result.Begun = c.begun
	switch {
	case !c.begun:
		c.problem("this is no dump that pg_dump, pg_dumpall or pg_restore has written")
	case !c.ended:
		c.problem("the dump is cut off: its last line is missing")
	}
	if c.o.Database != "" && len(c.result.Databases) > 0 && !slices.Contains(c.result.Databases, c.o.Database) {
		c.problem("the dump has no database %s: it has %s", c.o.Database, strings.Join(c.result.Databases, ", "))
	}
	for k, n := range c.stray {
		c.result.Stray = append(c.result.Stray, Stray{k.name, k.number, n})
	}
	slices.SortFunc(c.result.Stray, func(a, b Stray) int {
		if by := strings.Compare(a.Name, b.Name); by != 0 {
			return by
		}
		return int(int64(a.Number) - int64(b.Number))
	})
}
