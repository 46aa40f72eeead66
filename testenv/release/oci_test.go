package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// engines are the programs that build and run images; each keeps what it has in folders of the test.
const engines = `set -eu
buildah() { command buildah --root "$1/built" --runroot "$1/run" --storage-driver vfs "${@:2}"; }
podman() { command podman --root "$1/loaded" --runroot "$1/run" --storage-driver vfs --cgroup-manager cgroupfs --events-backend file --runtime runc "${@:2}"; }
`

// TestArchive: the image that is shipped holds what buildah makes of the Dockerfile, is run as that says, and serves a client when podman runs it, with a root
// file system that it cannot write, without a right, as the user of the image.
func TestArchive(t *testing.T) {
	onlyLong(t)
	if os.Getuid() != 0 {
		t.Skip("needs root, for namespaces")
	}
	for _, name := range []string{"buildah", "podman", "runc"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(name + " is not installed (.ci/prerequisites release installs it)")
		}
	}
	binary := built(t)
	archive := only(t, released(t, "-no-deb", "-binary", binary, "-version", "1.2.3~rc1+abc")+"/*.oci.tar")
	context := t.TempDir()
	told(t, "cp", "docker/Dockerfile", context)
	if err := layRoot(context, binary); err != nil {
		t.Fatal(err)
	}
	store, err := os.MkdirTemp("", "pgseal-images-") // not t.TempDir: engines leave mounts
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("bash", "-c", engines+`buildah "$1" rm -a; podman "$1" rm -a; rm -rf "$1"`, "bash", store).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	// PATH is buildah's own: there is nothing to be found by it.
	told(t, "unshare", "--mount", "bash", "-c", engines+`
buildah "$1" build --isolation chroot --format docker -q -t built -f "$2/Dockerfile" "$2" >/dev/null
buildah "$1" pull -q "oci-archive:$3" >/dev/null
one=$(buildah "$1" mount "$(buildah "$1" from --pull-never built)")
other=$(buildah "$1" mount "$(buildah "$1" from --pull-never localhost/pgseal:1.2.3-rc1-abc)")
diff -r --no-dereference "$one" "$other"
listed() { (cd "$1"; find . -mindepth 1 -printf '%P %U:%G:%m\n' | sort); }
diff <(listed "$one") <(listed "$other")
run() { buildah "$1" inspect --type image -f '{{with .OCIv1.Config}}{{.User}} {{.Entrypoint}} {{.Cmd}} {{.Env}} {{.WorkingDir}} {{.ExposedPorts}} {{.StopSignal}}{{end}} {{with .Docker.Config.Healthcheck}}{{.Test}} {{.Interval}} {{.Timeout}} {{.StartPeriod}} {{.Retries}}{{end}}' "$2"; }
diff <(run "$1" built | sed 's/PATH=[^ ]* //') <(run "$1" localhost/pgseal:1.2.3-rc1-abc)
podman "$1" load -q -i "$3" >/dev/null
`, "bash", store, context, archive)
	servesInContainer(t, store, "localhost/pgseal:1.2.3-rc1-abc")
}

// servesInContainer has every command of a deployment run in a container of its own.
func servesInContainer(t *testing.T, store, image string) {
	t.Helper()
	dir, wrapper := t.TempDir(), filepath.Join(t.TempDir(), "contained")
	script := fmt.Sprintf(`chown -R %d:%[1]d '%[2]s'
set -- '%[3]s' run --pull never --rm --network host --read-only --cap-drop ALL --security-opt no-new-privileges --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 \
	--volume '%[2]s:%[2]s' '%[4]s' "$@"
`, imageUser, dir, store, image)
	// podman itself passes signals on, so that it takes the place of the shell.
	exact := strings.Replace(engines, "podman() { command podman", "podman() { exec podman", 1)
	if err := os.WriteFile(wrapper, []byte("#!/bin/bash\n"+exact+script+"podman \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	serveOnce(t, wrapper, dir)
}
