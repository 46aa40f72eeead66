package keysource_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/legatics/pgseal/keysource"
)

// The test runs itself as nobody, to whom files of root's are shown.
func TestPrivateFile(t *testing.T) {
	if path := os.Getenv("PGSEAL_SHOWN"); path != "" {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("private=%v\n", keysource.PrivateFile(info))
		return
	}
	if os.Getuid() != 0 {
		t.Skip("needs root, to own files that another account looks at")
	}
	dir, err := os.MkdirTemp("", "pgseal-private-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	self, err := os.ReadFile("/proc/self/exe") // a copy: nobody may not enter the folder that it lies in
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "program")
	if err := os.WriteFile(program, self, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	const nobody = 65534
	for _, test := range []struct {
		mode             os.FileMode
		owner            int
		to, toRootItself bool
	}{
		{0o600, 0, true, true}, {0o400, nobody, true, true},
		{0o440, 0, true, false}, {0o640, 0, true, false}, // as Kubernetes lays a secret
		{0o640, nobody, false, false}, {0o444, 0, false, false}, {0o660, 0, false, false}, {0o604, 0, false, false},
	} {
		file := filepath.Join(dir, fmt.Sprintf("%04o.%d", test.mode, test.owner))
		if err := os.WriteFile(file, nil, test.mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(file, test.owner, nobody); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, test.mode); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := keysource.PrivateFile(info); got != test.toRootItself {
			t.Errorf("%s: %v to root, want %v", file, got, test.toRootItself)
		}
		cmd := exec.Command(program, "-test.run=^TestPrivateFile$")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "PGSEAL_SHOWN="+file, "GOCOVERDIR=")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		out, err := cmd.CombinedOutput()
		if want := fmt.Sprintf("private=%v\n", test.to); err != nil || len(out) < len(want) || string(out[:len(want)]) != want {
			t.Errorf("%s: %q, %v to nobody, want %q", file, out, err, want)
		}
	}
}
