package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"syscall"

	"github.com/goccy/go-yaml"
)

// addresses are where clients connect: one, or a list, in the file.
type addresses []string

// UnmarshalYAML implements yaml.BytesUnmarshaler.
func (a *addresses) UnmarshalYAML(b []byte) error {
	var one string
	if err := yaml.Unmarshal(b, &one); err == nil {
		*a = addresses{one}
		return nil
	}
	var list []string
	if err := yaml.Unmarshal(b, &list); err != nil {
		return err
	}
	*a = list
	return nil
}

func (a addresses) validate() error {
	if len(a) == 0 {
		return errors.New("listen: name at least one address")
	}
	for _, val := range a {
		if _, err := parseAddress(val); err != nil {
			return fmt.Errorf("listen: %w", err)
		}
	}
	return nil
}

// listen opens an address, shared: along with others that listen on it. A Unix socket that nobody listens on any more is replaced; one that is in use is not.
func (a address) listen(shared bool) (_ net.Listener, err error) {
	switch {
	case !a.unix() && shared:
		return listenShared(a)
	case !a.unix():
		return net.Listen(a.network, a.dial)
	}
	defer func() {
		if shared && errors.Is(err, errInUse) {
			err = fmt.Errorf("%w. reuse_port shares TCP addresses alone: for two programs at once, leave Unix sockets out of listen", err)
		}
	}()
	lock, err := lockSocket(a.dial)
	if err != nil {
		return nil, err
	}
	if err := removeStale(a.dial); err != nil {
		_ = lock.Close()
		return nil, err
	}
	l, err := net.Listen(a.network, a.dial)
	if err != nil {
		_ = lock.Close()
		return nil, err
	}
	// Who may do what is the log-in's to say, as with PostgreSQL's own socket; the folder bounds who gets as far as that.
	if err := os.Chmod(a.dial, 0o777); err != nil {
		_, _ = l.Close(), lock.Close()
		return nil, err
	}
	return &socketListener{Listener: l, lock: lock}, nil
}

// errInUse tells that another process listens on a Unix socket.
var errInUse = errors.New("is in use by another process")

// socketListener holds the socket's lock while it listens.
type socketListener struct {
	net.Listener
	lock *os.File
}

func (l *socketListener) Close() error {
	err := l.Listener.Close() // removes the socket
	_ = l.lock.Close()
	return err
}

// lockSocket takes the lock beside a socket. The file stays: whoever removed it could remove another's.
func lockSocket(path string) (*os.File, error) {
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("%s %w", path, errInUse)
	}
	return f, nil
}

// removeStale removes a socket that refuses connections. It never removes anything else.
func removeStale(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode().Type() != os.ModeSocket {
		return fmt.Errorf("%s is there and is no socket", path)
	}
	conn, err := net.Dial("unix", path)
	if err == nil {
		_ = conn.Close()
		return fmt.Errorf("%s %w", path, errInUse)
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return err
	}
	return os.Remove(path)
}

// proxyProtocolConfig names the balancers that say whose connection they pass on.
type proxyProtocolConfig struct {
	From []string `yaml:"from"` // networks
}

func (p proxyProtocolConfig) validate() error {
	_, err := p.networks()
	return err
}

func (p proxyProtocolConfig) networks() (all []netip.Prefix, err error) {
	for _, val := range p.From {
		n, err := netip.ParsePrefix(val)
		if err != nil {
			return nil, fmt.Errorf("proxy_protocol.from: %q is not a network like 10.0.0.0/8", val)
		}
		all = append(all, n)
	}
	return all, nil
}
