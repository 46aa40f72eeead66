package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
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
a dump in text form (pg_dump without -F, or pg_restore -f - of a dump in another format) whose COPY data are opened column by column; a column that has another
name in the dump than in the key export is found by its values. What other text the dump holds passes as it is: its constraints and triggers would refuse plaintext, so that it is the data (pg_dump --data-only) that are restored elsewhere.

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
	switch {
	case c.Args().Present():
		return usagef(c, "%q is too much: the input is standard input, < FILE", c.Args().First())
	case c.String("keys") == "":
		return usagef(c, "name the key export: --keys FILE")
	case (c.String("column") == "") == !c.Bool("dump"):
		return usagef(c, "say what the input is: --column SCHEMA.TABLE.COLUMN for values, or --dump")
	}
	export, err := readExport(c.String("keys"))
	if err != nil {
		return err
	}
	drivers, err := wayOut(c, export)
	if err != nil {
		return err
	}
	o := &opener{ctx: c.Context, export: export, drivers: drivers, generations: map[crypto.KeyNumber]*crypto.Generation{}, closed: map[crypto.TenantID]error{},
		found: map[string]*pgstore.ExportedColumn{}, in: bufio.NewReader(c.App.Reader), out: bufio.NewWriter(c.App.Writer)}
	defer o.destroy()
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

// wayOut are the drivers of the keys that the export names.
func wayOut(c *cli.Context, e *pgstore.Export) (map[string]keysource.Wrapper, error) {
	all := map[string]keysource.Wrapper{}
	if file := c.String("master-key"); file != "" {
		all[keysource.ProviderLocal] = localkey.New(file)
	} else if e.Providers()[keysource.ProviderLocal] && len(e.Providers()) == 1 {
		return nil, usagef(c, "the tenant's key is of the provider local: name the file with --master-key")
	}
	aws, err := awskms.New(awskms.Options{Endpoint: c.String("endpoint"), STSEndpoint: c.String("endpoint"), PlainHTTP: true, InstanceMetadata: true})
	all[keysource.ProviderAWS] = aws
	return all, err
}

// opener opens the values of a stream. Each tenant's key is asked for once, when a value of it comes first.
type opener struct {
	ctx         context.Context // of the command
	export      *pgstore.Export
	drivers     map[string]keysource.Wrapper
	generations map[crypto.KeyNumber]*crypto.Generation
	closed      map[crypto.TenantID]error // tenants whose key was asked for in vain
	found       map[string]*pgstore.ExportedColumn
	in          *bufio.Reader
	out         *bufio.Writer
	line        int
	left        int // sealed values that were passed on as they are
}

func (o *opener) destroy() {
	for _, g := range o.generations {
		g.Destroy()
	}
}

// generation is the data key of a number.
func (o *opener) generation(n crypto.KeyNumber) (*crypto.Generation, error) {
	if g := o.generations[n]; g != nil {
		return g, nil
	}
	spec, ok := o.export.Spec(n)
	if !ok {
		return nil, fmt.Errorf("the key export has no data key %08x: the value is another tenant's, or younger than the export", uint32(n))
	}
	if err := o.closed[spec.TenantID]; err != nil {
		return nil, err
	}
	driver := o.drivers[spec.Provider]
	if driver == nil {
		return nil, fmt.Errorf("the key of tenant %q is of the provider %s: name the file with --master-key", spec.TenantName, spec.Provider)
	}
	all, err := o.export.Open(o.ctx, spec, driver)
	if err != nil {
		key := spec.ResolvedARN
		if key == "" {
			key = "the local master key"
		}
		err = fmt.Errorf("the data keys of tenant %q are wrapped by %s, which does not open them: %w", spec.TenantName, key, forPeople(err))
		o.closed[spec.TenantID] = err
		return nil, err
	}
	maps.Copy(o.generations, all)
	return o.generations[n], nil
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
	for _, c := range e.Columns() {
		names = append(names, c.Schema+"."+c.Table+"."+c.Column)
	}
	return strings.Join(names, ", ")
}
