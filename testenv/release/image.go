package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// certificates are where systems keep those of authorities that they trust; AWS is among them.
var certificates = []string{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"}

// imageUser is the account of an image: its number is all that counts.
const imageUser = 65532

// layImage lays what the Dockerfiles copy: what is pgseal's, and the KMS test server.
func layImage(ctx context.Context, dir, binary string) error {
	if err := layRoot(dir, binary); err != nil {
		return err
	}
	return buildKMSServer(ctx, dir)
}

func buildKMSServer(ctx context.Context, dir string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", filepath.Join(dir, "kmsserver"), "./testenv/kmsserver")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOFLAGS=")
	_, err := output(cmd)
	return err
}

// layRoot lays the root of pgseal's image, and the folder that becomes its state.
func layRoot(dir, binary string) error {
	root := filepath.Join(dir, "root")
	for _, old := range []string{root, filepath.Join(dir, "state")} {
		if err := os.RemoveAll(old); err != nil {
			return err
		}
	}
	if err := copyFile(binary, filepath.Join(root, "usr/bin/pgseal"), 0o755); err != nil {
		return err
	}
	if err := copyCertificates(filepath.Join(root, "etc/ssl/certs/ca-certificates.crt")); err != nil {
		return err
	}
	for path, text := range map[string]string{
		"etc/passwd": fmt.Sprintf("root:x:0:0::/:/nonexistent\npgseal:x:%d:%[1]d::/var/lib/pgseal:/nonexistent\n", imageUser),
		"etc/group":  fmt.Sprintf("root:x:0:\npgseal:x:%d:\n", imageUser),
	} {
		if err := writeFile(filepath.Join(root, path), []byte(text), 0o644); err != nil {
			return err
		}
	}
	for _, folder := range []string{"etc/pgseal", "tmp", "run/pgseal", "var/lib"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			return err
		}
	}
	return os.MkdirAll(filepath.Join(dir, "state/pgseal"), 0o700) // a folder in the folder that is copied: builders give the latter a mode of their own
}

func copyCertificates(to string) error {
	for _, from := range certificates {
		if err := copyFile(from, to, 0o644); !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return errors.New("no certificates of authorities on this machine (Debian's ca-certificates)")
}
