package main

import (
	"context"
	"time"

	"github.com/legatics/pgseal/proxy"
)

// followCertificates looks once a tick whether the files of either leg have changed.
func (s *service) followCertificates(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(tick):
			s.readCertificates((*proxy.Certificates).Follow)
		}
	}
}

// readCertificates reads the certificates of both legs and says what came of it. Sessions go on with what they began with.
func (s *service) readCertificates(read func(*proxy.Certificates) (changed bool, err error)) {
	for key, held := range map[string]*proxy.Certificates{"client_tls": s.clientTLS.Certificates, "upstream.tls": s.upstream.Certificates} {
		if held == nil {
			continue
		}
		switch changed, err := read(held); {
		case err != nil:
			s.log.Error("the certificates were not reloaded; the old ones stay in force", "key", key, "cause", err)
		case changed:
			s.log.Info("certificates reloaded", "key", key)
		}
	}
}
