package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/backup"
	"github.com/legatics/pgseal/proxy/copyfmt"
)

// copyFormat is the format in which pg_dump writes data.
func copyFormat() *copyfmt.Options {
	o := copyfmt.Defaults(copyfmt.Text)
	return &o
}

// dump passes a dump on, with the COPY data of the columns that the export knows opened.
func (o *opener) dump() error {
	if err := o.refuseArchive(); err != nil {
		return err
	}
	var columns []copyColumn // of the COPY that is under way; nil: none
	for {
		line, err := o.next()
		switch {
		case errors.Is(err, io.EOF):
			return o.complete()
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
			o.missed(line)
		}
		if _, err := o.out.WriteString(line + "\n"); err != nil {
			return err
		}
	}
}

// refuseArchive says what to do with a dump that is no text.
func (o *opener) refuseArchive() error {
	head, _ := o.in.Peek(7)
	if strings.HasPrefix(string(head), "PGDMP") || string(head) == "toc.dat" {
		return errors.New("this dump is not in text form: pipe it through pg_restore -f - first")
	}
	return nil
}

// missed counts sealed values outside of COPY data, as pg_dump --inserts writes them: they are not opened.
func (o *opener) missed(line string) {
	for rest := line; ; {
		i := strings.IndexAny(rest, `p\`)
		if i < 0 {
			return
		}
		rest = rest[i:]
		end := strings.IndexFunc(rest[1:], func(r rune) bool {
			return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
		}) + 1
		if end == 0 {
			end = len(rest)
		}
		if o.looksSealed(rest[:end]) {
			o.left++
		}
		rest = rest[end:]
	}
}

// complete is an error where sealed values are left.
func (o *opener) complete() error {
	if o.left == 0 {
		return nil
	}
	return fmt.Errorf("%s were passed on as they are: those of INSERT statements are not opened (dump without --inserts), nor those whose column the key export does not know",
		counted(o.left, "sealed value"))
}

// copyColumn is a column of COPY data, as the dump calls it.
type copyColumn struct {
	name string
	of   *pgstore.ExportedColumn // nil: the export knows no such column
}

// copyOf reads the line that begins COPY data: COPY schema.table (a, b) FROM stdin; and returns its columns. It is nil for any other line.
func (o *opener) copyOf(line string) []copyColumn {
	if !strings.HasPrefix(line, "COPY ") || !strings.HasSuffix(line, ") FROM stdin;") {
		return nil
	}
	schema, table, names, ok := backup.CopyHeader(line)
	if !ok {
		return nil
	}
	var columns []copyColumn
	for _, name := range names {
		c, _ := o.export.Column(schema, table, name)
		columns = append(columns, copyColumn{strings.Join([]string{schema, table, name}, "."), c})
	}
	return columns
}

// openRow opens the values of one row of COPY data.
func (o *opener) openRow(columns []copyColumn, row string) (string, error) {
	fields := strings.Split(row, "\t")
	if len(fields) != len(columns) {
		return "", fmt.Errorf("%d fields in a row of %d columns", len(fields), len(columns))
	}
	for i, c := range columns {
		if fields[i] == `\N` {
			continue
		}
		plain, opened, err := o.openField(c, strings.ReplaceAll(fields[i], `\\`, `\`))
		if err != nil {
			return "", fmt.Errorf("%s: %w", c.name, err)
		}
		if opened {
			fields[i] = string(copyFormat().AppendField(nil, plain, false, len(columns) == 1))
		}
	}
	return strings.Join(fields, "\t"), nil
}

// openField opens a field where it is sealed. Names may have changed between the dump and the export: the value itself tells whose it is.
func (o *opener) openField(c copyColumn, text string) (plain []byte, opened bool, err error) {
	of := c.of
	if found := o.found[c.name]; found != nil {
		of = found
	}
	if of != nil {
		plain, err = o.openText(of, text)
		if err == nil || !errors.Is(err, errNotOfColumn) && !(of.Unsealed() && !o.looksSealed(text)) {
			return plain, err == nil, err
		}
	}
	if !o.looksSealed(text) {
		return nil, false, nil
	}
	found, errFind := o.identify(text)
	switch {
	case errFind != nil:
		return nil, false, errFind
	case found != nil:
		o.found[c.name] = found
		plain, err = o.openText(found, text)
		return plain, err == nil, err
	case of != nil:
		return nil, false, err
	}
	o.left++
	return nil, false, nil
}
