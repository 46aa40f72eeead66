package proxy

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"
)

// Hosts reaches one of several database servers: a primary and its standbys, say.
type Hosts struct {
	All []*Upstream
	// Order says which of All may have a session now, by their indices, the one to try first first. nil: all of them as they stand.
	Order func() []int
	// Wait is how long to try while none is to be had, as in a failover.
	Wait time.Duration

	only dialer // the one and only server, instead of all the rest
}

// dialer connects to one server.
type dialer func(ctx context.Context) (net.Conn, error)

// betweenTries is the pause where no host takes a session.
const betweenTries = 100 * time.Millisecond

// errNoHost is about servers that are there, none of which is as it was asked for.
var errNoHost = errors.New("no host is as target_session_attrs asks for")

// Dial connects to the first host that may have a session and answers.
func (h *Hosts) Dial(ctx context.Context) (net.Conn, error) {
	conn, _, err := h.dial(ctx)
	return conn, err
}

// dial is Dial for a session. Cancel requests for it go to the same host, whatever has become of that.
func (h *Hosts) dial(ctx context.Context) (conn net.Conn, host dialer, err error) {
	if h.only != nil {
		conn, err = h.only(ctx)
		return conn, h.only, err
	}
	ctx, stop := context.WithTimeout(ctx, h.Wait)
	defer stop()
	for {
		conn, host, err := h.try(ctx)
		if err == nil {
			return conn, host, nil
		}
		select {
		case <-ctx.Done():
			return nil, nil, err
		case <-time.After(betweenTries):
		}
	}
}

func (h *Hosts) try(ctx context.Context) (net.Conn, dialer, error) {
	failed := []error{errNoHost}
	for _, i := range h.order() {
		conn, err := h.All[i].Dial(ctx)
		if err == nil {
			return conn, h.All[i].Dial, nil
		}
		failed = append(failed, fmt.Errorf("%s: %w", h.All[i].Address, err))
	}
	if len(failed) > 1 {
		failed = failed[1:]
	}
	return nil, nil, errors.Join(failed...)
}

func (h *Hosts) order() []int {
	if h.Order != nil {
		return h.Order()
	}
	all := make([]int, len(h.All))
	for i := range all {
		all[i] = i
	}
	return all
}

// cancel hands a CancelRequest to a host.
func (d dialer) cancel(ctx context.Context, send func(net.Conn) error) error {
	conn, err := d(ctx)
	if err != nil {
		return err
	}
	return errors.Join(send(conn), conn.Close())
}

// cancel hands a CancelRequest to every host, also those that take no new sessions: which of them runs the one it is for is not known to a proxy that did
// not connect it, and to the others the request means nothing. The error is nil where one of them took it.
func (h *Hosts) cancel(ctx context.Context, send func(net.Conn) error) error {
	if h.only != nil {
		return h.only.cancel(ctx, send)
	}
	failed := make([]error, len(h.All))
	var asked sync.WaitGroup
	for i, host := range h.All {
		asked.Go(func() { failed[i] = dialer(host.Dial).cancel(ctx, send) })
	}
	asked.Wait()
	if slices.Contains(failed, nil) {
		return nil
	}
	return errors.Join(failed...)
}
