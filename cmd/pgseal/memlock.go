package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// lockedMemory says in the log when keys lie in memory that may be swapped, and when they do not any more.
type lockedMemory struct {
	log   *slog.Logger
	usage func() crypto.SecretUsage
	over  bool
}

// watch looks once a tick.
func (l *lockedMemory) watch(ctx context.Context) error {
	for {
		l.look()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(tick):
		}
	}
}

func (l *lockedMemory) look() {
	u := l.usage()
	if over := u.Unlocked > 0; over != l.over {
		l.over = over
		if over {
			l.log.Warn("keys lie in memory that may be swapped: the system lets pgseal lock no more (RLIMIT_MEMLOCK); raise the limit, for systemd by LimitMEMLOCK=64M",
				"locked_bytes", u.Locked, "unlocked_bytes", u.Unlocked)
		} else {
			l.log.Info("all keys lie in locked memory again", "locked_bytes", u.Locked)
		}
	}
}
