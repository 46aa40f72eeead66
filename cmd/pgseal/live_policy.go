package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/legatics/pgseal/policy"
)

// policyFile is what is known of a site's policy file.
type policyFile struct {
	reading sync.Mutex // one at a time: what was read last is in force
	read    time.Time  // modification time of the one that is in force, or was found bad; belongs to followPolicy
}

const (
	reloadTimeout = 30 * time.Second // of the look whether a policy fits the database
	reloadAgain   = 5 * time.Second  // until the next, where the database could not be asked
)

// errUnchecked is of a policy of which it is not known whether it is good.
var errUnchecked = errors.New("the database could not be asked whether the policy fits")

// followPolicy looks whether the policy file has changed. Heartbeats do not wait for it, however long the file or the database takes.
func (l *liveSite) followPolicy(ctx context.Context) error {
	for pause := tick; ; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		pause = tick
		err := l.file.follow(modified(l.policyFile()), func() error { return l.reload(ctx) })
		if err == nil || ctx.Err() != nil {
			continue
		}
		l.log.Error("the policy was not reloaded; the old one stays in force", "cause", err)
		if errors.Is(err, errUnchecked) {
			pause = reloadAgain
		}
	}
}

// follow has a file reloaded that is another than the last. One that was found bad is not looked at again before it changes; one that could not be looked at is:
// the other proxies may have it in force by then, and wait for this one.
func (f *policyFile) follow(written time.Time, reload func() error) error {
	if written.Equal(f.read) {
		return nil
	}
	err := reload()
	if !errors.Is(err, errUnchecked) {
		f.read = written
	}
	return err
}

// reload reads the policy again and puts it in force, if it is valid against the live database.
func (l *liveSite) reload(ctx context.Context) error {
	l.file.reading.Lock()
	defer l.file.reading.Unlock()
	pol, err := l.policy()
	if err != nil {
		return err
	}
	problems, err := l.checkLive(ctx, pol)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnchecked, err)
	}
	if policy.HasErrors(problems) {
		for _, p := range problems {
			l.log.Error("policy", "problem", p.String())
		}
		return errors.New("the policy does not fit the database")
	}
	l.inForce.Store(pol)
	l.watcher.Reload()
	select {
	case l.newPolicy <- struct{}{}:
	default: // it is about to be told
	}
	l.log.Info("policy reloaded")
	return nil
}

// modified is the file's modification time; the zero time where it cannot be read.
func modified(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
