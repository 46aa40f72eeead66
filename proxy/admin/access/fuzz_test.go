package access

import (
	"encoding/base64"
	"hash/maphash"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
)

// FuzzUsersFile: whatever the file holds, it is refused, or every user in it has a role, and what is written again means the same.
func FuzzUsersFile(f *testing.F) {
	hash := CheapHash("correct horse battery")
	f.Add("version: 1\nusers:\n  ann: {role: viewer, password: \"" + hash + "\"}\n  # note\n  bob: {role: officer, tenants: [acme, app/x], disabled: true, epoch: 3}\n")
	f.Add("version: 1\nepoch: 2\nunlock_without_officer: [operator]\nusers:\n  ci: {role: operator, tokens: [{name: x, sha256: " + strings.Repeat("ab", 32) + ", expires: 2026-02-01T00:00:00Z}]}\n")
	f.Add("users: &a [*a]\n")
	f.Add("version: 1\nusers: {a: &x {role: viewer}, b: *x}\n")
	path := filepath.Join(f.TempDir(), "users.yaml")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := parseUsers([]byte(text))
		if err != nil {
			return
		}
		for name, e := range u.Users {
			if e.Role.check() != nil || !userName.MatchString(name) {
				t.Fatalf("%q %+v", name, e)
			}
		}
		newDirectory(u, nil, maphash.MakeSeed())
		if err := u.Write(path); err != nil {
			return // a comment in an odd place: nothing was written
		}
		again, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		v, err := parseUsers(again)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, again)
		}
		for name, e := range u.Users {
			if stamp(1, v.Users[name]) != stamp(1, e) {
				t.Fatalf("%s was changed:\n%s", name, again)
			}
		}
	})
}

// FuzzSigned: nothing but what was signed is read.
func FuzzSigned(f *testing.F) {
	key, err := crypto.NewControlKey([]byte(strings.Repeat("k", 32)))
	if err != nil {
		f.Fatal(err)
	}
	s := signer{key}
	good := s.sign(kindSession, session{ID: "x", Name: "olga"})
	f.Add(good)
	f.Add(good + "\n")
	f.Add(strings.Replace(good, ".", "=.", 1))
	f.Add(".")
	f.Add(base64.RawURLEncoding.EncodeToString([]byte(`{"n":"olga"}`)) + "." + strings.Repeat("A", 43))
	f.Fuzz(func(t *testing.T, text string) {
		var into session
		if s.read(kindSession, text, &into) && text != good {
			t.Fatalf("%q was read as %+v", text, into)
		}
		if s.read(kindForm, text, &into) {
			t.Fatalf("%q was read as another kind", text)
		}
	})
}

// FuzzHash: no hash whose cost is out of bounds is taken.
func FuzzHash(f *testing.F) {
	f.Add(CheapHash("correct horse battery"))
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA")
	f.Add("$argon2id$v=19$m=8192,t=1,p=256$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA")
	f.Add("$2b$10$nmLgbO4uAuHBJiUPZIYCCuF5LzhDJeRI8hhqW5VSzvFxGKGC8PPDG")
	f.Add("$2a$99$")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parseHash(text)
		if err == nil && h.bcrypt == nil && (h.memory > maxMemory || h.time > maxTime || h.threads > maxThreads || len(h.sum) < saltSize || len(h.salt) < minSalt) {
			t.Fatalf("%q: %+v", text, h)
		}
	})
}

// FuzzNext: where a log-in leads is a path of this page.
func FuzzNext(f *testing.F) {
	for _, s := range []string{"/tenants?x=1#y", "//evil.example", "/\\evil.example", "/a/../..//evil.example", "/%2f%2fevil.example", "/\x00", "/a:b@c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, next string) {
		to := safeNext(next)
		if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t\x00") {
			t.Fatalf("%q leads to %q", next, to)
		}
	})
}
