//go:build !linux

package main

import (
	"errors"
	"syscall"
)

func reusePort(string, string, syscall.RawConn) error {
	return errors.New("reuse_port is for Linux")
}
