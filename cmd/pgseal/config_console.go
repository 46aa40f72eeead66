package main

import (
	"errors"
	"fmt"
)

// consoleConfig is the virtual database on which roles look at the proxy and give it orders with SQL's SHOW and a few commands. Without roles there is none.
type consoleConfig struct {
	Database      string   `yaml:"database"`
	Roles         []string `yaml:"roles"`
	LoginDatabase string   `yaml:"login_database"` // with auth.mode passthrough and scram-relay: in which the server lets those roles log in
}

func (c consoleConfig) validate(all *config) error {
	if len(c.Roles) == 0 {
		return nil
	}
	if _, taken := all.Databases[c.Database]; taken || c.Database == "" {
		return fmt.Errorf("console.database: %q is a database of its own; give the console another name", c.Database)
	}
	if c.LoginDatabase == "" {
		return errors.New("console.login_database: name a database of the server, such as postgres")
	}
	return nil
}
