package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// inLog are values of sealed columns as SQL writes them.
var inLog = regexp.MustCompile(canary + `|\b77340000\d\b|\b7734000[12]\d\b|\b2877-\d\d|7[aA]713737333421|7a713737-3334`)

// leaks looks for values of sealed columns in the sealed server's files, its log, a dump, and the log of pgseal.
func (w *world) leaks(ctx context.Context) error {
	if err := (direct{w.behind}).exec(ctx, "CHECKPOINT"); err != nil {
		return err
	}
	dump, err := w.sealed.Command(ctx, "pg_dump", "-d", database)
	if err != nil {
		return err
	}
	dumped, err := dump.Output()
	if err != nil {
		return fmt.Errorf("pg_dump: %w", err)
	}
	err = leaked("the dump", bytes.NewReader(dumped))
	err = errors.Join(err, leaked("pgseal's log", bytes.NewReader([]byte(w.pgseal.Log()))))
	log, e := os.Open(w.sealed.LogFile())
	if e != nil {
		return errors.Join(err, e)
	}
	defer log.Close()
	return errors.Join(err, leaked("the server's log", log), w.filesLeak())
}

func leaked(where string, text io.Reader) error {
	in := bufio.NewReaderSize(text, 1<<20)
	var before []byte // a parameter's value stands on the line behind its statement
	for {
		line, err := in.ReadBytes('\n')
		if at := inLog.FindIndex(line); at != nil {
			return fmt.Errorf("%s has a value of a sealed column: %.300q, behind %.3000q", where, line[max(0, at[0]-200):], before)
		}
		before = line
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// filesLeak looks for the canary in the files of the data folder: tables, indexes, the write-ahead log.
func (w *world) filesLeak() error {
	found, looked := error(nil), 0
	err := filepath.WalkDir(w.sealed.DataDir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil // files come and go
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		looked++
		if bytes.Contains(content, []byte(canary)) {
			found = errors.Join(found, fmt.Errorf("%s has a value of a sealed column", path))
		}
		return nil
	})
	if looked < 100 {
		err = errors.Join(err, fmt.Errorf("only %d files of the server were found", looked))
	}
	return errors.Join(err, found)
}
