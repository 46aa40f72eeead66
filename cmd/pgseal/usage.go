package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// usageKeeper records what this proxy does with the tenants' keys of one database. Statements only count; the database is written in the background, so that
// a proxy that is killed loses the counts of the last seconds.
type usageKeeper struct {
	ring *keysource.Keyring
	to   *pgstore.UsageLog
	log  *slog.Logger
}

const (
	usageEvery   = 5 * time.Second // between two writings
	usageTimeout = 5 * time.Second // of one
)

// run writes until ctx ends; the last writing is close's.
func (u *usageKeeper) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(usageEvery):
		}
		u.save(ctx)
	}
}

// save writes what has come since the last time. What could not be written is kept.
func (u *usageKeeper) save(ctx context.Context) {
	limited, stop := context.WithTimeout(ctx, usageTimeout)
	defer stop()
	u.to.Add(u.ring.TakeUsage())
	if err := u.to.Save(limited); err != nil && ctx.Err() == nil {
		u.log.Warn("the use of tenants' keys could not be recorded; it is kept, and tried again", "cause", err)
	}
}
