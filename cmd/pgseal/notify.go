package main

import (
	"fmt"
	"net"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// manager is whoever started the program and wants to hear how it is, as systemd does for Type=notify (sd_notify(3)). Without one nothing is said.
type manager struct{ socket string }

func newManager(env func(string) string) manager {
	socket := env("NOTIFY_SOCKET")
	if strings.HasPrefix(socket, "@") { // of the abstract name space
		socket = "\x00" + socket[1:]
	}
	return manager{socket}
}

// ready: sessions are taken, with what has just been read, if anything was.
func (m manager) ready() error { return m.tell("READY=1\nSTATUS=serving") }

// reloading: configuration and policies are read again; ready follows.
func (m manager) reloading() error {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		return err
	}
	return m.tell(fmt.Sprintf("RELOADING=1\nMONOTONIC_USEC=%d", now.Nano()/1000))
}

// stopping: sessions are drained, which may take as long as the configuration lets it, whatever the unit's own limit.
func (m manager) stopping(limit time.Duration) error {
	return m.tell(fmt.Sprintf("STOPPING=1\nSTATUS=draining\nEXTEND_TIMEOUT_USEC=%d", limit.Microseconds()))
}

func (m manager) tell(state string) error {
	if m.socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: m.socket, Net: "unixgram"})
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte(state))
	return err
}
