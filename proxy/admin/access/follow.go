package access

import (
	"hash/maphash"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// followed is the users file, read again when it changes, and who there is by it.
type followed struct {
	path    string
	sso     *OIDC
	seed    maphash.Seed
	current atomic.Pointer[directory]

	mu     sync.Mutex
	seen   os.FileInfo // nil: there was none
	looked time.Time
}

// same tells a file that is as it was from one that was changed, or replaced by another; nil: none.
func same(a, b os.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size() && a.Mode() == b.Mode()
}

// lookEvery bounds how often requests have the file looked at.
const lookEvery = 200 * time.Millisecond

func follow(path string, sso *OIDC) (*followed, error) {
	f := &followed{path: path, sso: sso, seed: maphash.MakeSeed()}
	return f, f.reload()
}

// reload reads the file in any case. A bad one changes nothing.
func (f *followed) reload() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.read(stateOf(f.path))
}

// follow reads the file if it has changed.
func (f *followed) follow() (changed bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := stateOf(f.path)
	if same(now, f.seen) {
		return false, nil
	}
	return true, f.read(now)
}

// fresh is the directory by the file as it was a moment ago. What is wrong with a changed file is told once.
func (f *followed) fresh(now time.Time, report func(error)) *directory {
	f.mu.Lock()
	due := now.Sub(f.looked) >= lookEvery || now.Before(f.looked)
	if due {
		f.looked = now
	}
	f.mu.Unlock()
	if due {
		if _, err := f.follow(); err != nil {
			report(err)
		}
	}
	return f.current.Load()
}

func (f *followed) read(now os.FileInfo) error {
	f.seen = now
	if f.path == "" {
		f.current.Store(newDirectory(nil, f.sso, f.seed))
		return nil
	}
	u, err := ReadUsers(f.path)
	if err != nil {
		return err
	}
	f.current.Store(newDirectory(u, f.sso, f.seed))
	return nil
}

func stateOf(path string) os.FileInfo {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	return info
}
