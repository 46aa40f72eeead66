package main

import (
	"context"
	"time"
)

// followed is what is read from files, and read again when they change. What was read before stays in force where they are bad.
type followed interface {
	Follow() (changed bool, err error)
	Reload() error
}

// readTLS reads the certificates of both legs.
func (s *service) readTLS() (err error) {
	if s.upstream, err = s.config.upstream(); err != nil {
		return err
	}
	if s.clientTLS, err = s.config.clientTLS(); err != nil {
		return err
	}
	if c := s.clientTLS.Certificates; c != nil {
		s.followed["client_tls"] = c
	}
	if c := s.upstream[0].Certificates; c != nil {
		s.followed["upstream.tls"] = c
	}
	return nil
}

// followFiles looks once a tick whether files have changed.
func (s *service) followFiles(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(tick):
			s.reading.Lock()
			s.readFiles(followed.Follow)
			s.reading.Unlock()
		}
	}
}

// readFiles reads files and says what came of it, under reading. Sessions go on with what they began with.
func (s *service) readFiles(read func(followed) (changed bool, err error)) {
	for key, f := range s.followed {
		switch changed, err := read(f); {
		case err != nil:
			s.log.Error("files were not reloaded; what was read before stays in force", "key", key, "cause", err)
		case changed:
			s.log.Info("files reloaded", "key", key)
		}
	}
}
