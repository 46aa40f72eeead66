package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/proxy/admin/access"
)

func adminCommand() *cli.Command {
	return &cli.Command{
		Name: "admin", Usage: "who may use the admin page and its API",
		Subcommands: []*cli.Command{{
			Name: "user", Usage: "the users file (admin.users_file)",
			Subcommands: []*cli.Command{
				adminUserAddCommand(), adminUserPasswdCommand(), adminUserListCommand(), adminUserTokenCommand(), adminUserRemoveCommand(),
				adminUserChangeCommand("disable", "keep a user out, and end his sessions at once", func(e *access.Entry) {
					e.Disabled = true
					e.Epoch++ // or they would live again when he is let in again
				}),
				adminUserChangeCommand("enable", "let a disabled user in again", func(e *access.Entry) { e.Disabled = false }),
				adminUserLogoutCommand(),
			},
		}},
	}
}

// userView is a user as the commands show him: nothing secret.
type userView struct {
	Name     string      `json:"name"`
	Role     access.Role `json:"role"`
	Tenants  []string    `json:"tenants,omitempty"`
	Password bool        `json:"password"`
	Tokens   []tokenView `json:"tokens,omitempty"`
	Disabled bool        `json:"disabled"`
}

type tokenView struct {
	Name    string     `json:"name"`
	Expires *time.Time `json:"expires,omitempty"`
}

func userViewOf(name string, e access.Entry) userView {
	v := userView{Name: name, Role: e.Role, Tenants: e.Tenants, Password: e.Password != "", Disabled: e.Disabled}
	for _, t := range e.Tokens {
		v.Tokens = append(v.Tokens, tokenView{t.Name, timeIf(!t.Expires.IsZero(), t.Expires)})
	}
	return v
}

func (v userView) row(t *table) {
	var how []string
	if v.Password {
		how = append(how, "password")
	}
	for _, k := range v.Tokens {
		text := "token " + k.Name
		if k.Expires != nil {
			text += " until " + k.Expires.Format(time.DateOnly)
		}
		how = append(how, text)
	}
	if v.Disabled {
		how = append(how, "DISABLED")
	}
	t.row(v.Name, string(v.Role), dash(strings.Join(v.Tenants, ", ")), dash(strings.Join(how, ", ")))
}

// usersPath is the users file of the configuration.
func usersPath(c *cli.Context) (string, error) {
	config, err := loadConfig(c.String("config"))
	if err != nil {
		return "", err
	}
	if config.Admin.UsersFile == "" {
		return "", usagef(c, "%s names no admin.users_file", config.path)
	}
	return config.file(config.Admin.UsersFile), nil
}

// changeUsers has change edit the users file. create: there may be none yet. The proxy reads it when it has changed.
func changeUsers(c *cli.Context, create bool, change func(*access.Users) error) error {
	path, err := usersPath(c)
	if err != nil {
		return err
	}
	u, err := access.ReadUsers(path)
	if create && errors.Is(err, fs.ErrNotExist) {
		u, err = &access.Users{Version: 1}, nil
	}
	if err != nil {
		return fmt.Errorf("admin.users_file: %w", err)
	}
	if u.Users == nil {
		u.Users = map[string]access.Entry{}
	}
	if err := change(u); err != nil {
		return err
	}
	if err := u.Write(path); err != nil {
		return fmt.Errorf("admin.users_file: %w", err)
	}
	return nil
}

// changeUser is changeUsers for one user that there is.
func changeUser(c *cli.Context, name string, change func(*access.Entry) error) error {
	return changeUsers(c, false, func(u *access.Users) error {
		written, ok := u.Named(name)
		if !ok {
			return noUser(name)
		}
		e := u.Users[written]
		if err := change(&e); err != nil {
			return err
		}
		u.Users[written] = e
		return nil
	})
}

func noUser(name string) error {
	return fmt.Errorf("there is no user %q; pgseal admin user list shows those that there are", name)
}

func adminUserListCommand() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list users", Flags: []cli.Flag{configFlag(), jsonFlag()},
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			path, err := usersPath(c)
			if err != nil {
				return err
			}
			u, err := access.ReadUsers(path)
			if err != nil {
				return fmt.Errorf("admin.users_file: %w", err)
			}
			views := []userView{}
			for _, name := range u.Names() {
				views = append(views, userViewOf(name, u.Users[name]))
			}
			return output(c, views, func(t *table) {
				t.row("USER", "ROLE", "TENANTS", "LOGS IN BY")
				for _, v := range views {
					v.row(t)
				}
			})
		},
	}
}

func adminUserRemoveCommand() *cli.Command {
	return &cli.Command{
		Name: "remove", Usage: "remove a user, and end his sessions at once", ArgsUsage: "NAME",
		Description: "A tenant whose last officer is removed has none any more: operators act on it without approval from then on.",
		Flags:       []cli.Flag{configFlag()},
		Action: func(c *cli.Context) error {
			name, err := argument(c, "user")
			if err != nil {
				return err
			}
			return changeUsers(c, false, func(u *access.Users) error {
				written, ok := u.Named(name)
				if !ok {
					return noUser(name)
				}
				delete(u.Users, written)
				return nil
			})
		},
	}
}

// adminUserChangeCommand is a command that changes one thing of a user.
func adminUserChangeCommand(name, usage string, change func(*access.Entry)) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: "NAME", Flags: []cli.Flag{configFlag()},
		Action: func(c *cli.Context) error {
			user, err := argument(c, "user")
			if err != nil {
				return err
			}
			return changeUser(c, user, func(e *access.Entry) error {
				change(e)
				return nil
			})
		},
	}
}
