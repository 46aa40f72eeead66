package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyLockCommand() *cli.Command {
	return &cli.Command{
		Name: "lock", Usage: "refuse every use of a tenant's key, at once", ArgsUsage: "TENANT",
		Description: `Every proxy of the deployment gives the tenant's key up within two seconds; statements that need it fail with KU009.
It needs no KMS, and lasts until the tenant is unlocked, whatever is restarted. With several configured databases it locks in all
of them, unless --database names one; where one cannot be reached the others are locked, the command says which is not, and
exits 1: it can be given again as often as it takes.`,
		Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: func(c *cli.Context) error { return setLock(c, (*pgstore.Store).Lock) },
	}
}

func keyUnlockCommand() *cli.Command {
	return &cli.Command{
		Name: "unlock", Usage: "end a lock", ArgsUsage: "TENANT",
		Description: "Ends the lock in every configured database, as key lock made it. Proxies ask the key service for the key when it is next needed.",
		Flags:       []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: func(c *cli.Context) error { return setLock(c, (*pgstore.Store).Unlock) },
	}
}

// lockTimeout bounds how long a store that does not answer keeps the command from saying so.
const lockTimeout = 15 * time.Second

// lockView is how a tenant stands in one store, or why that is not known.
type lockView struct {
	Database    string     `json:"database"`
	Tenant      string     `json:"tenant"`
	Locked      bool       `json:"locked"`
	LockedSince *time.Time `json:"locked_since,omitempty"`
	LockedBy    string     `json:"locked_by,omitempty"`
	Error       string     `json:"error,omitempty"` // nothing was changed, as far as is known
}

// setLock locks or unlocks a tenant in the named database, or in every configured one that has the tenant. One that fails keeps no other waiting.
func setLock(c *cli.Context, set func(*pgstore.Store, context.Context, string, string) (*pgstore.Tenant, error)) error {
	name, err := argument(c, "tenant")
	if err != nil {
		return err
	}
	sites, err := sitesOf(c)
	if err != nil {
		return err
	}
	results := make([]*lockView, len(sites))
	var all sync.WaitGroup
	for i, s := range sites {
		all.Go(func() { results[i] = s.setLock(c.Context, name, set) })
	}
	all.Wait()
	views, failed := []lockView{}, []string{}
	for _, v := range results {
		if v == nil {
			continue
		}
		views = append(views, *v)
		if v.Error != "" {
			failed = append(failed, v.Database)
		}
	}
	if len(views) == 0 {
		return fmt.Errorf("there is no tenant %q; pgseal tenant list shows those that there are", name)
	}
	if err := output(c, views, func(t *table) {
		for _, v := range views {
			t.row(v.Tenant, v.Database, v.words())
		}
	}); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("not done in every database: %s; give the command again when it can be reached", strings.Join(failed, ", "))
	}
	return nil
}

// setLock locks or unlocks in one store. nil: it has no such tenant.
func (s *site) setLock(ctx context.Context, name string, set func(*pgstore.Store, context.Context, string, string) (*pgstore.Tenant, error)) *lockView {
	ctx, stop := context.WithTimeout(ctx, lockTimeout)
	defer stop()
	v := &lockView{Database: s.name, Tenant: name}
	err := s.open(ctx)
	if err == nil {
		defer s.close()
		var t *pgstore.Tenant
		if t, err = set(s.store, ctx, name, actor()); err == nil {
			v.Locked, v.LockedSince, v.LockedBy = t.Locked, timeIf(t.Locked, t.LockedSince), t.LockedBy
			return v
		}
	}
	if keysource.KindOf(err) == keysource.TenantUnknown { // perhaps another database has it
		return nil
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("no answer within %s", lockTimeout)
	}
	v.Error = forPeople(err).Error()
	return v
}

func (v *lockView) words() string {
	switch {
	case v.Error != "":
		return "FAILED: " + strings.Join(strings.Fields(v.Error), " ")
	case v.Locked:
		return "locked since " + v.LockedSince.Format(time.RFC3339) + " by " + v.LockedBy
	}
	return "not locked"
}

// timeIf is the time where ok, else nil.
func timeIf(ok bool, t time.Time) *time.Time {
	if !ok {
		return nil
	}
	return &t
}
