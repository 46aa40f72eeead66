package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/cmd/cluster"
	"github.com/legatics/pgseal/cmd/dealroom/app"
	"github.com/legatics/pgseal/keysource/localkey"
)

const (
	demoDatabase = "dealroom"
	demoTenant   = "acme"
	demoCustomer = "Brandt & Partners"
	demoUser     = "olga"          // an operator, who may do everything on the demo's admin page
	demoLimit    = 2 * time.Minute // a tour that has not ended by then has failed
)

func demoCommand() *cli.Command {
	return &cli.Command{
		Name:  "demo",
		Usage: "everything on one machine: private PostgreSQL, local key, proxy, admin page, sample application",
		Description: `Starts a private PostgreSQL in a temporary folder, makes a local master key, a tenant and a column policy, starts pgseal
in front, starts a sample application, a deal room, on top of it, and prints the addresses of both and of the admin page,
with a password for this one time. It ends on Ctrl-C and leaves nothing behind. With --once it takes a tour by itself, step by step, and exits 0 only if each
step held.`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "once", Usage: "take the tour and exit"}},
		Action: runDemo,
	}
}

// demo is a running demo.
type demo struct {
	out     io.Writer
	folder  string
	cluster *cluster.Cluster
	service *service

	password string // of everybody in the deal room, and of the admin page's user
	dealroom *dealroom

	app    *pgx.Conn // through pgseal, as an application
	direct *pgx.Conn // past it, as somebody at the database
}

func runDemo(c *cli.Context) (err error) {
	if err := noArguments(c); err != nil {
		return err
	}
	ctx := c.Context
	if c.Bool("once") {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, demoLimit)
		defer stop()
	}
	d := &demo{out: c.App.Writer}
	defer func() { err = errors.Join(err, d.close()) }()
	if err := d.start(ctx); err != nil {
		return err
	}
	d.describe()
	if c.Bool("once") {
		return d.takeTour(ctx)
	}
	<-ctx.Done()
	fmt.Fprintln(d.out, "\nending the demo")
	return nil
}

// start brings everything up and writes the sample data.
func (d *demo) start(ctx context.Context) (err error) {
	if d.folder, err = os.MkdirTemp("", "pgseal-demo-"); err != nil {
		return err
	}
	fmt.Fprintln(d.out, "starting a private PostgreSQL, pgseal, and a local key ...")
	if d.cluster, err = cluster.Start(ctx, cluster.Options{User: "app"}); err != nil {
		return fmt.Errorf("cannot start PostgreSQL: %w", err)
	}
	if err := d.prepareDatabase(ctx); err != nil {
		return err
	}
	if err := d.writeConfig(); err != nil {
		return err
	}
	for _, command := range [][]string{
		{"init"},
		{"tenant", "add", demoTenant, "--provider", "local", "--cache-time", "1m"},
	} {
		if err := d.command(ctx, command...); err != nil {
			return err
		}
	}
	if err := d.addUser(); err != nil {
		return err
	}
	config, err := loadConfig(d.config())
	if err != nil {
		return err
	}
	if d.service, err = startService(ctx, config, config.logger(io.Discard)); err != nil {
		return err
	}
	if d.app, err = pgx.Connect(ctx, d.appURL()); err != nil {
		return fmt.Errorf("connecting through pgseal: %w", err)
	}
	if err := app.Fill(ctx, d.app, d.password); err != nil {
		return fmt.Errorf("the sample data: %w", err)
	}
	d.dealroom, err = openDealroom(ctx, d.appURL())
	return err
}

// prepareDatabase makes the application's database, with empty tables.
func (d *demo) prepareDatabase(ctx context.Context) error {
	admin, err := pgx.Connect(ctx, d.cluster.URL("postgres", ""))
	if err != nil {
		return err
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+demoDatabase+" ENCODING 'UTF8' TEMPLATE template0"); err != nil {
		return err
	}
	if d.direct, err = pgx.Connect(ctx, d.cluster.URL(demoDatabase, "")); err != nil {
		return err
	}
	_, err = d.direct.Exec(ctx, app.Schema, pgx.QueryExecModeSimpleProtocol)
	return err
}

// writeConfig writes the configuration, the policy and the master key into the demo's folder. The proxy's ports are free ones.
func (d *demo) writeConfig() error {
	config := fmt.Sprintf(`environment: development
listen: 127.0.0.1:0
upstream: {address: %q}
admin: {listen: "127.0.0.1:0", users_file: admin-users.yaml}
state_dir: state
databases:
  %s: {control: "user=app", tenant: {fixed: %s}, policy: policy.yaml}
keys: {default_cache_time: 1m, control: {file: control.key}, local: {file: master.key}}
`, d.cluster.Address(), demoDatabase, demoTenant)
	if err := os.WriteFile(d.config(), []byte(config), 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(d.folder, "policy.yaml"), []byte(app.Policy), 0o600); err != nil {
		return err
	}
	return localkey.Create(d.masterKey())
}

func (d *demo) config() string    { return filepath.Join(d.folder, "pgseal.yaml") }
func (d *demo) masterKey() string { return filepath.Join(d.folder, "master.key") }

// appURL is what an application connects to: the same string with another port.
func (d *demo) appURL() string {
	return strings.Replace(d.cluster.URL(demoDatabase, ""), d.cluster.Address(), d.service.address().String(), 1)
}

// command runs one of pgseal's own commands, as an operator would.
func (d *demo) command(ctx context.Context, args ...string) error {
	var stderr bytes.Buffer
	args = append([]string{"pgseal"}, append(args, "--config", d.config())...)
	if code := runContext(ctx, args, io.Discard, &stderr); code != exitDone {
		return fmt.Errorf("%s: %s", strings.Join(args[:len(args)-2], " "), strings.TrimSpace(stderr.String()))
	}
	return nil
}

// dump is what pg_dump writes of the database, past pgseal.
func (d *demo) dump(ctx context.Context) (string, error) {
	cmd, err := d.cluster.Command(ctx, "pg_dump", "--dbname="+d.cluster.URL(demoDatabase, ""))
	if err != nil {
		return "", err
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("pg_dump: %w: %s", err, strings.TrimSpace(stderr.String()))
	}
	return string(out), nil
}

func (d *demo) describe() {
	d.describeAddresses()
	fmt.Fprintf(d.out, `
an application connects through pgseal:
   psql '%s'
somebody at the database sees this instead:
   psql '%s'
try:
   SELECT title, client_email, value FROM matters;
   mv %s %s.away      (withdraws the key: see it in the deal room; moving it back returns it)
   pgseal key status %s --config %s
health and metrics: http://%s/ready, /metrics
`, d.appURL(), d.cluster.URL(demoDatabase, ""), d.masterKey(), d.masterKey(), demoTenant, d.config(), d.service.adminAddress())
}

// close ends everything and removes the demo's folder.
func (d *demo) close() error {
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	var errs []error
	if d.dealroom != nil {
		errs = append(errs, d.dealroom.close(ctx))
	}
	if d.app != nil {
		_ = d.app.Close(ctx)
	}
	if d.service != nil {
		errs = append(errs, d.service.close(ctx))
	}
	if d.direct != nil {
		_ = d.direct.Close(ctx)
	}
	if d.cluster != nil {
		errs = append(errs, d.cluster.Stop())
	}
	if d.folder != "" {
		errs = append(errs, os.RemoveAll(d.folder))
	}
	return errors.Join(errs...)
}
