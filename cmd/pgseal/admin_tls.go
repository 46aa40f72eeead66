package main

import (
	"crypto/tls"
	"fmt"
	"sync/atomic"
	"time"
)

// adminCertificate is the certificate of the admin page. It is a followed.
type adminCertificate struct {
	cert, key string
	written   time.Time // of the younger of the two files when they were last read; belongs to Follow
	current   atomic.Pointer[tls.Certificate]
}

func loadAdminCertificate(cert, key string) (*adminCertificate, error) {
	a := &adminCertificate{cert: cert, key: key}
	if err := a.Reload(); err != nil {
		return nil, fmt.Errorf("admin.tls: %w", err)
	}
	return a, nil
}

// Reload reads the files again. Bad ones change nothing.
func (a *adminCertificate) Reload() error {
	a.written = a.modified()
	pair, err := tls.LoadX509KeyPair(a.cert, a.key)
	if err == nil {
		a.current.Store(&pair)
	}
	return err
}

// Follow reads them again where they have changed.
func (a *adminCertificate) Follow() (changed bool, err error) {
	if a.modified().Equal(a.written) {
		return false, nil
	}
	return true, a.Reload()
}

// modified is when either file was last written.
func (a *adminCertificate) modified() time.Time {
	cert, key := modified(a.cert), modified(a.key)
	if key.After(cert) {
		return key
	}
	return cert
}

func (a *adminCertificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return a.current.Load(), nil }}
}
