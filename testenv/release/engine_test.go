package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestEngine has a Docker engine build the images by their Dockerfiles, load the one that is shipped, and run the compose file, with docker compose itself:
// see testdata/composed for what is tried. Nothing is pulled; an image made of a small Debian stands for PostgreSQL's.
func TestEngine(t *testing.T) {
	onlyLong(t)
	for _, name := range []string{"dockerd", "docker", "iptables"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(name + " is not installed (.ci/prerequisites release-check installs it)")
		}
	}
	debian := smallDebian(t)
	store, err := os.MkdirTemp("", "pgseal-engine-") // not t.TempDir: what an engine leaves is not always to be removed by its owner alone
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("rm", "-rf", store).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	told(t, "cp", "-r", "docker", "testenv/release/testdata/composed", "testenv/release/testdata/entrypoint", store)
	told(t, "cp", only(t, released(t, "-no-deb", "-binary", built(t), "-image", filepath.Join(store, "docker"), "-version", "1.2.3~rc1+abc")+"/*.oci.tar"), store)
	told(t, "go", "build", "-modfile=shipping/compose/go.mod", "-ldflags", "-s -w", "-o", store+"/config/cli-plugins/docker-compose", "github.com/docker/compose/v2/cmd")
	cmd := exec.CommandContext(t.Context(), "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", store+"/composed", debian, store)
	out, err := cmd.CombinedOutput()
	if err != nil || !bytes.HasSuffix(out, []byte("all done\n")) || !bytes.Contains(out, []byte("through pgseal: Project X")) || !bytes.Contains(out, []byte("past it: pgs1_")) {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
