package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/legatics/pgseal/cmd/cluster"
	"github.com/legatics/pgseal/proxy/backup"
)

// backupSource is a backup as text, however it is kept.
type backupSource struct {
	name string
	kind backup.Kind
	how  string // it was read, for people
	made time.Time
	// text opens the text. It can be opened again unless once is true. Close says whether whoever wrote it was content.
	text func(ctx context.Context) (io.ReadCloser, error)
	once bool
	sum  [32]byte // and size: after Close
	size int64
	end  func() error // removes what was made of it; may be nil
}

// openBackup finds out what a backup is.
func openBackup(ctx context.Context, path string, stdin io.Reader, o baseOptions) (*backupSource, error) {
	if path == "-" {
		return streamed(ctx, "standard input", stdin, nil, o)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return directoryBackup(ctx, path, o)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	head := make([]byte, backup.HeadSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		_ = f.Close()
		return nil, fmt.Errorf("%s is empty: %w", path, err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	switch kind := backup.KindOf(head[:n]); kind {
	case backup.Custom, backup.Tar:
		_ = f.Close()
		s := &backupSource{name: path, kind: kind, size: info.Size(), how: "by pg_restore"}
		s.made, _ = backup.ArchiveMade(head[:n], time.Local)
		if s.sum, err = hashFile(ctx, path); err != nil {
			return nil, err
		}
		s.text = func(ctx context.Context) (io.ReadCloser, error) { return restored(ctx, nil, path) }
		return s, nil
	default:
		o.beside = besides(path)
		return streamed(ctx, path, f, f, o)
	}
}

// streamed is a backup that is read from its beginning to its end, once.
func streamed(ctx context.Context, name string, r io.Reader, close io.Closer, o baseOptions) (*backupSource, error) {
	s := &backupSource{name: name, once: true, how: "as it is"}
	h := &hashing{r: r, sum: sha256.New()}
	in := bufio.NewReaderSize(h, 64<<10)
	head, _ := in.Peek(backup.HeadSize)
	kind := backup.KindOf(head)
	var plain io.Reader = in
	if kind == backup.Gzip {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		inner := bufio.NewReaderSize(unzipped, 64<<10)
		head, _ = inner.Peek(backup.HeadSize)
		kind, plain, s.how = backup.KindOf(head), inner, "unzipped"
	}
	done := func() error { // the hash is of all of it, whoever has read how much
		err := ctx.Err()
		if err == nil {
			_, err = io.Copy(io.Discard, in)
		}
		h.sum.Sum(s.sum[:0])
		s.size = h.n
		if close != nil {
			err = errors.Join(err, close.Close())
		}
		return err
	}
	s.kind = kind
	s.made, _ = backup.ArchiveMade(head, time.Local)
	switch kind {
	case backup.Plain:
		s.text = func(context.Context) (io.ReadCloser, error) { return &stream{plain, done}, nil }
	case backup.Custom, backup.Tar:
		s.how += ", through pg_restore"
		s.text = func(ctx context.Context) (io.ReadCloser, error) {
			out, err := restored(ctx, plain)
			if err != nil {
				return nil, err
			}
			return &stream{out, func() error { return errors.Join(out.Close(), done()) }}, nil
		}
	case backup.Base:
		return s, baseFromTar(ctx, s, plain, done, o)
	default:
		return nil, fmt.Errorf("%s is compressed twice, or in a way that is not known: unpack it first", name)
	}
	return s, nil
}

// stream is a reader with its own end.
type stream struct {
	io.Reader
	close func() error
}

func (s *stream) Close() error { return s.close() }

// hashing hashes and counts what is read.
type hashing struct {
	r   io.Reader
	sum hash.Hash
	n   int64
}

func (h *hashing) Read(b []byte) (int, error) {
	n, err := h.r.Read(b)
	h.sum.Write(b[:n])
	h.n += int64(n)
	return n, err
}

func hashFile(ctx context.Context, path string) (sum [32]byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := &hashing{r: f, sum: sha256.New()}
	for err == nil {
		if err = ctx.Err(); err == nil {
			_, err = io.CopyN(io.Discard, h, 64<<20)
		}
	}
	if !errors.Is(err, io.EOF) {
		return sum, err
	}
	h.sum.Sum(sum[:0])
	return sum, nil
}

// hashFolder hashes the files of a folder by name, size and hash, in the order of their names.
func hashFolder(ctx context.Context, path string) (sum [32]byte, size int64, err error) {
	all := sha256.New()
	err = filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		one, err := hashFile(ctx, file)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(path, file)
		fmt.Fprintf(all, "%q %d %x\n", filepath.ToSlash(name), info.Size(), one)
		size += info.Size()
		return err
	})
	all.Sum(sum[:0])
	return sum, size, err
}

// directoryBackup is a folder that pg_dump -Fd or pg_basebackup has made.
func directoryBackup(ctx context.Context, path string, o baseOptions) (*backupSource, error) {
	has := func(name string) bool {
		_, err := os.Stat(filepath.Join(path, name))
		return err == nil
	}
	s := &backupSource{name: path}
	switch {
	case has("toc.dat"):
		s.kind, s.how = backup.Directory, "by pg_restore"
		if head, err := readHead(filepath.Join(path, "toc.dat")); err == nil {
			s.made, _ = backup.ArchiveMade(head, time.Local)
		}
		s.text = func(ctx context.Context) (io.ReadCloser, error) { return restored(ctx, nil, path) }
		var err error
		s.sum, s.size, err = hashFolder(ctx, path)
		return s, err
	case has("PG_VERSION"), has("base.tar"), has("base.tar.gz"):
		return s, baseFromFolder(ctx, s, path, o)
	}
	return nil, fmt.Errorf("%s is no backup that is known: neither a pg_dump -Fd has made it (toc.dat) nor pg_basebackup (PG_VERSION, base.tar, base.tar.gz)", path)
}

func readHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, backup.HeadSize))
}

// restored has pg_restore write an archive as text.
func restored(ctx context.Context, stdin io.Reader, args ...string) (io.ReadCloser, error) {
	path, err := cluster.FindProgram("pg_restore")
	if err != nil {
		return nil, errors.New("archives of pg_dump (custom, directory, tar) are read by pg_restore, which is not on this machine: install PostgreSQL's client programs, " +
			"of the version that made the archive or newer (Debian: postgresql-client)")
	}
	cmd := exec.CommandContext(ctx, path, append([]string{"-f", "-"}, args...)...)
	cmd.Stdin = stdin
	return piped(cmd)
}

// piped starts a program whose output is read. Close says what it complained of, if it did not end well after all of it was read.
func piped(cmd *exec.Cmd) (io.ReadCloser, error) {
	var says bytes.Buffer
	cmd.Stderr, cmd.WaitDelay = &bounded{&says}, 5*time.Second
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	read := &ended{r: out}
	return &stream{read, func() error {
		if !read.end { // nobody wants the rest
			return errors.Join(cmd.Process.Kill(), ignored(cmd.Wait()))
		}
		if err := cmd.Wait(); err != nil {
			return fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, strings.TrimSpace(says.String()))
		}
		return nil
	}}, nil
}

// ignored is for the end of a program that was killed.
func ignored(error) error { return nil }

// ended notes that the end was read.
type ended struct {
	r   io.Reader
	end bool
}

func (e *ended) Read(b []byte) (int, error) {
	n, err := e.r.Read(b)
	e.end = e.end || errors.Is(err, io.EOF)
	return n, err
}

// bounded keeps the beginning of what is written.
type bounded struct{ b *bytes.Buffer }

func (w *bounded) Write(p []byte) (int, error) {
	const limit = 2000
	w.b.Write(p[:max(0, min(len(p), limit-w.b.Len()))])
	return len(p), nil
}
