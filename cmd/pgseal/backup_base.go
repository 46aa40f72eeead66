package main

import (
	"context"
	"errors"
	"io"
)

// baseOptions are for base backups.
type baseOptions struct {
	temp     string // folder for a copy
	wal      string // folder of archived WAL
	database string
}

var errNoBase = errors.New("base backups are not read yet")

func baseFromTar(context.Context, *backupSource, io.Reader, func() error, baseOptions) error {
	return errNoBase
}

func baseFromFolder(context.Context, *backupSource, string, baseOptions) error { return errNoBase }
