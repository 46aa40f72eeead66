package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/legatics/pgseal/proxy/admin/access"
)

func adminUserAddCommand() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add a user", ArgsUsage: "NAME",
		Description: `Asks for the password without showing it; where there is no terminal it is the first line of the input. The file gets its hash (argon2id). With
--no-password the user has API tokens alone (pgseal admin user token), or logs in by single sign-on.

   pgseal admin user add olga --role operator
   pgseal admin user add carol --role officer --tenant acme --tenant app/other`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "role", Usage: "viewer, operator, or officer"},
			&cli.StringSliceFlag{Name: "tenant", Usage: "of an officer: `NAME` of a tenant, or DATABASE/NAME; may be given several times"},
			&cli.BoolFlag{Name: "no-password", Usage: "no log-in with a password"}, configFlag(),
		},
		Action: adminUserAdd,
	}
}

func adminUserAdd(c *cli.Context) error {
	name, err := argument(c, "user")
	if err != nil {
		return err
	}
	if c.String("role") == "" {
		return usagef(c, "name the role: --role viewer, operator or officer")
	}
	return changeUsers(c, true, func(u *access.Users) error {
		if _, taken := u.Named(name); taken {
			return fmt.Errorf("there is a user %q already", name)
		}
		u.Users[name] = access.Entry{Role: access.Role(c.String("role")), Tenants: c.StringSlice("tenant")}
		if err := u.Check(); err != nil { // before anybody is asked
			return err
		}
		for _, warning := range absentTenants(c, c.StringSlice("tenant")) {
			fmt.Fprintln(c.App.ErrWriter, warning)
		}
		if c.Bool("no-password") {
			return nil
		}
		e := u.Users[name]
		if e.Password, err = newPassword(c); err != nil {
			return err
		}
		u.Users[name] = e
		return nil
	})
}

func adminUserPasswdCommand() *cli.Command {
	return &cli.Command{
		Name: "passwd", Usage: "give a user another password, and end his sessions at once", ArgsUsage: "NAME",
		Description: "Asks for the password without showing it; where there is no terminal it is the first line of the input.",
		Flags:       []cli.Flag{configFlag()},
		Action: func(c *cli.Context) error {
			name, err := argument(c, "user")
			if err != nil {
				return err
			}
			return changeUser(c, name, func(e *access.Entry) error {
				e.Password, err = newPassword(c)
				return err
			})
		},
	}
}

// newPassword asks for a password, never by way of the command line, which others can see, and gives its hash.
func newPassword(c *cli.Context) (string, error) {
	in, ok := c.App.Reader.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(c.App.Reader, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return access.HashPassword(strings.TrimRight(line, "\r\n"))
	}
	var words [2]string
	for i, prompt := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(c.App.ErrWriter, prompt)
		word, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(c.App.ErrWriter)
		if err != nil {
			return "", err
		}
		words[i] = string(word)
	}
	if words[0] != words[1] {
		return "", errors.New("the two differ; nothing was changed")
	}
	return access.HashPassword(words[0])
}

func adminUserTokenCommand() *cli.Command {
	return &cli.Command{
		Name: "token", Usage: "make an API token for a user, or take one away", ArgsUsage: "NAME",
		Description: `Prints the token, once: the file gets its digest alone. A program sends it as Authorization: Bearer TOKEN.

   pgseal admin user token robot --name nightly-report --expires 2160h`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Usage: "what the token is for"}, &cli.DurationFlag{Name: "expires", Usage: "how long it is valid; without it, until it is taken away"},
			&cli.BoolFlag{Name: "remove", Usage: "take the token of that name away"}, configFlag(), jsonFlag(),
		},
		Action: adminUserToken,
	}
}

// newTokenView is a token that was made just now.
type newTokenView struct {
	User  string `json:"user"`
	Token string `json:"token"`
	tokenView
}

func adminUserToken(c *cli.Context) error {
	user, err := argument(c, "user")
	if err != nil {
		return err
	}
	name := c.String("name")
	if name == "" || c.Duration("expires") < 0 {
		return usagef(c, "say what the token is for with --name, and how long it is valid with --expires 2160h")
	}
	v := newTokenView{User: user, tokenView: tokenView{Name: name}}
	err = changeUser(c, user, func(e *access.Entry) error {
		at := slices.IndexFunc(e.Tokens, func(t access.TokenEntry) bool { return t.Name == name })
		switch remove := c.Bool("remove"); {
		case remove && at < 0:
			return fmt.Errorf("%s has no token %q", user, name)
		case remove:
			e.Tokens = slices.Delete(e.Tokens, at, at+1)
			return nil
		case at >= 0:
			return fmt.Errorf("%s has a token %q already; --remove takes it away", user, name)
		}
		t := access.TokenEntry{Name: name}
		if d := c.Duration("expires"); d > 0 {
			t.Expires = time.Now().Add(d).UTC().Truncate(time.Second)
			v.Expires = &t.Expires
		}
		v.Token, t.SHA256 = access.NewToken()
		e.Tokens = append(e.Tokens, t)
		return nil
	})
	if err != nil || c.Bool("remove") {
		return err
	}
	return output(c, v, func(t *table) { t.row(v.Token) })
}
