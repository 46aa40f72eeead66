package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// stage lays everything that is installed under a root, where it belongs on Debian.
func stage(ctx context.Context, s stamp, root, binary, runs string, parts []part) error {
	in := func(path string) string { return filepath.Join(root, path) }
	for from, to := range map[string]string{
		"shipping/systemd/pgseal.service":   "usr/lib/systemd/system/pgseal.service",
		"shipping/systemd/pgseal.socket":    "usr/lib/systemd/system/pgseal.socket",
		"shipping/systemd/credentials.conf": "usr/share/pgseal/credentials.conf",
		"shipping/pgseal.yaml":              "usr/share/pgseal/pgseal.yaml",
		"shipping/policy.yaml":              "usr/share/pgseal/policy.yaml",
		"shipping/debian/lintian-overrides": "usr/share/lintian/overrides/pgseal",
	} {
		if err := copyFile(from, in(to), 0o644); err != nil {
			return err
		}
	}
	if err := copyFile(binary, in("usr/bin/pgseal"), 0o755); err != nil {
		return err
	}
	for shell, to := range map[string]string{
		"bash": "usr/share/bash-completion/completions/pgseal",
		"zsh":  "usr/share/zsh/vendor-completions/_pgseal",
		"fish": "usr/share/fish/vendor_completions.d/pgseal.fish",
	} {
		script, err := output(exec.CommandContext(ctx, runs, "completion", shell))
		if err != nil {
			return err
		}
		if err := writeFile(in(to), []byte(script+"\n"), 0o644); err != nil {
			return err
		}
	}
	if err := manual(ctx, runs, in("usr/share/man/man1")); err != nil {
		return err
	}
	if err := documents(in("usr/share/doc/pgseal")); err != nil {
		return err
	}
	if err := changelog(s, in("usr/share/doc/pgseal/changelog.gz")); err != nil {
		return err
	}
	if err := writeFile(in("usr/share/doc/pgseal/copyright"), []byte(copyright(parts)), 0o644); err != nil {
		return err
	}
	if err := copyLicences(in("usr/share/doc/pgseal/licences"), parts); err != nil {
		return err
	}
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(path, s.at(), s.at())
	})
}

// documents are laid as in the repository, so that the links between them lead somewhere, and so do messages of the program that name docs/NAME.md.
func documents(to string) error {
	for _, name := range []string{"README.md", "ARCHITECTURE.md"} {
		if err := copyFile(name, filepath.Join(to, name), 0o644); err != nil {
			return err
		}
	}
	return filepath.WalkDir("docs", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return copyFile(path, filepath.Join(to, path), 0o644)
	})
}

// manual has the program write its pages, and packs them as Debian wants them.
func manual(ctx context.Context, runs, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if _, err := output(exec.CommandContext(ctx, runs, "man", "--dir", dir)); err != nil {
		return err
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil {
		return err
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		packed, err := gzipped(text)
		if err != nil {
			return err
		}
		if err := writeFile(page+".gz", packed, 0o644); err != nil {
			return err
		}
		if err := os.Remove(page); err != nil {
			return err
		}
	}
	return nil
}

func changelog(s stamp, path string) error {
	text := fmt.Sprintf("pgseal (%s) stable; urgency=medium\n\n  * Commit %s.\n\n -- pgseal <pgseal@localhost>  %s\n", s.version, s.commit, s.at().Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	packed, err := gzipped([]byte(text))
	if err != nil {
		return err
	}
	return writeFile(path, packed, 0o644)
}

// copyright lists the modules; their licences lie beside it.
func copyright(parts []part) string {
	var b bytes.Buffer
	b.WriteString("pgseal is linked from the modules below and, statically, from the GNU C library (LGPL-2.1-or-later, /usr/share/common-licenses/LGPL-2.1).\n" +
		"The licence of each module is in licences/MODULE beside this file.\n\n")
	for _, p := range parts {
		fmt.Fprintf(&b, "%s %s\n", p.path, p.version)
	}
	return b.String()
}

// gzipped has neither a name nor a time in it.
func gzipped(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

func copyFile(from, to string, mode os.FileMode) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return writeFile(to, data, mode)
}

func writeFile(path string, data []byte, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, data, mode); err != nil {
		return err
	}
	return os.Chmod(path, mode) // whatever the umask
}
