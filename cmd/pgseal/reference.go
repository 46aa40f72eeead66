package main

import (
	"strings"

	"github.com/urfave/cli/v2"
)

// reference is a command as the manual and the completions describe it. Both are made of the command line's own definition, so that they cannot go out of date.
type reference struct {
	path     []string // the words behind pgseal
	usage    string
	about    string // the long description
	args     string // names behind the flags
	flags    []referenceFlag
	commands []*reference
}

// referenceFlag is one flag of a command.
type referenceFlag struct {
	name    string
	value   string // what it takes, as FILE; empty for a switch
	usage   string
	initial string // what it is if not given
	environ []string
}

// refer describes an application with all of its commands.
func refer(app *cli.App) *reference {
	r := &reference{usage: app.Usage, about: app.Description, commands: referCommands(nil, app.Commands)}
	r.flags = []referenceFlag{helpReference(), {name: "version", usage: "print the version"}}
	return r
}

func referCommands(above []string, commands []*cli.Command) (all []*reference) {
	for _, c := range commands {
		if c.Hidden {
			continue
		}
		r := &reference{path: append(above[:len(above):len(above)], c.Name), usage: c.Usage, about: c.Description, args: c.ArgsUsage}
		for _, f := range c.Flags {
			if doc, ok := f.(cli.DocGenerationFlag); ok {
				r.flags = append(r.flags, referFlag(f.Names()[0], doc))
			}
		}
		r.flags = append(r.flags, helpReference())
		r.commands = referCommands(r.path, c.Subcommands)
		all = append(all, r)
	}
	return all
}

func helpReference() referenceFlag { return referenceFlag{name: "help", usage: "show help"} }

func referFlag(name string, doc cli.DocGenerationFlag) referenceFlag {
	f := referenceFlag{name: name, usage: doc.GetUsage(), environ: doc.GetEnvVars()}
	if !doc.TakesValue() {
		return f
	}
	f.value, f.initial = "VALUE", strings.Trim(doc.GetDefaultText(), `"`)
	if before, rest, ok := strings.Cut(f.usage, "`"); ok { // the library's way to name what a flag takes
		f.value, rest, _ = strings.Cut(rest, "`")
		f.usage = before + f.value + rest
	}
	return f
}

// file tells that a name stands for a file or a folder.
func file(name string) bool {
	return strings.Contains(name, "FILE") || strings.Contains(name, "DIR") || strings.Contains(name, "FOLDER") || strings.Contains(name, "PATH")
}

// title is the command line that runs it, without arguments.
func (r *reference) title() string { return strings.Join(append([]string{"pgseal"}, r.path...), " ") }

// walk visits the command and all below it.
func (r *reference) walk(visit func(*reference)) {
	visit(r)
	for _, c := range r.commands {
		c.walk(visit)
	}
}
