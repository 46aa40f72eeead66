package main

import "github.com/urfave/cli/v2"

func keyCommand() *cli.Command {
	flags := []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}
	return &cli.Command{
		Name:  "key",
		Usage: "look at a tenant's key, rotate it, lock and unlock it, rehearse its withdrawal",
		Subcommands: []*cli.Command{
			{
				Name: "status", Usage: "state of a tenant's key, in every live proxy", ArgsUsage: "TENANT", Flags: flags, Action: keyStatus,
				Description: `Says how the key stands by the store's records and by what each live proxy has last reported: what it holds, and until
when it can be used there.`,
			},
			keyLockCommand(), keyUnlockCommand(), keyDrillCommand(),
			keyProbeCommand(), keyCheckCommand(), keyRotateCommand(), keySetARNCommand(), keySetCacheTimeCommand(), keyHistoryCommand(), keyEventsCommand(), keyReportCommand(), keyProposalsCommand(), keyExportCommand(), keyImportCommand(),
		},
	}
}
