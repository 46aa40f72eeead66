package copyfmt

import "strings"

// Format is the format of COPY data.
type Format uint8

// The formats.
const (
	Text Format = iota
	CSV
	Binary
)

// Marker says where \. ends the data.
type Marker uint8

// Where \. ends the data.
const (
	NoMarker   Marker = iota // nowhere: data of the server
	MarkerText               // in text only, where it has to be alone in its line: data for a server from 18 on
	MarkerBoth               // anywhere in text, and in CSV where it is alone in its line: data for an older server
)

// Options say how the data of one COPY are written.
type Options struct {
	Format        Format
	Delimiter     byte   // text and CSV
	Quote, Escape byte   // CSV
	Null          string // text and CSV: what stands for NULL
	Default       string // text and CSV, where HasDefault: what stands for the column's default
	HasDefault    bool
	Header        bool // text and CSV: the first line holds names
}

// Defaults are the options of a format where none are given.
func Defaults(f Format) Options {
	if f == CSV {
		return Options{Format: CSV, Delimiter: ',', Quote: '"', Escape: '"'}
	}
	return Options{Format: f, Delimiter: '\t', Null: `\N`}
}

// Plain tells whether a value that is made of the given characters is written as it is.
func (o *Options) Plain(alphabet string) bool {
	switch o.Format {
	case Text:
		return !strings.ContainsAny(alphabet, string([]byte{o.Delimiter, '\\'}))
	case CSV:
		return !strings.ContainsAny(alphabet, string([]byte{o.Delimiter, o.Quote, '\n', '\r'}))
	}
	return false
}
