package backup

import (
	"github.com/legatics/pgseal/crypto"
)

// Verdict is what became of an attempt to open a value.
type Verdict int

// The verdicts.
const (
	Opened    Verdict = iota
	NotItself         // the key is there, and the value does not open: it was altered, belongs elsewhere, or is a plaintext that looks sealed
	NotKnown          // there is no key to say
)

// Watched is a column whose values are to be sealed, by the name that it has in the backup.
type Watched struct {
	Schema, Table, Column string
	Plain                 bool // it may hold plaintext: an operator has ordered that it be opened for good
	// Open opens a value. Nil: nothing can say whether what looks sealed is.
	Open func(sealed []byte) Verdict
}

// Name is the column's name for people.
func (w *Watched) Name() string {
	return crypto.NewColumnID(w.Schema, w.Table, w.Column).String()
}

// shownPlaces is how many rows are named where values are not as they should be.
const shownPlaces = 10

// Place is a row of a table's data in the backup, counted from 1.
type Place struct {
	Table string `json:"table"`
	Row   int64  `json:"row"`
}

// Column is what was found of one watched column.
type Column struct {
	Watched
	Data     bool // there are data of its table in the backup
	Rows     int64
	Null     int64
	Sealed   map[crypto.KeyNumber]int64
	Plain    int64
	PlainAt  []Place // the first ones
	Opened   int64
	Spoilt   int64 // that do not open, though their key is there
	SpoiltAt []Place
	NotKnown int64 // that were to be opened and could not, for want of a key
}

// Stray are sealed values in a column that nobody watches.
type Stray struct {
	Name   string
	Number crypto.KeyNumber
	Values int64
}

// Result is what was found in a backup.
type Result struct {
	Columns   []*Column
	Stray     []Stray
	Records   map[string][]Row // of the schema pgseal, by table: those of KeptTables
	Counts    map[string]int64 // rows of each table of the schema pgseal; a table without data is missing
	Databases []string         // that it is of, where it says so
	Started   string           // when it was begun, as the dump says
	Begun     bool             // it begins as a dump does
	Problems  []string         // why it is not known to be good
}

// Numbers adds up the values by data key, in all columns and outside of them.
func (r *Result) Numbers() map[crypto.KeyNumber]int64 {
	all := make(map[crypto.KeyNumber]int64)
	for _, c := range r.Columns {
		for n, count := range c.Sealed {
			all[n] += count
		}
	}
	for _, s := range r.Stray {
		all[s.Number] += s.Values
	}
	return all
}

// KeptTables are the tables of the schema pgseal whose rows a Result has.
func KeptTables() []string {
	return []string{"store", "tenant", "data_key", "column_state", "column_pin", "proposal"}
}

// Row is a record as the text has it, by column; a value that is NULL is missing.
type Row = map[string]string
