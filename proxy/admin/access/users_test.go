package access_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestUsersFileRefused: a file that is not what it should be, and an error that quotes none of its secrets.
func TestUsersFileRefused(t *testing.T) {
	hash := access.CheapHash(password)
	one := func(entry string) string { return "version: 1\nusers:\n  ann: {" + entry + "}\n" }
	for what, text := range map[string]string{
		"no version":         "users: {}\n",
		"unknown key":        one(`role: viewer, pasword: "` + hash + `"`),
		"no role":            one(`password: "` + hash + `"`),
		"unknown role":       one("role: root"),
		"officer of nothing": one("role: officer"),
		"viewer of a tenant": one("role: viewer, tenants: [acme]"),
		"an empty tenant":    one(`role: officer, tenants: [""]`),
		"plain password":     one(`role: viewer, password: "correct horse battery"`),
		"costs too much":     one(`role: viewer, password: "` + strings.Replace(hash, "m=8192", "m=1048576", 1) + `"`),
		"costs too little":   one(`role: viewer, password: "` + strings.Replace(hash, "m=8192", "m=8", 1) + `"`),
		"argon2i":            one(`role: viewer, password: "` + strings.Replace(hash, "argon2id", "argon2i", 1) + `"`),
		"weak bcrypt":        one(`role: viewer, password: "$2b$04$nmLgbO4uAuHBJiUPZIYCCuF5LzhDJeRI8hhqW5VSzvFxGKGC8PPDG"`),
		"slow bcrypt":        one(`role: viewer, password: "$2b$31$nmLgbO4uAuHBJiUPZIYCCuF5LzhDJeRI8hhqW5VSzvFxGKGC8PPDG"`),
		"token, no digest":   one("role: viewer, tokens: [{name: ci, sha256: abc}]"),
		"token, no name":     one("role: viewer, tokens: [{sha256: " + strings.Repeat("ab", 32) + "}]"),
		"one token twice":    one("role: viewer, tokens: [{name: a, sha256: " + strings.Repeat("ab", 32) + "}, {name: b, sha256: " + strings.Repeat("ab", 32) + "}]"),
		"twice":              "version: 1\nusers:\n  ann: {role: viewer}\n  ann: {role: operator}\n",
		"alike":              "version: 1\nusers:\n  ann: {role: viewer}\n  Ann: {role: operator}\n",
		"name":               "version: 1\nusers:\n  \"a b\": {role: viewer}\n",
		"officers unlock":    "version: 1\nunlock_without_officer: [viewer]\nusers: {}\n",
		"a list":             "- ann\n",
		"two documents":      "version: 1\nusers: {}\n---\nversion: 1\nusers: {}\nx: 1\n",
		"too large":          "version: 1\n#" + strings.Repeat("x", 1<<20) + "\n",
	} {
		path := filepath.Join(t.TempDir(), "users.yaml")
		writeUsers(t, path, text)
		if u, err := access.ReadUsers(path); err == nil && what != "two documents" {
			t.Errorf("%s: taken as %+v", what, u)
		} else if err != nil && (strings.Contains(err.Error(), hash[30:]) || strings.Contains(err.Error(), "nmLg") || strings.Contains(err.Error(), "horse")) {
			t.Errorf("%s: the error quotes the file: %v", what, err)
		}
	}
}

// TestUsersFileMode: a file that others may read or write is not believed.
func TestUsersFileMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.yaml")
	writeUsers(t, path, "version: 1\nusers: {}\n")
	for mode, ok := range map[os.FileMode]bool{0o600: true, 0o400: true, 0o640: os.Getuid() == 0, 0o660: false, 0o644: false, 0o604: false, 0o700: false} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := access.ReadUsers(path); (err == nil) != ok || err != nil && !errors.Is(err, access.ErrUsersMode) {
			t.Errorf("%04o: %v", mode, err)
		}
	}
}

// TestUsersFileWritten: what a command changes keeps the rest, with its comments.
func TestUsersFileWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.yaml")
	text := "# who may use the page\nversion: 1\nusers:\n  # the customer's own\n  carol: {role: officer, tenants: [acme]}\n  olga.p@example.org:\n    role: operator # until May\n"
	writeUsers(t, path, text)
	u, err := access.ReadUsers(path)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := access.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	u.Users["ann"] = access.Entry{Role: access.Viewer, Password: hash}
	delete(u.Users, "carol")
	if err := u.Write(path); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# who may use the page\n", "# until May\n", "  ann:\n", hash, "olga.p@example.org:\n"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%q is missing in:\n%s", want, got)
		}
	}
	if strings.Contains(string(got), "carol") {
		t.Errorf("who was removed is there:\n%s", got)
	}
	other, err := access.ReadUsers(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{"the first": u.Write(path), "the first once more": u.Write(path)} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := other.Write(path); !errors.Is(err, access.ErrUsersChanged) {
		t.Errorf("what was written in the meantime is undone: %v", err)
	}
	u.Users["x y"] = access.Entry{Role: access.Viewer}
	if err := u.Write(path); !errors.Is(err, access.ErrUserName) {
		t.Errorf("a bad entry: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestNewPassword: too short and too long ones are refused; two hashes of one password differ; a bcrypt hash of another program works.
func TestNewPassword(t *testing.T) {
	for word, want := range map[string]error{"short": access.ErrPasswordShort, strings.Repeat("x", 300): access.ErrPasswordLong} {
		if _, err := access.HashPassword(word); !errors.Is(err, want) {
			t.Errorf("%d characters: %v", len(word), err)
		}
	}
	d := open(t, false, nil)
	writeUsers(t, d.users, "version: 1\nusers:\n  ann: {role: viewer, password: \""+bcryptOf(t, password)+"\"}\n")
	if err := d.guard.Reload(); err != nil {
		t.Fatal(err)
	}
	if status := d.browser().try("ann", password+strings.Repeat("x", 80)); status != 401 {
		t.Errorf("a longer password: %d", status)
	}
	d.browser().login("ann")
}
