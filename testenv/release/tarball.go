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
	p := packer{tar.NewWriter(packed), at}
	return errors.Join(p.add(root, top, 0), p.w.Close(), packed.Close())
}

// packer packs files and folders.
type packer struct {
	w  *tar.Writer
	at time.Time
}

// add packs what lies at a path as top, or below it. Folders are for all to read, but for those that are somebody's.
func (p packer) add(root, top string, owner int) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error { // in lexical order
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		h := &tar.Header{Name: filepath.ToSlash(filepath.Join(top, below)), ModTime: p.at, Mode: int64(info.Mode().Perm()), Uid: owner, Gid: owner, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if !d.IsDir() {
			h.Size = info.Size()
			return errors.Join(p.w.WriteHeader(h), p.content(path))
		}
		h.Name, h.Typeflag = h.Name+"/", tar.TypeDir
		if owner == 0 {
			h.Mode = 0o755
		}
		return p.w.WriteHeader(h)
	})
}

func (p packer) content(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(p.w, f)
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
