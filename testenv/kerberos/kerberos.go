// Package kerberos runs a Kerberos realm for tests: a key distribution center on a free port, with a service principal for PostgreSQL on
// localhost and a user who has a ticket.
package kerberos

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// User is the principal that has a ticket, without the realm.
const User = "app"

const realm = "PGSEAL.TEST"

// Realm is a running realm.
type Realm struct {
	dir  string
	port int
}

// Start makes a realm that ends with the test.
func Start(t *testing.T) *Realm {
	t.Helper()
	port, err := program.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	r := &Realm{dir: t.TempDir(), port: port}
	if err := r.configure(); err != nil {
		t.Fatal(err)
	}
	for _, step := range [][]string{
		{"/usr/sbin/kdb5_util", "create", "-s", "-P", "master"},
		{"/usr/sbin/kadmin.local", "-q", "addprinc -randkey postgres/localhost"},
		{"/usr/sbin/kadmin.local", "-q", "ktadd -k " + r.file("keytab") + " postgres/localhost"},
		{"/usr/sbin/kadmin.local", "-q", "addprinc -pw secret " + User},
	} {
		r.run(t, "", step...)
	}
	kdc := exec.Command("/usr/sbin/krb5kdc", "-n")
	kdc.Env = r.Environ()
	process, err := program.Start(kdc)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(process.Kill)
	if err := process.WaitFor(10*time.Second, r.dial); err != nil {
		t.Fatal(err)
	}
	r.run(t, "secret\n", "kinit", User)
	return r
}

func (r *Realm) file(name string) string { return filepath.Join(r.dir, name) }

// Keytab returns the service's keys, for krb_server_keyfile.
func (r *Realm) Keytab() (string, error) {
	b, err := os.ReadFile(r.file("keytab"))
	return string(b), err
}

// Environ is the environment in which programs are of the realm.
func (r *Realm) Environ() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + r.dir, "KRB5_CONFIG=" + r.file("krb5.conf"), "KRB5_KDC_PROFILE=" + r.file("kdc.conf"), "KRB5CCNAME=FILE:" + r.file("tickets")}
}

func (r *Realm) configure() error {
	client := fmt.Sprintf(`[libdefaults]
default_realm = %[1]s
dns_lookup_kdc = false
dns_lookup_realm = false
dns_canonicalize_hostname = false
rdns = false
udp_preference_limit = 1
[realms]
%[1]s = {
	kdc = 127.0.0.1:%[2]d
}
[domain_realm]
localhost = %[1]s
[logging]
kdc = FILE:%[3]s
default = FILE:%[3]s
`, realm, r.port, r.file("log"))
	center := fmt.Sprintf(`[kdcdefaults]
kdc_listen = 127.0.0.1:%[2]d
kdc_tcp_listen = 127.0.0.1:%[2]d
[realms]
%[1]s = {
	database_name = %[3]s
	key_stash_file = %[4]s
	acl_file = %[5]s
}
`, realm, r.port, r.file("principal"), r.file("stash"), r.file("acl"))
	return errors.Join(os.WriteFile(r.file("krb5.conf"), []byte(client), 0o644), os.WriteFile(r.file("kdc.conf"), []byte(center), 0o600), os.WriteFile(r.file("acl"), nil, 0o600))
}

func (r *Realm) run(t *testing.T, input string, command ...string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env, cmd.Stdin = r.Environ(), strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
}

func (r *Realm) dial() error {
	c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", r.port))
	if err != nil {
		return err
	}
	return c.Close()
}
