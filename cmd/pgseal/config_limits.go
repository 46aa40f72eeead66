package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/legatics/pgseal/proxy"
)

// limitsConfig bounds what clients can take up.
type limitsConfig struct {
	Connections  int           `yaml:"connections"`
	MessageMiB   int           `yaml:"message_mib"`
	LoginTimeout time.Duration `yaml:"login_timeout"`
	FailedLogins int           `yaml:"failed_logins"` // of an address in a minute; 0: as many as it likes

	DrainDelay   time.Duration `yaml:"drain_delay"`   // from SIGTERM, during which /ready says no and sessions are still taken
	DrainTimeout time.Duration `yaml:"drain_timeout"` // from then on, for sessions to end

	// Of sessions that rest, with PostgreSQL's codes; 0: for ever, as in PostgreSQL.
	IdleTimeout              time.Duration `yaml:"idle_timeout"`                // outside a transaction, and not listening
	IdleInTransactionTimeout time.Duration `yaml:"idle_in_transaction_timeout"` // in one
	TCPUserTimeout           time.Duration `yaml:"tcp_user_timeout"`            // for a peer that takes no data; 0: the system's
}

func defaultLimits() limitsConfig {
	return limitsConfig{Connections: 10000, MessageMiB: 64, LoginTimeout: time.Minute, DrainTimeout: 30 * time.Second, FailedLogins: 30}
}

func (l limitsConfig) validate() error {
	if l.Connections < 1 || l.MessageMiB < 1 || l.MessageMiB > 1024 {
		return errors.New("limits: connections must be at least 1, message_mib 1 to 1024")
	}
	if l.FailedLogins < 0 {
		return errors.New("limits.failed_logins: must not be negative")
	}
	if l.DrainDelay < 0 {
		return fmt.Errorf("limits.drain_delay: %s is negative", l.DrainDelay)
	}
	for name, val := range map[string]time.Duration{
		"idle_timeout": l.IdleTimeout, "idle_in_transaction_timeout": l.IdleInTransactionTimeout, "tcp_user_timeout": l.TCPUserTimeout,
	} {
		if val < 0 || val > 0 && val < time.Second {
			return fmt.Errorf("limits.%s: %s is neither 0 nor a second at least", name, val)
		}
	}
	return nil
}

func (l limitsConfig) forProxy() proxy.Limits {
	failed := l.FailedLogins
	if failed == 0 {
		failed = -1
	}
	return proxy.Limits{Connections: l.Connections, Message: l.MessageMiB << 20, LoginTimeout: l.LoginTimeout, FailedLogins: failed,
		Idle: l.IdleTimeout, IdleInTransaction: l.IdleInTransactionTimeout, Unacknowledged: l.TCPUserTimeout}
}
