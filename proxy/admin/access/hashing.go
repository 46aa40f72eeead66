package access

import (
	"context"
	"errors"
	"time"
)

// Passwords are hashed two at a time, so that log-ins take 64 to 128 MiB at most, and leave a machine something to do.
const (
	hashingAtOnce = 2
	hashingWaits  = 50
	hashingWait   = 5 * time.Second
)

var errBusy = errors.New("too many log-ins at the moment; try again in a few seconds")

// hashing bounds what log-ins cost.
type hashing struct {
	turns chan struct{}
	queue chan struct{}
}

func newHashing() *hashing {
	return &hashing{turns: make(chan struct{}, hashingAtOnce), queue: make(chan struct{}, hashingAtOnce+hashingWaits)}
}

// matches compares when it is its turn. errBusy where that would take too long.
func (h *hashing) matches(ctx context.Context, hash hashed, password string) (bool, error) {
	select {
	case h.queue <- struct{}{}:
		defer func() { <-h.queue }()
	default:
		return false, errBusy
	}
	late := time.NewTimer(hashingWait)
	defer late.Stop()
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
		return hash.matches(password), nil
	case <-late.C:
		return false, errBusy
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
