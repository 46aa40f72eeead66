package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/legatics/pgseal/cmd/cluster"
	"github.com/legatics/pgseal/proxy/backup"
)

// baseOptions are for base backups.
type baseOptions struct {
	database string
	temp     string            // folder for the copy
	wal      string            // folder of archived WAL; empty: the backup has what it needs
	beside   map[string]string // more tar files of the same backup, by their names without .tar: pg_wal, and tablespaces by OID
}

// howBase says how a base backup was read.
const howBase = "by a private PostgreSQL %s from a copy, through SQL: rows that the backup shows; dead rows, indexes and WAL were not looked into"

// besides are the other tar files of a base backup whose base.tar is named.
func besides(path string) map[string]string {
	all := map[string]string{}
	if !strings.HasPrefix(filepath.Base(path), "base.tar") {
		return all
	}
	for _, ending := range []string{".tar", ".tar.gz"} {
		files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*"+ending))
		for _, f := range files {
			if name := strings.TrimSuffix(filepath.Base(f), ending); name != "base" {
				all[name] = f
			}
		}
	}
	return all
}

// baseFromTar reads base.tar from a stream. done ends that.
func baseFromTar(ctx context.Context, s *backupSource, r io.Reader, done func() error, o baseOptions) error {
	return s.base(ctx, o, func(data string) error {
		return errors.Join(untarBase(ctx, r, data, o.beside), done())
	})
}

// baseFromFolder reads a folder that pg_basebackup has filled, with files or with tar files.
func baseFromFolder(ctx context.Context, s *backupSource, path string, o baseOptions) error {
	var err error
	if s.sum, s.size, err = hashFolder(ctx, path); err != nil {
		return err
	}
	for _, name := range []string{"base.tar", "base.tar.gz"} {
		file := filepath.Join(path, name)
		if _, err := os.Stat(file); err == nil {
			return s.base(ctx, o, func(data string) error { return untarFile(ctx, file, data, besides(file)) })
		}
	}
	if _, err := os.Stat(filepath.Join(path, "postmaster.pid")); err == nil {
		return fmt.Errorf("%s is the data folder of a server that runs, or did not end well: a base backup of it is made by pg_basebackup", path)
	}
	return s.base(ctx, o, func(data string) error { return copyData(ctx, path, data) })
}

// base starts a server on a copy that fill makes, and has its database dumped.
func (s *backupSource) base(ctx context.Context, o baseOptions, fill func(data string) error) error {
	s.kind, s.once = backup.Base, false
	settings := map[string]string{
		"listen_addresses": "", "unix_socket_permissions": "0700", // nobody else is to read what lies in the copy
		"autovacuum": "off", "max_prepared_transactions": "1000", "max_locks_per_transaction": "1000",
	}
	version := ""
	c, err := cluster.Start(ctx, cluster.Options{Parent: o.temp, Settings: settings, Timeout: baseTimeout,
		Files: map[string]string{"postgresql.auto.conf": "", "pg_ident.conf": ""},
		Fill: func(data string) error {
			if err := fill(data); err != nil {
				return err
			}
			s.made = labelTime(data)
			text, _ := os.ReadFile(filepath.Join(data, "PG_VERSION"))
			version = strings.TrimSpace(string(text))
			return addWAL(ctx, o.wal, filepath.Join(data, "pg_wal"))
		}})
	if errors.Is(err, cluster.ErrNoServer) || errors.Is(err, cluster.ErrNoSuchServer) {
		return fmt.Errorf("a base backup is read by a private server of its own version: install PostgreSQL %s (Debian: postgresql-%s), or restore it elsewhere and check a dump of that (%w)", version, version, err)
	}
	if err != nil {
		return fmt.Errorf("the base backup cannot be read. Where it has no WAL of its own (pg_basebackup -X none), name the folder of the archived files with --wal. (%w)", err)
	}
	s.how, s.end = fmt.Sprintf(howBase, version), c.Stop
	s.text = func(ctx context.Context) (io.ReadCloser, error) {
		cmd, err := c.Command(ctx, "pg_dump", o.database)
		if err != nil {
			return nil, err
		}
		return piped(cmd)
	}
	return nil
}

// baseTimeout bounds how long the server may take to bring the copy up to date.
const baseTimeout = time.Hour

// labelTime is when a base backup was begun, by its own label; the zero time where it has none.
func labelTime(data string) time.Time {
	label, _ := os.ReadFile(filepath.Join(data, "backup_label"))
	for _, line := range strings.Split(string(label), "\n") {
		if at, ok := strings.CutPrefix(line, "START TIME: "); ok {
			made, _ := time.Parse("2006-01-02 15:04:05 MST", strings.TrimSpace(at))
			return made
		}
	}
	return time.Time{}
}

// addWAL puts archived WAL beside what the backup has. The server takes what it needs.
func addWAL(ctx context.Context, from, to string) error {
	if from == "" {
		return nil
	}
	files, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, f := range files {
		if len(f.Name()) != walName || !f.Type().IsRegular() {
			continue
		}
		if err := copyFile(ctx, filepath.Join(from, f.Name()), filepath.Join(to, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

// walName is the length of the name of a WAL file.
const walName = 24

// copyData copies a data folder. Its tablespaces and WAL may lie elsewhere, where links point; nothing that the copy's server writes may get there.
func copyData(ctx context.Context, from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, name)
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case d.Type().IsRegular():
			return copyFile(ctx, path, target)
		case d.Type()&fs.ModeSymlink == 0:
			return nil
		}
		source, err := filepath.EvalSymlinks(path)
		if err != nil {
			return err
		}
		switch {
		case name == "pg_wal":
			return copyData(ctx, source, target)
		case filepath.Dir(name) == "pg_tblspc":
			place, err := tablespace(to, filepath.Base(name))
			if err != nil {
				return err
			}
			return copyData(ctx, source, place)
		}
		return nil
	})
}

// tablespace makes a folder for a tablespace, beside the data.
func tablespace(data, oid string) (string, error) {
	place := filepath.Join(filepath.Dir(data), "tablespaces", oid)
	link := filepath.Join(data, "pg_tblspc", oid)
	return place, errors.Join(os.MkdirAll(place, 0o700), os.MkdirAll(filepath.Dir(link), 0o700), os.Symlink(place, link))
}

func copyFile(ctx context.Context, from, to string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
