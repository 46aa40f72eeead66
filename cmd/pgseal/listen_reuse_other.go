//go:build !linux

package main

import (
	"errors"
	"net"
)

func listenShared(address) (net.Listener, error) { return nil, errors.New("reuse_port is for Linux") }
