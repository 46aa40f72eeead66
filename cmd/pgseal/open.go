package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/localkey"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func openCommand() *cli.Command {
	return &cli.Command{
		Name: "open", Usage: "the way out: open sealed values, or a dump, with a key export and the key service alone",
		Description: `Reads from standard input, writes plaintext to standard output; needs no database and no configuration. Either one sealed value a line, of one column, or
a dump in text form (pg_dump without -F, or pg_restore -f -) whose COPY data are opened column by column. What other text the dump holds passes as it
is: its constraints and triggers would refuse plaintext, so that it is the data (pg_dump --data-only) that are restored elsewhere.

   pgseal open --keys acme.json --column public.matters.title < values
   pgseal open --keys acme.json --dump < app.sql > plain.sql`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "keys", Usage: "`FILE` that pgseal key export has printed"},
			&cli.StringFlag{Name: "column", Usage: "`SCHEMA.TABLE.COLUMN` that the values are of"},
			&cli.BoolFlag{Name: "dump", Usage: "the input is a dump in text form"},
			&cli.StringFlag{Name: "master-key", Usage: "`FILE` of the local master key, for tenants of the provider local"},
			&cli.StringFlag{Name: "endpoint", Usage: "`URL` of KMS, where it is not the region's own"},
		},
		Action: openValues,
	}
}

func openValues(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	switch {
	case c.String("keys") == "":
		return usagef(c, "name the key export: --keys FILE")
	case (c.String("column") == "") == !c.Bool("dump"):
		return usagef(c, "say what the input is: --column SCHEMA.TABLE.COLUMN for values, or --dump")
	}
	export, err := readExport(c.String("keys"))
	if err != nil {
		return err
	}
	wrapper, err := wayOut(c, export)
	if err != nil {
		return err
	}
	generations, err := export.Open(c.Context, wrapper)
	if err != nil {
		return forPeople(err)
	}
	defer func() {
		for _, g := range generations {
			g.Destroy()
		}
	}()
	o := &opener{export: export, generations: generations, in: bufio.NewReader(c.App.Reader), out: bufio.NewWriter(c.App.Writer)}
	if c.Bool("dump") {
		err = o.dump()
	} else {
		err = o.values(c.String("column"))
	}
	return errors.Join(err, o.out.Flush())
}

func readExport(path string) (*pgstore.Export, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	export, err := pgstore.ReadExport(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return export, nil
}

// wayOut is the driver of the key that the export names.
func wayOut(c *cli.Context, e *pgstore.Export) (keysource.Wrapper, error) {
	if e.Provider == keysource.ProviderLocal {
		if c.String("master-key") == "" {
			return nil, usagef(c, "the tenant's key is of the provider local: name the file with --master-key")
		}
		return localkey.New(c.String("master-key")), nil
	}
	return awskms.New(awskms.Options{Endpoint: c.String("endpoint"), STSEndpoint: c.String("endpoint"), PlainHTTP: true, InstanceMetadata: true})
}

// opener opens the values of a stream.
type opener struct {
	export      *pgstore.Export
	generations map[crypto.KeyNumber]*crypto.Generation
	in          *bufio.Reader
	out         *bufio.Writer
	line        int
}

// next gives the next line, without its end; io.EOF behind the last.
func (o *opener) next() (string, error) {
	line, err := o.in.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return "", err
	}
	o.line++
	return strings.TrimSuffix(line, "\n"), nil
}

// values opens one value a line. A value of several lines is written as COPY writes it.
func (o *opener) values(name string) error {
	schema, rest, _ := strings.Cut(name, ".")
	table, column, _ := strings.Cut(rest, ".")
	of, ok := o.export.Column(schema, table, column)
	if !ok {
		return fmt.Errorf("the key export knows no column %s; it knows %s", name, columnsOf(o.export))
	}
	for {
		line, err := o.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		plain, err := o.openText(of, strings.TrimSpace(line))
		if err != nil {
			return fmt.Errorf("line %d: %w", o.line, err)
		}
		if _, err := o.out.Write(append(copyFormat().AppendField(nil, plain, false, true), '\n')); err != nil {
			return err
		}
	}
}

func columnsOf(e *pgstore.Export) string {
	var names []string
	for _, c := range e.Columns {
		names = append(names, c.Schema+"."+c.Table+"."+c.Column)
	}
	return strings.Join(names, ", ")
}
