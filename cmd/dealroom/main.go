// Command dealroom is a sample web application in front of pgseal: what the users of an application see when its customer withdraws the key. See package
// app; `pgseal demo` starts it with everything that it needs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/cmd/dealroom/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "dealroom:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("dealroom", flag.ContinueOnError)
	listen := set.String("listen", "127.0.0.1:8080", "address of the pages")
	database := set.String("database", os.Getenv("DATABASE_URL"), "connection string of pgseal")
	customer := set.String("customer", "", "the customer's name, on every page")
	tenant := set.String("tenant", "", "pgseal.tenant of every connection, where pgseal tells tenants by a setting")
	show := set.String("print", "", "print the `schema` or the policy, and end")
	fill := set.String("fill", "", "write the sample data first, everybody with the password in this environment `variable`")
	if err := set.Parse(args); err != nil {
		return err
	}
	switch *show {
	case "schema":
		_, err := fmt.Print(app.Schema)
		return err
	case "policy":
		_, err := fmt.Print(app.Policy)
		return err
	case "":
	default:
		return errors.New("-print takes schema or policy")
	}
	if *fill != "" {
		if err := fillIn(ctx, *database, *tenant, os.Getenv(*fill)); err != nil {
			return err
		}
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	a, err := app.New(ctx, app.Options{Database: *database, Customer: *customer, Tenant: *tenant, Log: log})
	if err != nil {
		return err
	}
	defer a.Close()
	log.Info("the deal room is open", "address", "http://"+*listen+"/")
	return serve(ctx, &http.Server{Addr: *listen, Handler: a.Handler(), ReadHeaderTimeout: 10 * time.Second})
}

// serve answers until ctx ends, and lets what is under way end.
func serve(ctx context.Context, server *http.Server) error {
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	within, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	err := server.Shutdown(within)
	<-failed
	return err
}

func fillIn(ctx context.Context, database, tenant, password string) error {
	if password == "" {
		return errors.New("-fill names an environment variable that holds no password")
	}
	config, err := pgx.ParseConfig(database)
	if err != nil {
		return err
	}
	if tenant != "" {
		config.RuntimeParams["pgseal.tenant"] = tenant
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return app.Fill(ctx, conn, password)
}
