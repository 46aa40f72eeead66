package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// inCopy runs a script with this machine's own file system as its root, over which everything that is written is thrown away: dpkg, accounts and all.
func inCopy(t *testing.T, script string, files ...string) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("needs root, for a copy of the file system that may be written")
	}
	var carry strings.Builder
	for _, file := range files {
		fmt.Fprintf(&carry, "cp '%s' \"$top/m/root/\"\n", file)
	}
	setup := `set -eu
top=$(mktemp -d)
mount -t tmpfs tmpfs "$top"
mkdir "$top/u" "$top/w" "$top/m"
mount -t overlay overlay -o "lowerdir=/,upperdir=$top/u,workdir=$top/w" "$top/m"
mkdir -p "$top/m/root"
` + carry.String() + `mount -t proc proc "$top/m/proc"
mount --rbind /dev "$top/m/dev"
chroot "$top/m" /bin/bash -eu /root/script
`
	dir := t.TempDir()
	path := filepath.Join(dir, "script")
	if err := os.WriteFile(path, []byte("cd /root\n"+script), 0o644); err != nil {
		t.Fatal(err)
	}
	setup = strings.Replace(setup, `mount -t proc`, "cp '"+path+"' \"$top/m/root/script\"\nmount -t proc", 1)
	cmd := exec.CommandContext(t.Context(), "unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", setup)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// The package is installed, upgraded, removed and purged by dpkg; what is configured, and the keys, stay.
func TestDebian(t *testing.T) {
	onlyLong(t)
	binary := built(t)
	older := only(t, released(t, "-binary", binary, "-version", "1.0.0")+"/*.deb")
	newer := only(t, released(t, "-binary", binary, "-version", "1.1.0~rc1+20261127.abc")+"/*.deb")
	if _, err := exec.LookPath("lintian"); err == nil {
		if out, err := exec.Command("lintian", "--allow-root", "--fail-on", "error,warning", newer).CombinedOutput(); err != nil {
			t.Errorf("lintian: %v\n%s", err, out)
		}
	} else {
		t.Log("lintian is not installed (.ci/prerequisites release installs it)")
	}
	said := inCopy(t, `
check() { "$@" || { echo "failed: $*"; exit 1; }; }
rm -rf /etc/pgseal /var/lib/pgseal
dpkg -i pgseal_1.0.0_amd64.deb
check test "$(stat -c %U:%G:%a /var/lib/pgseal)" = pgseal:pgseal:700
check test "$(stat -c %U:%G:%a /etc/pgseal)" = root:pgseal:750
install -m 0640 -g pgseal /usr/share/pgseal/pgseal.yaml /usr/share/pgseal/policy.yaml /etc/pgseal/
echo mine >> /etc/pgseal/policy.yaml
echo key > /var/lib/pgseal/control.key
check setpriv --reuid pgseal --regid pgseal --clear-groups pgseal --version
zcat /usr/share/man/man1/pgseal.1.gz | grep -q SYNOPSIS
bash -c 'source /usr/share/bash-completion/completions/pgseal; COMP_WORDS=(pgseal key rot); COMP_CWORD=2; _pgseal; test "$COMPREPLY" = rotate'
dpkg -i pgseal_1.1.0~rc1+20261127.abc_amd64.deb
dpkg -s pgseal | grep -q 'Version: 1.1.0~rc1'
kept() {
  check grep -q mine /etc/pgseal/policy.yaml
  check grep -q key /var/lib/pgseal/control.key
}
kept
dpkg --verify pgseal
dpkg -r pgseal
check test ! -e /usr/bin/pgseal
kept
dpkg -i pgseal_1.1.0~rc1+20261127.abc_amd64.deb
kept
dpkg -P pgseal
kept
echo all done
`, older, newer)
	for _, want := range []string{"upgraded from 1.0.0", "nothing runs yet", "are kept, with the control key", "all done"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in:\n%s", want, said)
		}
	}
}
