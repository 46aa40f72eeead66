package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"
)

// onTerminal tells whether somebody can be asked.
func onTerminal(c *cli.Context) bool {
	in, ok := c.App.Reader.(*os.File)
	if !ok {
		return true
	}
	return term.IsTerminal(int(in.Fd()))
}

// confirm asks for the tenant's name; anything else is a no, and so is no answer.
func confirm(c *cli.Context, out io.Writer, name, question string) error {
	fmt.Fprintf(out, "%s Type its name to go on: ", question)
	line, err := bufio.NewReader(c.App.Reader).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if err != nil && line == "" {
		return errors.New("nobody answered; nothing was changed. --yes does it without asking")
	}
	if strings.TrimSpace(line) != name {
		return errors.New("that is not its name; nothing was changed")
	}
	return nil
}
