// Command kmsserver is an AWS KMS and STS server for tests and trials: see package kmstest for what it does.
//
//	go run ./testenv/kmsserver -listen 127.0.0.1:4599
//
// It makes one key, prints its ARN, and serves until it is interrupted, over https with -cert and -cert-key. Any AWS credentials are accepted unless
// -strict is given. The switches are reached over HTTP, for example
//
//	curl -d '{"key": "arn:aws:kms:...", "state": "Disabled"}' http://127.0.0.1:4599/_control/key/state
//	curl -d '{"operations": ["Decrypt"]}'                     http://127.0.0.1:4599/_control/deny
//	curl -d '{"kind": "hang"}'                                http://127.0.0.1:4599/_control/fault/add
//	curl -d '{}'                                              http://127.0.0.1:4599/_control/fault/clear
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "kmsserver:", err)
		os.Exit(1)
	}
}

// errUsage stands for a wrong flag, which the flag package has already explained.
var errUsage = errors.New("usage")

// run serves until ctx is done. What a script needs goes to stdout, one "name value" a line; the last of these lines
// is "ready URL".
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("kmsserver", flag.ContinueOnError)
	flags.SetOutput(stderr)
	listen := flags.String("listen", "127.0.0.1:4599", "address to listen on; port 0 takes a free one")
	alias := flags.String("alias", "alias/pgseal", "alias of the key made at the start; \"\" makes none")
	var o kmstest.Options
	flags.StringVar(&o.Region, "region", "eu-central-1", "region of keys made without one")
	flags.StringVar(&o.Account, "account", "111122223333", "account of keys and of unknown access keys")
	flags.BoolVar(&o.Strict, "strict", false, "refuse access keys that were not added over /_control/user/add")
	flags.StringVar(&o.StateFile, "state", "", "file that keeps keys, aliases, roles and users across restarts (holds secrets)")
	cert := flags.String("cert", "", "certificate to be asked over https with, a file in PEM; with -cert-key")
	certKey := flags.String("cert-key", "", "file with its key")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil || flags.NArg() > 0 {
		return errUsage
	}
	if *cert != "" || *certKey != "" {
		pair, err := tls.LoadX509KeyPair(*cert, *certKey)
		if err != nil {
			return err
		}
		o.Certificate = &pair
	}
	return serve(ctx, o, *listen, *alias, stdout)
}

func serve(ctx context.Context, o kmstest.Options, listen, alias string, stdout io.Writer) error {
	s, err := kmstest.New(o)
	if err != nil {
		return err
	}
	if err := s.Listen(listen); err != nil {
		return err
	}
	if alias != "" && len(s.Keys()) == 0 {
		s.CreateKey(kmstest.KeyOptions{Alias: alias})
	}
	for _, arn := range s.Keys() {
		fmt.Fprintln(stdout, "key", arn)
	}
	fmt.Fprintln(stdout, "ready", s.URL())

	served := make(chan error, 1)
	go func() { served <- s.Serve() }()
	select {
	case err = <-served:
		return errors.Join(err, s.Close())
	case <-ctx.Done():
		return errors.Join(s.Close(), <-served)
	}
}
