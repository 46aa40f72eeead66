package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// tarball packs a folder: names in order, one time, root as the owner, nothing of this machine.
func tarball(path, top, root string, at time.Time) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	packed, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(packed)
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error { // in lexical order
		if err != nil {
			return err
		}
		return addToTar(w, root, top, path, d, at)
	})
	return errors.Join(err, w.Close(), packed.Close())
}

func addToTar(w *tar.Writer, root, top, path string, d fs.DirEntry, at time.Time) error {
	name, err := filepath.Rel(root, path)
	if err != nil {
		return err
	}
	info, err := d.Info()
	if err != nil {
		return err
	}
	h := &tar.Header{Name: filepath.ToSlash(filepath.Join(top, name)), ModTime: at, Mode: 0o755, Typeflag: tar.TypeDir, Format: tar.FormatUSTAR}
	if d.IsDir() {
		h.Name += "/"
		return w.WriteHeader(h)
	}
	h.Typeflag, h.Size, h.Mode = tar.TypeReg, info.Size(), int64(info.Mode().Perm())
	if err := w.WriteHeader(h); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// checksums are as sha256sum prints them.
func checksums(dir string, names []string) (string, error) {
	var b strings.Builder
	for _, name := range slices.Sorted(slices.Values(names)) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(data), name)
	}
	return b.String(), nil
}
