package main

import (
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"strings"
)

// address is where something listens: HOST:PORT; unix:PATH, a Unix socket by its name; or a folder as PostgreSQL uses them, DIR or DIR:PORT, which
// holds the socket .s.PGSQL.PORT.
type address struct {
	network, dial string // for net.Dial and net.Listen
	folder, port  string // of a socket that libpq finds
}

const defaultPort = "5432" // PostgreSQL's, in the name of a socket

func parseAddress(val string) (a address, err error) {
	if path, ok := strings.CutPrefix(val, "unix:"); ok {
		if !filepath.IsAbs(path) {
			return a, fmt.Errorf("%q: a Unix socket is named by its whole path", val)
		}
		a = address{network: "unix", dial: path, folder: filepath.Dir(path)}
		a.port, _ = strings.CutPrefix(filepath.Base(path), socketPrefix)
		return a, tooLongForSocket(path)
	}
	if filepath.IsAbs(val) {
		a = address{network: "unix", folder: val, port: defaultPort}
		if i := strings.LastIndexByte(val, ':'); i > 0 {
			a.folder, a.port = val[:i], val[i+1:]
		}
		if n, err := strconv.ParseUint(a.port, 10, 16); err != nil || n == 0 {
			return a, fmt.Errorf("%q is not DIR:PORT", val)
		}
		a.dial = filepath.Join(a.folder, socketPrefix+a.port)
		return a, tooLongForSocket(a.dial)
	}
	if _, _, err := net.SplitHostPort(val); err != nil {
		return a, fmt.Errorf("%q is not HOST:PORT", val)
	}
	return address{network: "tcp", dial: val}, nil
}

const (
	socketPrefix  = ".s.PGSQL."
	maxSocketPath = 107 // bytes; sun_path of Linux without its NUL
)

func tooLongForSocket(path string) error {
	if len(path) > maxSocketPath {
		return fmt.Errorf("%q is longer than the %d bytes that a Unix socket's name may have", path, maxSocketPath)
	}
	return nil
}

func (a address) unix() bool { return a.network == "unix" }

// loopback tells that the other end is on this machine.
func (a address) loopback() bool {
	host, _, _ := net.SplitHostPort(a.dial)
	ip := net.ParseIP(host)
	return a.unix() || host == "localhost" || ip != nil && ip.IsLoopback()
}

// connection is the host and port of a connection string.
func (a address) connection() (host, port string) {
	if a.unix() {
		return a.folder, a.port
	}
	host, port, _ = net.SplitHostPort(a.dial)
	return host, port
}
