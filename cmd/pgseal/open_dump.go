package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/copyfmt"
)

// copyFormat is the format in which pg_dump writes data.
func copyFormat() *copyfmt.Options {
	o := copyfmt.Defaults(copyfmt.Text)
	return &o
}

// dump passes a dump on, with the COPY data of the columns that the export knows opened.
func (o *opener) dump() error {
	var columns []*pgstore.ExportedColumn // of the COPY that is under way; nil: none
	for {
		line, err := o.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case columns != nil && line == `\.`:
			columns = nil
		case columns != nil:
			if line, err = o.openRow(columns, line); err != nil {
				return fmt.Errorf("line %d: %w", o.line, err)
			}
		default:
			columns = o.copyOf(line)
		}
		if _, err := o.out.WriteString(line + "\n"); err != nil {
			return err
		}
	}
}

// copyOf reads the line that begins COPY data: COPY schema.table (a, b) FROM stdin; and returns its columns, nil for those that the export does
// not know. It is nil for any other line.
func (o *opener) copyOf(line string) []*pgstore.ExportedColumn {
	rest, ok := strings.CutPrefix(line, "COPY ")
	if !ok || !strings.HasSuffix(line, ") FROM stdin;") {
		return nil
	}
	names := identifiers(strings.TrimSuffix(rest, " FROM stdin;"))
	if len(names) < 2 {
		return nil
	}
	var columns []*pgstore.ExportedColumn
	for _, name := range names[2:] {
		c, _ := o.export.Column(names[0], names[1], name)
		columns = append(columns, c)
	}
	return columns
}

// identifiers are the names in a text of names and punctuation, unquoted.
func identifiers(text string) (names []string) {
	for len(text) > 0 {
		switch c := text[0]; {
		case c == '"':
			var name strings.Builder
			for text = text[1:]; len(text) > 0; text = text[1:] {
				if text[0] == '"' {
					if len(text) < 2 || text[1] != '"' {
						break
					}
					text = text[1:]
				}
				name.WriteByte(text[0])
			}
			text = strings.TrimPrefix(text, `"`)
			names = append(names, name.String())
		case strings.IndexByte(" .,()", c) >= 0:
			text = text[1:]
		default:
			n := strings.IndexAny(text, ` .,()"`)
			if n < 0 {
				n = len(text)
			}
			names, text = append(names, text[:n]), text[n:]
		}
	}
	return names
}

// openRow opens the values of one row of COPY data.
func (o *opener) openRow(columns []*pgstore.ExportedColumn, row string) (string, error) {
	fields := strings.Split(row, "\t")
	if len(fields) != len(columns) {
		return "", fmt.Errorf("%d fields in a row of %d columns", len(fields), len(columns))
	}
	for i, c := range columns {
		if c == nil || fields[i] == `\N` {
			continue
		}
		plain, err := o.openText(c, strings.ReplaceAll(fields[i], `\\`, `\`))
		if err != nil {
			return "", fmt.Errorf("%s.%s.%s: %w", c.Schema, c.Table, c.Column, err)
		}
		fields[i] = string(copyFormat().AppendField(nil, plain, false, len(columns) == 1))
	}
	return strings.Join(fields, "\t"), nil
}
