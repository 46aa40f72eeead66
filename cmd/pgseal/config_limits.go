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
	PerAddress   int           `yaml:"connections_per_address"` // 0: no limit
	PerRole      int           `yaml:"connections_per_role"`    // 0: no limit
	Prepared     int           `yaml:"prepared_statements"`     // of a session; 0: no limit
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
	return limitsConfig{Connections: 10000, Prepared: 10000, MessageMiB: 64, LoginTimeout: time.Minute, DrainTimeout: 30 * time.Second, FailedLogins: 30}
}

func (l limitsConfig) validate() error {
	if l.Connections < 1 || l.MessageMiB < 1 || l.MessageMiB > 1024 {
		return errors.New("limits: connections must be at least 1, message_mib 1 to 1024")
	}
	for name, val := range map[string]int{"failed_logins": l.FailedLogins, "connections_per_address": l.PerAddress, "connections_per_role": l.PerRole,
		"prepared_statements": l.Prepared} {
		if val < 0 {
			return fmt.Errorf("limits.%s: must not be negative", name)
		}
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
	unless := func(n int) int { // 0 is no limit here, and the default there
		if n == 0 {
			return -1
		}
		return n
	}
	return proxy.Limits{Connections: l.Connections, PerAddress: l.PerAddress, PerRole: l.PerRole, Prepared: unless(l.Prepared), Message: l.MessageMiB << 20,
		LoginTimeout: l.LoginTimeout, FailedLogins: unless(l.FailedLogins),
		Idle: l.IdleTimeout, IdleInTransaction: l.IdleInTransactionTimeout, Unacknowledged: l.TCPUserTimeout}
}
