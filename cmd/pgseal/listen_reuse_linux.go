package main

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

// reusePort lets several sockets listen on a port (SO_REUSEPORT, socket(7)). The kernel deals connections out among them.
func reusePort(_, _ string, c syscall.RawConn) (err error) {
	controlled := c.Control(func(fd uintptr) { err = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1) })
	return errors.Join(controlled, err)
}
