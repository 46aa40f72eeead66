package backup

import (
	"github.com/legatics/pgseal/crypto"
)

// ownSchema is where the control records are.
const ownSchema = "pgseal"

// target is what becomes of the rows of one table.
type target struct {
	name    string
	columns []string
	watched []*Column // by place in the row; nil: not watched
	own     string    // the table of the control records that it is; empty: none
	keep    bool
	uneven  bool // told already that there are rows of another length
}

func (c *checker) target(schema, table string, columns []string) *target {
	schema = c.schema(schema)
	t := &target{name: full(schema, table), columns: columns, watched: make([]*Column, len(columns))}
	of := c.table(schema, table)
	for i, name := range columns {
		if t.watched[i] = of[name]; t.watched[i] != nil {
			t.watched[i].Data = true
		}
	}
	if schema == ownSchema {
		t.own = table
		c.result.Counts[table] += 0
		for _, kept := range KeptTables() {
			t.keep = t.keep || kept == table
		}
	}
	return t
}

// copy reads the rows that follow the statement.
func (c *checker) copy(text string) error {
	if !copiesIn(text) {
		return nil
	}
	if ok, err := c.script.rest(); err != nil || !ok {
		c.problem("there is something behind a COPY on its line")
		return err
	}
	schema, table, columns, ok := CopyHeader(text)
	if !ok {
		c.problem("a COPY of the dump is of a form that pg_dump does not write: its rows were not looked into")
	}
	if !ok || c.elsewhere {
		return c.skip()
	}
	t := c.target(schema, table, columns)
	for {
		if end, err := c.row(t); end || err != nil {
			return err
		}
	}
}

func (c *checker) skip() error {
	for {
		_, end, err := c.script.row(func(int) bool { return false }, func(field) {})
		if end || err != nil {
			return err
		}
	}
}

// row reads one row of COPY data.
func (c *checker) row(t *target) (end bool, err error) {
	var record Row
	if t.keep {
		record = Row{}
	}
	row := c.rows[t.name] + 1
	wanted := func(n int) bool { return t.keep || n < len(t.watched) && t.watched[n] != nil }
	fields, end, err := c.script.row(wanted, func(f field) {
		if f.n >= len(t.columns) || string(f.text) == `\N` {
			if f.n < len(t.columns) && t.watched[f.n] != nil {
				t.watched[f.n].Null++
			}
			return
		}
		text := uncopied(f.text)
		if record != nil {
			record[t.columns[f.n]] = string(text)
		}
		c.judge(t, f.n, row, text, f.cut)
	})
	if end || err != nil {
		return end, err
	}
	c.counted(t, row)
	if fields != len(t.columns) && !t.uneven {
		t.uneven = true
		c.problem("%s: there are rows with more or fewer values than columns, the first is row %d", t.name, row)
	}
	c.kept(t, record)
	return false, nil
}

// counted notes that there is one row more.
func (c *checker) counted(t *target, row int64) {
	c.rows[t.name] = row
	for _, w := range t.watched {
		if w != nil {
			w.Rows++
		}
	}
	if t.own != "" {
		c.result.Counts[t.own]++
	}
}

// kept keeps a control record.
func (c *checker) kept(t *target, record Row) {
	if record == nil {
		return
	}
	for name, text := range record {
		c.records += len(name) + len(text)
	}
	if c.records > maxRecords {
		c.problem("the control records of the dump are larger than any store's")
		return
	}
	c.result.Records[t.own] = append(c.result.Records[t.own], record)
}

// judge looks at one value.
func (c *checker) judge(t *target, n int, row int64, text []byte, cut bool) {
	w := t.watched[n]
	if w == nil {
		if number, ok := head(c.o.Tag, text); ok && t.own == "" {
			c.strayed(t, n, number)
		}
		return
	}
	var raw []byte // nil: too long to be looked into as a whole
	number, ok := head(c.o.Tag, text)
	if !cut {
		raw = sealed(c.o.Tag, text)
		if ok = raw != nil; ok {
			h, _ := crypto.ParseHeader(raw)
			number = h.Number
		}
	}
	if !ok {
		w.plain(t.name, row)
		return
	}
	w.Sealed[number]++
	if c.opens(w, w.Sealed[number]) {
		w.open(t.name, row, raw)
	}
}

// maxStray bounds the columns that are told of though nobody watches them.
const maxStray = 10_000

func (c *checker) strayed(t *target, n int, number crypto.KeyNumber) {
	k := strayKey{t.name + "." + t.columns[n], number}
	if _, known := c.stray[k]; known || len(c.stray) < maxStray {
		c.stray[k]++
		return
	}
	c.problem("sealed values lie in more columns that are not listed than can be told")
}

// opens tells whether the nth value of a column and data key is to be opened.
func (c *checker) opens(w *Column, nth int64) bool {
	if w.Open == nil || c.o.None {
		return false
	}
	return c.o.All || nth <= sampleFirst || nth%sampleEvery == 0
}

func (w *Column) plain(table string, row int64) {
	w.Plain++
	w.PlainAt = placed(w.PlainAt, table, row)
}

func placed(places []Place, table string, row int64) []Place {
	if len(places) < shownPlaces {
		places = append(places, Place{table, row})
	}
	return places
}

func (w *Column) open(table string, row int64, sealed []byte) {
	verdict := NotKnown
	if sealed != nil {
		verdict = w.Open(sealed)
	}
	switch verdict {
	case Opened:
		w.Opened++
	case NotItself:
		w.Spoilt++
		w.SpoiltAt = placed(w.SpoiltAt, table, row)
	default:
		w.NotKnown++
	}
}
