package cluster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

var (
	errPortTaken = errors.New("cluster: the port is taken")
	// ErrRunning is Restart's and ErrStopped is Kill's and Shutdown's answer when
	// there is nothing to do.
	ErrRunning = errors.New("cluster: the server is running")
	ErrStopped = errors.New("cluster: the server is not running")
)

// pollEvery is how often the server's state is looked at while it starts or
// stops.
const pollEvery = 5 * time.Millisecond

// launch starts the server and waits until it accepts connections.
func (c *Cluster) launch(ctx context.Context) error {
	log, err := os.OpenFile(c.LogFile(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("cluster: %w", err)
	}
	defer log.Close()
	// A postmaster.pid that a killed server has left would look like a ready one.
	_ = os.Remove(filepath.Join(c.DataDir(), "postmaster.pid"))
	c.server, err = startProcess(filepath.Join(c.bindir, "postgres"), []string{"-D", c.DataDir()}, &os.ProcAttr{
		Dir: c.DataDir(), Env: c.environment(), Files: []*os.File{nil, log, log}, Sys: c.account.attributes(),
	})
	if err != nil {
		return err
	}
	if err := c.awaitReady(ctx); err != nil {
		c.server.end(syscall.SIGKILL, c.options.Timeout)
		c.server = nil
		killWorkingIn(c.DataDir(), c.options.Timeout)
		return err
	}
	return nil
}

func (c *Cluster) awaitReady(ctx context.Context) error {
	deadline := time.Now().Add(c.options.Timeout)
	for !c.ready() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !c.server.running() {
			log, _ := os.ReadFile(c.LogFile())
			if bytes.Contains(log, []byte("could not create any TCP/IP sockets")) {
				_ = os.Remove(c.LogFile())
				return errPortTaken
			}
			return fmt.Errorf("cluster: the server did not start: %s", lastLines(log, 5))
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("cluster: the server is not ready after %s", c.options.Timeout)
		}
		time.Sleep(pollEvery)
	}
	return nil
}

// ready reads the line of postmaster.pid by which pg_ctl too tells that the
// server accepts connections.
func (c *Cluster) ready() bool {
	data, err := os.ReadFile(filepath.Join(c.DataDir(), "postmaster.pid"))
	if err != nil {
		return false
	}
	lines := strings.Split(string(data), "\n")
	return len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready"
}

// Running tells whether the server process lives.
func (c *Cluster) Running() bool { return c.server != nil && c.server.running() }

// Kill ends the server at once, as a crash would (SIGKILL to the postmaster and
// to each of its processes).
func (c *Cluster) Kill() error {
	if !c.Running() {
		return ErrStopped
	}
	c.server.end(syscall.SIGKILL, c.options.Timeout)
	c.server = nil
	killWorkingIn(c.DataDir(), c.options.Timeout)
	return nil
}

// Shutdown stops the server cleanly: open sessions are ended, everything is
// written.
func (c *Cluster) Shutdown() error {
	if !c.Running() {
		return ErrStopped
	}
	c.server.end(syscall.SIGINT, c.options.Timeout)
	c.server = nil
	return nil
}

// Restart starts the server again after Kill or Shutdown, on the same port.
func (c *Cluster) Restart(ctx context.Context) error {
	if c.Running() {
		return ErrRunning
	}
	return c.launch(ctx)
}

// Stop ends the server, if it runs, and removes the cluster. It may be called
// more than once.
func (c *Cluster) Stop() error {
	if c.Running() {
		c.server.end(syscall.SIGQUIT, c.options.Timeout)
		c.server = nil
	}
	var err error
	if c.dir != "" {
		err = os.RemoveAll(c.dir)
	}
	if c.watchdog != nil {
		err = errors.Join(err, c.watchdog.dismiss())
		c.watchdog = nil
	}
	return err
}

// lastLines is the end of a program's output, in one line.
func lastLines(out []byte, n int) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "; ")
}
