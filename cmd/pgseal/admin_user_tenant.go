package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// lookUpTime is how long a command that works without the databases waits for them.
const lookUpTime = 5 * time.Second

// absentTenants are the officer's entries that name no tenant of a database whose store can be asked: an officer may be named before his tenant is there, so
// that it is a warning. Entries that a store which cannot be asked may have pass.
func absentTenants(c *cli.Context, entries []string) (warnings []string) {
	if len(entries) == 0 {
		return nil
	}
	config, err := loadConfig(c.String("config"))
	if err != nil {
		return nil // was read a moment ago
	}
	ctx, stop := context.WithTimeout(c.Context, lookUpTime)
	defer stop()
	for _, entry := range entries {
		database, name := access.SplitTenant(entry)
		among := slices.Sorted(maps.Keys(config.Databases))
		if database != "" {
			among = []string{database}
		}
		if config.mayHave(ctx, c, among, name) {
			continue
		}
		warnings = append(warnings, fmt.Sprintf("warning: there is no tenant %q yet; pgseal tenant list shows those that there are", entry))
	}
	return warnings
}

// mayHave tells that one of the databases has the tenant, or cannot be asked.
func (c *config) mayHave(ctx context.Context, cc *cli.Context, databases []string, tenant string) bool {
	for _, name := range databases {
		if _, configured := c.Databases[name]; !configured {
			continue
		}
		s, err := c.site(cc, name)
		if err != nil || s.open(ctx) != nil {
			return true
		}
		_, err = s.store.LookUp(ctx, tenant)
		s.close()
		if keysource.KindOf(err) != keysource.TenantUnknown {
			return true
		}
	}
	return false
}
