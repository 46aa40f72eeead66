package main

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// untarBase unpacks base.tar into a data folder, and what is beside it where it belongs.
func untarBase(ctx context.Context, r io.Reader, data string, beside map[string]string) error {
	if err := untar(ctx, r, data); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(data, "pg_wal"), 0o700); err != nil {
		return err
	}
	if file := beside["pg_wal"]; file != "" {
		if err := untarFile(ctx, file, filepath.Join(data, "pg_wal"), nil); err != nil {
			return err
		}
	}
	links, _ := os.ReadFile(filepath.Join(data, "tablespace_map"))
	for _, line := range strings.Split(strings.TrimSpace(string(links)), "\n") {
		oid, _, _ := strings.Cut(line, " ")
		if oid == "" {
			continue
		}
		if beside[oid] == "" || !filepath.IsLocal(oid) || strings.ContainsRune(oid, filepath.Separator) {
			return fmt.Errorf("the backup has a tablespace, %s, which is in a tar file of its own: give the folder that has all of them", oid)
		}
		place, err := tablespace(data, oid)
		if err != nil {
			return err
		}
		if err := untarFile(ctx, beside[oid], place, nil); err != nil {
			return err
		}
	}
	return nil
}

// untarFile unpacks a tar file, compressed or not. With beside it is a base.tar.
func untarFile(ctx context.Context, path, to string, beside map[string]string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = bufio.NewReader(f)
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if beside != nil {
		return untarBase(ctx, r, to, beside)
	}
	return untar(ctx, r, to)
}

// untar unpacks files and folders, and nothing that would lie or point outside.
func untar(ctx context.Context, r io.Reader, to string) error {
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return ctx.Err()
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if !filepath.IsLocal(h.Name) {
			return fmt.Errorf("the tar file has a name that leads out of it")
		}
		path := filepath.Join(to, h.Name)
		switch h.Typeflag {
		case tar.TypeDir:
			err = os.MkdirAll(path, 0o700)
		case tar.TypeReg:
			err = errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), writeFrom(path, t))
		}
		if err != nil {
			return err
		}
	}
}

func writeFrom(path string, r io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Close())
}
