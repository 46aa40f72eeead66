package main

import (
	"context"
	"errors"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/proxy"
)

// keys gives a keyring's handles to sessions.
type keys struct{ ring *keysource.Keyring }

// Acquire implements proxy.Keys.
func (k keys) Acquire(ctx context.Context, tenant string) (proxy.Key, error) {
	handle, err := k.ring.Acquire(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return handle, nil
}

// Refused implements proxy.RefusedKeys.
func (k keys) Refused(err proxy.KeyError) {
	var e *keysource.Error
	if errors.As(err, &e) {
		k.ring.Refused(e)
	}
}

// Since implements proxy.SinceKeys.
func (k keys) Since(tenant string) time.Time { return k.ring.Status(tenant).Since }
