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
}

// betweenTries is the pause where no host takes a session.
const betweenTries = 100 * time.Millisecond

// errNoHost is about servers that are there, none of which is as it was asked for.
var errNoHost = errors.New("no host is as target_session_attrs asks for")

// Dial connects to the first host that may have a session and answers.
func (h *Hosts) Dial(ctx context.Context) (net.Conn, error) {
	ctx, stop := context.WithTimeout(ctx, h.Wait)
	defer stop()
	for {
		conn, err := h.try(ctx)
		if err == nil {
			return conn, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(betweenTries):
		}
	}
}

func (h *Hosts) try(ctx context.Context) (net.Conn, error) {
	failed := []error{errNoHost}
	for _, i := range h.order() {
		conn, err := h.All[i].Dial(ctx)
		if err == nil {
			return conn, nil
		}
		failed = append(failed, fmt.Errorf("%s: %w", h.All[i].Address, err))
	}
	if len(failed) > 1 {
		failed = failed[1:]
	}
	return nil, errors.Join(failed...)
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

// Cancel hands a CancelRequest to every host that takes sessions: which of them runs the one it is for is not known to a proxy that did not connect it,
// and to the others the request means nothing. The error is nil where one of them took it.
func (h *Hosts) Cancel(ctx context.Context, send func(net.Conn) error) error {
	hosts := h.order()
	if len(hosts) == 0 {
		return errNoHost
	}
	failed := make([]error, len(hosts))
	var asked sync.WaitGroup
	for n, i := range hosts {
		asked.Go(func() {
			conn, err := h.All[i].Dial(ctx)
			if err == nil {
				err = errors.Join(send(conn), conn.Close())
			}
			failed[n] = err
		})
	}
	asked.Wait()
	if slices.Contains(failed, nil) {
		return nil
	}
	return errors.Join(failed...)
}
