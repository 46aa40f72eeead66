package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"
)

func manCommand() *cli.Command {
	return &cli.Command{
		Name: "man", Usage: "print a manual page", ArgsUsage: "[COMMAND]",
		Description: `Prints the manual page of pgseal, or of one of its commands, for: pgseal man serve | man -l -
With --dir it writes all pages into a folder, as pgseal.1, pgseal-serve.1 and so on.`,
		Flags: []cli.Flag{&cli.StringFlag{Name: "dir", Usage: "write all pages into `DIR`"}},
		Action: func(c *cli.Context) error {
			all := refer(c.App)
			pages := append([]*reference{all}, all.commands...)
			if dir := c.String("dir"); dir != "" {
				return writePages(dir, pages)
			}
			for _, r := range pages {
				if strings.Join(r.path, " ") == c.Args().First() && c.NArg() <= 1 {
					_, err := fmt.Fprint(c.App.Writer, manPage(r, all))
					return err
				}
			}
			return usagef(c, "there is no manual page of %q", strings.Join(c.Args().Slice(), " "))
		},
	}
}

func writePages(dir string, pages []*reference) error {
	for _, r := range pages {
		name := strings.ReplaceAll(r.title(), " ", "-") + ".1"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(manPage(r, pages[0])), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// manPage is a page of the manual in roff. Commands below the one of the page are its sections; those of pgseal itself have pages of their own.
func manPage(r, all *reference) string {
	var b strings.Builder
	name := strings.ReplaceAll(r.title(), " ", "-")
	fmt.Fprintf(&b, ".TH %s 1 %q %q \"pgseal\"\n.SH NAME\n%s \\- %s\n.SH SYNOPSIS\n", strings.ToUpper(roff(name)), date, "pgseal "+version, roff(name), roff(r.usage))
	if len(r.commands) == 0 {
		manSynopsis(&b, r)
	}
	for i, c := range r.commands {
		if i > 0 {
			b.WriteString(".br\n")
		}
		manSynopsis(&b, c)
	}
	b.WriteString(".SH DESCRIPTION\n")
	manText(&b, r.about, r.usage)
	switch {
	case r == all:
		b.WriteString(".SH COMMANDS\n")
		for _, c := range r.commands {
			fmt.Fprintf(&b, ".TP\n.BR %s (1)\n%s\n", roff(strings.ReplaceAll(c.title(), " ", "-")), roff(c.usage))
		}
	case len(r.commands) > 0:
		b.WriteString(".SH COMMANDS\n")
		r.walk(func(c *reference) {
			if c != r && len(c.commands) == 0 {
				fmt.Fprintf(&b, ".SS %s\n", roff(c.title()))
				manText(&b, c.about, c.usage)
				manFlags(&b, c.flags)
			}
		})
	}
	b.WriteString(".SH OPTIONS\n")
	manFlags(&b, r.flags)
	b.WriteString(".SH EXIT STATUS\n0 when it is done, 1 when it failed or something is wrong, 2 when the command line is.\n")
	if r != all {
		b.WriteString(".SH SEE ALSO\n.BR pgseal (1)\n")
	}
	return b.String()
}

func manSynopsis(b *strings.Builder, r *reference) {
	fmt.Fprintf(b, ".B %s\n", roff(r.title()))
	if len(r.commands) > 0 {
		b.WriteString(".I COMMAND\n")
	}
	if len(r.flags) > 1 { // more than --help
		b.WriteString("[OPTIONS]\n")
	}
	if r.args != "" {
		fmt.Fprintf(b, ".I %s\n", roff(r.args))
	}
}

func manFlags(b *strings.Builder, flags []referenceFlag) {
	for _, f := range flags {
		fmt.Fprintf(b, ".TP\n\\fB%s\\fR", roff("--"+f.name))
		if f.value != "" {
			fmt.Fprintf(b, " \\fI%s\\fR", roff(f.value))
		}
		text := f.usage
		if f.initial != "" {
			text += " (default: " + f.initial + ")"
		}
		if len(f.environ) > 0 {
			text += " [" + strings.Join(f.environ, ", ") + " in the environment]"
		}
		fmt.Fprintf(b, "\n%s\n", roff(text))
	}
}

// manText writes paragraphs.
func manText(b *strings.Builder, text, otherwise string) {
	if text == "" {
		text = otherwise + "."
	}
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		for line := range strings.Lines(paragraph) {
			b.WriteString(roff(strings.TrimSpace(line)) + "\n")
		}
	}
}

// roff is a text that means itself.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		return `\&` + text
	}
	return text
}
