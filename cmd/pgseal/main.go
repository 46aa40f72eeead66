// Command pgseal is a transparent encryption proxy for PostgreSQL. One file per command; this is the only place that joins the concrete
// types of the other packages.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	_ "time/tzdata" // session time zones must not depend on the machine's files

	"github.com/urfave/cli/v2"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() { os.Exit(run(os.Args, os.Stdout, os.Stderr)) }

// run executes one command line and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return runContext(ctx, args, stdout, stderr)
}

func runContext(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	return runWith(ctx, args, os.Stdin, stdout, stderr)
}

func runWith(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	app := newApp(stdout, stderr)
	app.Reader = stdin
	err := app.RunContext(ctx, flagsFirst(app, args))
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "pgseal: %v\n", err)
		if usage.help != "" {
			fmt.Fprintf(stderr, "See: %s --help\n", usage.help)
		}
		return exitUsage
	}
	fmt.Fprintf(stderr, "pgseal: %s\n", strings.NewReplacer("pgstore: ", "", "bulk: ", "").Replace(err.Error())) // which package says it is nothing to people
	return exitFailed
}

// usageError is a command line that cannot be carried out as it stands.
type usageError struct {
	message string
	help    string // the command whose help explains
}

func (e *usageError) Error() string { return e.message }

func usagef(c *cli.Context, format string, args ...any) error {
	return &usageError{message: fmt.Sprintf(format, args...), help: helpName(c)}
}

func helpName(c *cli.Context) string {
	if c != nil && c.Command != nil && c.Command.HelpName != "" {
		return c.Command.HelpName
	}
	return "pgseal"
}

func newApp(stdout, stderr io.Writer) *cli.App {
	app := &cli.App{
		Name:    "pgseal",
		Usage:   "a transparent encryption proxy for PostgreSQL",
		Version: versionText(),
		Description: `pgseal stands between an application and PostgreSQL. It seals configured columns with AES-256-GCM under a data
key of each tenant; the data key is wrapped by a key in the customer's own AWS KMS account. When the customer
withdraws that key, the statements that need it fail with a typed error; everything else goes on.

Begin with: pgseal demo

The documents are in the repository (README.md, docs), and in /usr/share/doc/pgseal where the Debian package is installed.`,
		Writer:          stdout,
		ErrWriter:       stderr,
		HideHelpCommand: true,
		Commands: []*cli.Command{
			demoCommand(), initCommand(), serveCommand(), workerCommand(), policyCommand(), tenantCommand(), keyCommand(), columnCommand(), doctorCommand(), backupCommand(), openCommand(), adminCommand(),
			healthCommand(), manCommand(), completionCommand(),
		},
		ExitErrHandler: func(*cli.Context, error) {}, // run decides
		OnUsageError:   onUsageError,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usagef(c, "there is no command %q", c.Args().First())
			}
			return cli.ShowAppHelp(c)
		},
	}
	finish(app.Commands)
	return app
}

// finish gives every command the same handling of usage errors.
func finish(commands []*cli.Command) {
	for _, c := range commands {
		c.OnUsageError = onUsageError
		c.HideHelpCommand = true
		if len(c.Subcommands) > 0 {
			name := c.Name
			c.Action = func(c *cli.Context) error {
				if c.Args().Present() {
					return usagef(c, "there is no command %q in pgseal %s", c.Args().First(), name)
				}
				return cli.ShowSubcommandHelp(c)
			}
		}
		finish(c.Subcommands)
	}
}

func onUsageError(c *cli.Context, err error, _ bool) error {
	var name, value string
	if n, _ := fmt.Sscanf(err.Error(), "invalid value %q for flag -%s", &value, &name); n == 2 && c.Command != nil {
		name = strings.TrimSuffix(name, ":")
		for _, f := range c.Command.Flags {
			if _, is := f.(*cli.DurationFlag); is && slices.Contains(f.Names(), name) {
				return usagef(c, "--%s: %q is no duration: 90s, 5m, 12h", name, value)
			}
		}
	}
	return usagef(c, "%v", err)
}

// configFlag names the configuration file.
func configFlag() cli.Flag {
	return &cli.StringFlag{Name: "config", Value: "pgseal.yaml", EnvVars: []string{"PGSEAL_CONFIG"}, Usage: "configuration `FILE`"}
}

func jsonFlag() cli.Flag { return &cli.BoolFlag{Name: "json", Usage: "print JSON"} }

func databaseFlag() cli.Flag {
	return &cli.StringFlag{Name: "database", Usage: "`NAME` of the configured database; needed where several are configured"}
}

// argument returns the only argument of a command.
func argument(c *cli.Context, what string) (string, error) {
	switch c.NArg() {
	case 0:
		return "", usagef(c, "name the %s", what)
	case 1:
		return c.Args().First(), nil
	}
	return "", usagef(c, "one %s at a time: %q is too much", what, c.Args().Get(1))
}

func noArguments(c *cli.Context) error {
	if c.Args().Present() {
		return usagef(c, "%q is too much", c.Args().First())
	}
	return nil
}
