package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/scram"
	"github.com/legatics/pgseal/testenv/postgres"
)

// Verifiers as the database has them: of roles that may log in, and of no others.
func TestRoles(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{User: "app"})
	cluster.Exec(t, "postgres", `CREATE ROLE weak LOGIN;
		CREATE ROLE good PASSWORD 'x'; CREATE ROLE never PASSWORD 'x' VALID UNTIL '-infinity'; CREATE ROLE over PASSWORD 'x' VALID UNTIL '2020-01-01';
		CREATE ROLE later PASSWORD 'x' VALID UNTIL '2999-01-01'; CREATE ROLE ever PASSWORD 'x' VALID UNTIL 'infinity'; CREATE ROLE bare;
		SET password_encryption = 'md5'; CREATE ROLE hashed PASSWORD 'x'`)
	r, err := openRoles(t.Context(), cluster.URL("postgres", ""), "")
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	for role, want := range map[string]error{"good": nil, "later": nil, "ever": nil, "over": proxy.ErrNoVerifier, "never": proxy.ErrNoVerifier,
		"bare": proxy.ErrNoVerifier, "hashed": proxy.ErrNoVerifier, "nobody": proxy.ErrNoVerifier, "": proxy.ErrNoVerifier, "good'--": proxy.ErrNoVerifier} {
		if _, err := r.Verifier(t.Context(), role); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", role, err, want)
		}
	}
	for query, want := range map[string]string{
		"":                                      "name a SECURITY DEFINER function in auth.query",
		"SELECT 'x', 'y', $1":                   "auth.query: the query for a role's verifier must return",
		"SELECT ROW('x', $1::text) WHERE false": "write SELECT * FROM function($1), not SELECT function($1)",
		"SELECT 'x'::text, $1::text FROM generate_series(1, 2)":   "auth.query: ",
		"SELECT 'x'::text FROM generate_series(1, 2), length($1)": "auth.query: the query for a role's verifier returns several rows",
	} {
		if r, err := openRoles(t.Context(), cluster.URL("postgres", "weak"), query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", query, err)
			r.close()
		}
	}
}

func TestUsersFile(t *testing.T) {
	v, err := scram.NewVerifier("x", []byte("salt"), 4096)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "users.yaml")
	place := func(text string, mode os.FileMode) {
		t.Helper()
		_ = os.Remove(path)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	place(fmt.Sprintf("ann: %q\n", v.Text()), 0o600)
	u, err := loadUsers(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"ann: secret\n", "- secret\n", "ann: {secret: secret}\n", "ann: secret\nann: secret\n"} {
		place(bad, 0o600)
		if err := u.Reload(); err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	place("{}\n", 0o644)
	if err := u.Reload(); err == nil || !strings.Contains(err.Error(), "0644") {
		t.Error(err)
	}
	if _, err := u.Verifier(t.Context(), "ann"); err != nil {
		t.Errorf("after bad files: %v", err)
	}
	if _, err := u.Verifier(t.Context(), "bob"); !errors.Is(err, proxy.ErrNoVerifier) {
		t.Error(err)
	}
	place("{}\n", 0o600)
	if changed, err := u.Follow(); !changed || err != nil {
		t.Error(changed, err)
	}
	if _, err := u.Verifier(t.Context(), "ann"); !errors.Is(err, proxy.ErrNoVerifier) {
		t.Error(err)
	}
}

func TestPasswordFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "password")
	for text, want := range map[string]string{"secret\n": "", "secret\r\n": "", "secret": "", "\n": "the first line", "": "the first line",
		"sécret\n": "printable ASCII", strings.Repeat("x", 2000): "at most"} {
		_ = os.Remove(path)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := readPassword(path)
		if want == "" && (err != nil || string(p) != "secret") || want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "cret")) {
			t.Errorf("%q: %q, %v", text, string(p), err)
		}
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := readPassword(path); err == nil || !strings.Contains(err.Error(), "0640") {
		t.Error(err)
	}
}
