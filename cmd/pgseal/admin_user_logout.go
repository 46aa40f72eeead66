package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/proxy/admin/access"
)

func adminUserLogoutCommand() *cli.Command {
	return &cli.Command{
		Name: "logout", Usage: "end all sessions of a user, those of single sign-on too, on every machine that has the users file", ArgsUsage: "NAME",
		Description: "Where single sign-on is configured and the users file does not have the name, it gets an entry by which nobody can log in: the sessions end by it, and come back where it is removed before their time is over.",
		Flags:       []cli.Flag{configFlag()},
		Action:      adminUserLogout,
	}
}

func adminUserLogout(c *cli.Context) error {
	name, err := argument(c, "user")
	if err != nil {
		return err
	}
	config, err := loadConfig(c.String("config"))
	if err != nil {
		return err
	}
	written, listed := name, false
	err = changeUsers(c, false, func(u *access.Users) error {
		if written, listed = u.Named(name); !listed {
			if config.Admin.OIDC == nil {
				return noUser(name)
			}
			written = name
			u.Users[written] = access.Entry{Role: access.Viewer}
		}
		e := u.Users[written]
		e.Epoch++
		u.Users[written] = e
		return nil
	})
	if err == nil && !listed {
		fmt.Fprintf(c.App.ErrWriter, "there was no user %q in the users file: it has an entry now, without a password, by which sessions of single sign-on under that name end; leave it there for %s\n",
			name, config.access().Longest())
	}
	return err
}
