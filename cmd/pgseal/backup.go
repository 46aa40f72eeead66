package main

import (
	"github.com/urfave/cli/v2"
)

func backupCommand() *cli.Command {
	return &cli.Command{Name: "backup", Usage: "what is in a backup, which keys it needs, and which backups need a key", Subcommands: []*cli.Command{
		backupCheckCommand(), backupListCommand(), backupForgetCommand(), backupAllListedCommand(),
	}}
}
