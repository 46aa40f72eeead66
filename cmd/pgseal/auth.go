package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/proxy"
)

// authentication makes what the configuration's mode needs. The control connection of one database is as good as any other's: roles are the
// whole cluster's.
func (s *service) authentication(ctx context.Context) (a proxy.Auth, err error) {
	c := s.config.Auth
	a = proxy.Auth{Mode: proxy.AuthMode(c.Mode), Cleartext: c.Cleartext == "allow", Certificates: c.rules(), Salt: s.saltOf}
	switch a.Mode {
	case proxy.AuthRelay:
		if s.roles, err = openRoles(ctx, s.sites[0].control(), c.Query); err != nil {
			return a, err
		}
		a.Verifiers = s.roles
	case proxy.AuthTerminate:
		a.Upstream.User = c.Upstream.User
		if a.Upstream.Password, err = readPassword(s.config.file(c.Upstream.PasswordFile)); err != nil {
			return a, err
		}
		if c.UsersFile != "" {
			users, err := loadUsers(s.config.file(c.UsersFile))
			if err != nil {
				return a, err
			}
			s.followed["auth.users_file"] = users
			a.Verifiers = users
		}
	}
	return a, nil
}

// saltOf is the salt that a role without a verifier seems to have. It comes of the control key, so that it outlives restarts, and every proxy of the
// deployment gives the same.
func (s *service) saltOf(role string) []byte {
	sum := s.sites[0].key.Sum([]byte("salt of a role that does not exist"), []byte(role))
	return sum[:16]
}

const maxPassword = 1024 // bytes

// readPassword reads pgseal's own password: the first line of a file that is nobody else's to read.
func readPassword(path string) (proxy.Password, error) {
	if path == "" {
		return "", nil
	}
	if err := ownersOnly(path); err != nil {
		return "", fmt.Errorf("auth.upstream.password_file: %w", err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("auth.upstream.password_file: %w", err)
	}
	line, _, _ := strings.Cut(string(data), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" || len(line) > maxPassword {
		return "", fmt.Errorf("auth.upstream.password_file: the first line of %s must be a password of at most %d characters", path, maxPassword)
	}
	for _, r := range line {
		if r < ' ' || r > '~' {
			return "", errors.New("auth.upstream.password_file: the password may have printable ASCII characters only")
		}
	}
	return proxy.Password(line), nil
}

// ownersOnly refuses a file that others may read.
func ownersOnly(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !keysource.PrivateFile(info) {
		return fmt.Errorf("%s has mode %04o; others than its owner must not have access", path, info.Mode().Perm())
	}
	return nil
}
