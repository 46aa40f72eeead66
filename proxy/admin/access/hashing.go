package access

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Passwords are hashed two at a time, one of browsers that are known and one of whoever else comes, so that log-ins take 64 to 128 MiB at most, and leave a machine
// something to do; and however many strangers come, those who have logged in before do not wait for them.
const hashingWait = 5 * time.Second

var (
	errBusy = errors.New("too many log-ins at the moment; try again in a few seconds")
	errLate = fmt.Errorf("%w", errBusy) // it has waited, and its turn has not come
)

// hashing bounds what log-ins cost.
type hashing struct{ known, strangers lane }

func newHashing() *hashing {
	return &hashing{known: newLane(20, 2), strangers: newLane(50, 50)}
}

// lane has one password compared after another.
type lane struct {
	turn  chan struct{}
	queue chan struct{}
	ofOne int // that may be in the queue of one name

	mu    sync.Mutex
	names map[string]int
}

func newLane(places, ofOne int) lane {
	return lane{turn: make(chan struct{}, 1), queue: make(chan struct{}, places), ofOne: ofOne, names: map[string]int{}}
}

// matches compares when it is its turn. errBusy where there is no place to wait for it, errLate where that would take too long.
func (l *lane) matches(ctx context.Context, name string, hash hashed, password string) (bool, error) {
	if !l.enter(name) {
		return false, errBusy
	}
	defer l.leave(name)
	late := time.NewTimer(hashingWait)
	defer late.Stop()
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
		return hash.matches(password), nil
	case <-late.C:
		return false, errLate
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

func (l *lane) enter(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.names[name] >= l.ofOne {
		return false
	}
	select {
	case l.queue <- struct{}{}:
		l.names[name]++
		return true
	default:
		return false
	}
}

func (l *lane) leave(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	<-l.queue
	if l.names[name]--; l.names[name] == 0 {
		delete(l.names, name)
	}
}
