package plan

import "github.com/legatics/pgseal/proxy/copyfmt"

// Copy says what has to be done to the data of a COPY FROM STDIN or COPY TO STDOUT that names something protected.
type Copy struct {
	In     bool // FROM STDIN
	Format copyfmt.Options
	// Fields has an entry for each field of a row. With More, a row has others behind them, which pass as they are.
	Fields []CopyField
	More   bool
	// IgnoreErrors: rows with values that the server cannot read are left out (ON_ERROR ignore).
	IgnoreErrors bool
}

// CopyField is one field of the rows of a COPY.
type CopyField struct {
	Name   string  // of the column; "" where it is not known
	Column *Column // whose values are sealed on the way in, or opened on the way out; nil: they pass as they are

	// What the options of CSV say for the column.
	ForceQuote, ForceNotNull, ForceNull bool
}

// Opaque tells that no field is sealed or opened, so that the data need not be looked into.
func (c *Copy) Opaque() bool {
	for i := range c.Fields {
		if c.Fields[i].Column != nil {
			return false
		}
	}
	return true
}
