package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// TestFirstStepsDocument walks docs/first-steps.md from its beginning to its end, as one shell script: its files are written, its commands run in their order,
// and each ends as the page says. Only addresses and the key's ARN are this test's own.
func TestFirstStepsDocument(t *testing.T) {
	if program.RaceDetector {
		t.Skip("a walk through programs of their own, in which the race detector sees nothing that other tests do not show it")
	}
	cluster := postgres.Start(t, postgres.Options{User: "postgres", HBA: []string{"host all app,pgseal,backup 127.0.0.1/32 scram-sha-256"}})
	kms, err := kmstest.Start(kmstest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kms.Close() })
	script, commands := scriptOf(t, document(t, "first-steps.md"))
	if commands < 40 {
		t.Errorf("only %d lines of commands are found", commands)
	}
	ports := []string{"5432", fmt.Sprint(cluster.Port()), "4599", kms.URL()[strings.LastIndex(kms.URL(), ":")+1:]}
	for _, name := range []string{"6543", "6544"} {
		port, err := program.FreePort()
		if err != nil {
			t.Fatal(err)
		}
		ports = append(ports, name, fmt.Sprint(port))
	}
	script = strings.NewReplacer(append(ports, "arn:aws:kms:eu-central-1:111122223333:key/...", kms.CreateKey(kmstest.KeyOptions{}))...).Replace(script)
	said := runWalk(t, cluster, script)
	for _, want := range []string{"Matter 3", "pgs1_", "key denied", "needs the key", "number of transactions actually processed"} {
		if !strings.Contains(strings.ToLower(said), strings.ToLower(want)) {
			t.Errorf("nothing says %q:\n%s", want, said)
		}
	}
}

// runWalk runs the script in a folder of its own, with pgseal and PostgreSQL's programs on the PATH, and gives what it said.
func runWalk(t *testing.T, cluster *postgres.Cluster, script string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	psql, err := cluster.Command(t.Context(), "psql")
	if err != nil {
		t.Fatal(err)
	}
	bin, dir := t.TempDir(), t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "pgseal")); err != nil { // the test's program is pgseal by that name, see TestMain
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, "bash", "-c", script)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader("correct horse battery\n") // olga's password
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+filepath.Dir(psql.Path)+":"+os.Getenv("PATH"), "LC_ALL=C.UTF-8")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		logs, _ := exec.Command("sh", "-c", "tail -n 5 "+dir+"/*.log").Output()
		t.Fatalf("%v:\n%s\n%s", err, out, logs)
	}
	return string(out)
}

// scriptOf puts a document's blocks into one script: yaml and sql into the files that their first lines name, sh as it is. A line with the comment
// "refused: TEXT" has to fail, and to say so.
func scriptOf(t *testing.T, text string) (script string, commands int) {
	t.Helper()
	all := []string{"set -eu -o pipefail", "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT",
		`refused() { local out; if out=$(bash -c "$2" 2>&1); then echo "not refused: $2: $out" >&2; return 1; fi; grep -qF -- "$1" <<<"$out" || { echo "$2: $out" >&2; return 1; }; }`}
	refused := regexp.MustCompile(`^(.*?) +# refused: (.*)$`)
	for _, m := range regexp.MustCompile("(?ms)^```(sh|yaml|sql)\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		kind, body := m[1], m[2]
		if kind != "sh" {
			first, _, _ := strings.Cut(body, "\n")
			all = append(all, "cat > "+strings.TrimLeft(first, "#- ")+" <<'END OF FILE'\n"+body+"END OF FILE")
			continue
		}
		for line := range strings.Lines(body) {
			commands++
			line = strings.TrimSuffix(line, "\n")
			if r := refused.FindStringSubmatch(line); r != nil {
				line = fmt.Sprintf("export PROXY; refused '%s' '%s'", strings.TrimSpace(r[2]), strings.ReplaceAll(r[1], "'", `'\''`))
			}
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n") + "\n", commands
}
