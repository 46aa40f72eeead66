package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
)

// inherited are sockets that whoever started the program has opened for it, as systemd does (sd_listen_fds(3)). They outlive the program: who connects
// while it is restarted waits and is not refused.
type inherited []net.Listener

const firstInherited = 3 // file descriptor

// inheritedListeners takes the sockets over that are meant for this process.
func inheritedListeners(env func(string) string) (all inherited, err error) {
	count, _ := strconv.Atoi(env("LISTEN_FDS"))
	if pid, err := strconv.Atoi(env("LISTEN_PID")); err != nil || pid != os.Getpid() {
		return nil, nil
	}
	for i := range count {
		f := os.NewFile(uintptr(firstInherited+i), "LISTEN_FDS")
		l, err := net.FileListener(f)
		_ = f.Close()
		if err != nil {
			all.close()
			return nil, fmt.Errorf("LISTEN_FDS: file descriptor %d: %w", firstInherited+i, err)
		}
		if u, ok := l.(*net.UnixListener); ok {
			u.SetUnlinkOnClose(false)
		}
		all = append(all, l)
	}
	return all, nil
}

// take hands the socket over that listens on an address, or nil.
func (all inherited) take(a address) net.Listener {
	for i, l := range all {
		if l != nil && a.is(l.Addr()) {
			all[i] = nil
			return l
		}
	}
	return nil
}

// unused is an error where a socket is none of the configuration's: clients would wait at it for ever.
func (all inherited) unused() error {
	for _, l := range all {
		if l != nil {
			return fmt.Errorf("LISTEN_FDS: %s is neither in listen nor admin.listen", l.Addr())
		}
	}
	return nil
}

// close closes what nobody has taken.
func (all inherited) close() {
	for _, l := range all {
		if l != nil {
			_ = l.Close()
		}
	}
}

// is tells that a socket listens on the address.
func (a address) is(l net.Addr) bool {
	if a.unix() {
		return l.Network() == a.network && l.String() == a.dial
	}
	want, err := net.ResolveTCPAddr(a.network, a.dial)
	got, ok := l.(*net.TCPAddr)
	if err != nil || !ok || got.Port != want.Port {
		return false
	}
	return got.IP.Equal(want.IP) || got.IP.IsUnspecified() && (want.IP == nil || want.IP.IsUnspecified())
}
