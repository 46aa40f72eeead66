package access

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"hash/maphash"
	"slices"
	"time"
)

// directory is who there is, as the users file and the configuration of single sign-on say at one moment. It is never changed.
type directory struct {
	users     map[string]*member // by folded name
	tokens    map[[sha256.Size]byte]tokenOf
	passwords []hashed // all that there are, in the order of names
	officers  []string // tenants that have one, as entries name them
	unlocking []Role   // that may unlock a tenant that has none
	epoch     int
	mappings  []OIDCMapping
	seed      maphash.Seed
}

// member is a user of the users file.
type member struct {
	name     string
	entry    Entry
	password *hashed
	stamp    string // changes with everything that is to end his sessions
}

type tokenOf struct {
	*member
	name    string
	expires time.Time
}

// newDirectory takes a users file that was checked, or nil.
func newDirectory(u *Users, sso *OIDC, seed maphash.Seed) *directory {
	d := &directory{users: map[string]*member{}, tokens: map[[sha256.Size]byte]tokenOf{}, seed: seed}
	if sso != nil {
		d.mappings = sso.Roles
		for _, m := range sso.Roles {
			d.officers = append(d.officers, m.Tenants...)
		}
	}
	if u == nil {
		return d
	}
	d.unlocking, d.epoch = u.UnlockWithoutOfficer, u.Epoch
	for _, name := range u.Names() {
		e := u.Users[name]
		m := &member{name: name, entry: e, stamp: stamp(u.Epoch, e)}
		if h, err := parseHash(e.Password); err == nil {
			m.password = &h
			d.passwords = append(d.passwords, h)
		}
		for _, t := range e.Tokens {
			sum, _ := parseDigest(t.SHA256) // checked
			d.tokens[sum] = tokenOf{m, t.Name, t.Expires}
		}
		d.users[fold(name)] = m
		d.officers = append(d.officers, e.Tenants...)
	}
	return d
}

// stamp is a digest of all that says who a user is and what he may do. Tokens come and go without it.
func stamp(epoch int, e Entry) string {
	e.Tokens = nil
	text, _ := json.Marshal(e) // of texts, numbers and a flag: never fails
	sum := sha256.Sum256(append(text, byte(epoch>>24), byte(epoch>>16), byte(epoch>>8), byte(epoch)))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// named is who has the name, however it is written; nil: nobody.
func (d *directory) named(name string) *member { return d.users[fold(name)] }

// stampOf is the stamp of who has the name; empty: nobody.
func (d *directory) stampOf(name string) string {
	if m := d.named(name); m != nil {
		return m.stamp
	}
	return ""
}

// anyone tells that somebody could log in.
func (d *directory) anyone() bool {
	for _, m := range d.users {
		if !m.entry.Disabled && (m.password != nil || len(m.entry.Tokens) > 0) {
			return true
		}
	}
	return len(d.mappings) > 0
}

// hasOfficer tells whether the tenant has an officer. One whose account is disabled counts: to take an officer away means to remove him.
func (d *directory) hasOfficer(tenant string) bool { return covers(d.officers, tenant) }

// unguarded: a tenant without an officer may be unlocked by the roles that the users file names.
func (d *directory) unguarded(a Action, r Role, tenant string) bool {
	return d != nil && a == Unlock && slices.Contains(d.unlocking, r) && !d.hasOfficer(tenant)
}

// hashFor is the hash that a password is compared with, and whose: nobody's for a name that cannot log in, but always the same one for the
// same name, so that the time that it takes says nothing.
func (d *directory) hashFor(name string) (h hashed, m *member) {
	if m := d.named(name); m != nil && m.password != nil {
		if m.entry.Disabled {
			return *m.password, nil
		}
		return *m.password, m
	}
	if len(d.passwords) == 0 {
		return hashed{memory: argonMemory, time: argonTime, threads: argonThreads, salt: make([]byte, saltSize), sum: make([]byte, hashSize)}, nil
	}
	return d.passwords[maphash.String(d.seed, fold(name))%uint64(len(d.passwords))], nil
}

// user makes the user of a request.
func (d *directory) user(m *member, via, address string) *User {
	return &User{Name: m.name, Role: m.entry.Role, Tenants: m.entry.Tenants, Via: via, Address: address, directory: d}
}
