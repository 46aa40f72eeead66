package main

import (
	"strings"

	"github.com/urfave/cli/v2"
)

// flagsFirst puts the flags of a command line before the names, so that people may give them in any order: the library itself takes everything
// behind the first name for names.
func flagsFirst(app *cli.App, args []string) []string {
	if len(args) == 0 {
		return args
	}
	out, rest := []string{args[0]}, args[1:]
	commands, flags := app.Commands, app.Flags
	for len(rest) > 0 {
		command := find(commands, rest[0])
		if command == nil {
			break
		}
		out, rest = append(out, rest[0]), rest[1:]
		commands, flags = command.Subcommands, command.Flags
	}
	var options, names []string
	for len(rest) > 0 {
		arg := rest[0]
		rest = rest[1:]
		if arg == "--" {
			names = append(names, rest...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			names = append(names, arg)
			continue
		}
		options = append(options, arg)
		if takesValue(flags, arg) && len(rest) > 0 {
			options, rest = append(options, rest[0]), rest[1:]
		}
	}
	out = append(out, options...)
	if len(names) > 0 && strings.HasPrefix(names[0], "-") {
		out = append(out, "--")
	}
	return append(out, names...)
}

func find(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

// takesValue tells that a flag's value is the next word.
func takesValue(flags []cli.Flag, arg string) bool {
	name := strings.TrimLeft(arg, "-")
	if strings.Contains(name, "=") {
		return false
	}
	for _, f := range flags {
		for _, n := range f.Names() {
			if n == name {
				_, isBool := f.(*cli.BoolFlag)
				return !isBool
			}
		}
	}
	return false
}
