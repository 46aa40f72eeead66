package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for val, want := range map[string]string{
		"127.0.0.1:6543":              "tcp 127.0.0.1:6543 local",
		"[::1]:6543":                  "tcp [::1]:6543 local",
		"localhost:6543":              "tcp localhost:6543 local",
		"db.example:5432":             "tcp db.example:5432",
		"10.0.0.1:5432":               "tcp 10.0.0.1:5432",
		":6543":                       "tcp :6543",
		"/run/postgresql":             "unix /run/postgresql/.s.PGSQL.5432 local",
		"/run/postgresql:6000":        "unix /run/postgresql/.s.PGSQL.6000 local",
		"unix:/run/x/.s.PGSQL.7":      "unix /run/x/.s.PGSQL.7 local",
		"localhost":                   "",
		"unix:x":                      "",
		"/run/postgresql:x":           "",
		"/run/postgresql:0":           "",
		"/" + strings.Repeat("x", 99): "",
	} {
		a, err := parseAddress(val)
		got := ""
		if err == nil {
			got = a.network + " " + a.dial
			if a.loopback() {
				got += " local"
			}
		}
		if got != want {
			t.Errorf("%s: %q, %v; want %q", val, got, err, want)
		}
	}
}

// What is unsaid about TLS to the server is as strict as it can be, but for development on one machine.
func TestUpstreamModeUnsaid(t *testing.T) {
	for _, c := range []struct {
		address    string
		production bool
		want       string
	}{
		{"127.0.0.1:5432", false, "disable"}, {"127.0.0.1:5432", true, "verify-full"},
		{"db:5432", false, "verify-full"}, {"db:5432", true, "verify-full"},
		{"/run/postgresql", false, "disable"}, {"/run/postgresql", true, "disable"},
	} {
		if got := (upstreamConfig{Address: c.address}).tlsMode(c.production); got != c.want {
			t.Errorf("%s, production %v: %s, want %s", c.address, c.production, got, c.want)
		}
	}
}

// A socket that a dead process has left is replaced; a file, or a socket that is in use, is not.
func TestListenOnSocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".s.PGSQL.5432")
	a, err := parseAddress("unix:" + path)
	if err != nil {
		t.Fatal(err)
	}
	dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	dead.SetUnlinkOnClose(false)
	foreign, err := a.listen(false)
	if err == nil {
		_ = foreign.Close()
		t.Fatal("a socket in use was taken")
	}
	_ = dead.Close()
	l, err := a.listen(false)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := a.listen(false); err == nil {
		_ = second.Close()
		t.Fatal("our own socket was taken")
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := a.listen(false); err == nil {
		_ = l.Close()
		t.Fatal("a file was replaced")
	}
}

// A joined listener gives what each of its own accepts, and ends with all of them.
func TestJoinedListener(t *testing.T) {
	var all []net.Listener
	for range 3 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	j := join(all)
	for _, l := range all {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		got, err := j.Accept()
		if err != nil || got.RemoteAddr().String() != c.LocalAddr().String() {
			t.Fatalf("%v, %v", got, err)
		}
		_ = got.Close()
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if _, err := j.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	for _, l := range all {
		if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
			_ = c.Close()
			t.Error("still open")
		}
	}
}
