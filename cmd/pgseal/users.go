package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/scram"
)

// usersFile holds the verifiers of auth.users_file: `role: "SCRAM-SHA-256$..."`, as pg_authid.rolpassword has them. It implements
// proxy.Verifiers.
type usersFile struct {
	path    string
	current atomic.Pointer[map[string]scram.Verifier]

	mu   sync.Mutex
	seen time.Time // modification time of the file when it was last read, well or not
}

func loadUsers(path string) (*usersFile, error) {
	u := &usersFile{path: path}
	if err := u.Reload(); err != nil {
		return nil, err
	}
	return u, nil
}

// Verifier implements proxy.Verifiers.
func (u *usersFile) Verifier(_ context.Context, role string) (scram.Verifier, error) {
	v, ok := (*u.current.Load())[role]
	if !ok {
		return v, proxy.ErrNoVerifier
	}
	return v, nil
}

// Reload reads the file again. A bad one changes nothing.
func (u *usersFile) Reload() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.seen = modified(u.path)
	users, err := readUsers(u.path)
	if err != nil {
		return fmt.Errorf("auth.users_file: %w", err)
	}
	u.current.Store(&users)
	return nil
}

// Follow reads the file again if it has changed.
func (u *usersFile) Follow() (changed bool, err error) {
	u.mu.Lock()
	same := modified(u.path).Equal(u.seen)
	u.mu.Unlock()
	if same {
		return false, nil
	}
	return true, u.Reload()
}

func readUsers(path string) (map[string]scram.Verifier, error) {
	if err := ownersOnly(path); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseVerifiers(path, data)
}

func parseVerifiers(path string, data []byte) (users map[string]scram.Verifier, err error) {
	var texts map[string]string
	if err := decodeYAML(data, &texts); err != nil {
		return nil, fmt.Errorf("%s is not a list of ROLE: VERIFIER", path) // the cause would quote the file
	}
	users = make(map[string]scram.Verifier, len(texts))
	for role, text := range texts {
		if users[role], err = scram.ParseVerifier(text); err != nil {
			return nil, fmt.Errorf("%s: what stands for %q is no SCRAM-SHA-256 verifier", path, role)
		}
	}
	return users, nil
}
