package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/proxy/admin"
)

func healthCommand() *cli.Command {
	return &cli.Command{
		Name: "health", Usage: "ask the proxy on this machine whether it lives, for images without a shell",
		Description: `Asks /live at admin.listen, or /ready with --ready: whether new sessions are taken. Exits 0 if the answer is yes, 1 if it is no or there is none.

With reuse_port several processes share the address, and any of them may answer. --pid waits, for up to 30s, until that one says yes, and gives up when it has ended:

   pgseal health --ready --pid "$NEW" && kill -TERM "$OLD"`,
		Flags: []cli.Flag{&cli.BoolFlag{Name: "ready", Usage: "ask whether new sessions are taken"},
			&cli.IntFlag{Name: "pid", Usage: "wait for a yes of the process `PID`, where several share the address (reuse_port)"}, configFlag()},
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			config, err := loadConfig(c.String("config"))
			if err != nil {
				return err
			}
			path := "/live"
			if c.Bool("ready") {
				path = "/ready"
			}
			if pid := c.Int("pid"); c.IsSet("pid") && pid <= 0 {
				return usagef(c, "--pid: %d is no process", pid)
			}
			said, err := waitHealth(c.Context, config.Admin.Listen, path, c.Int("pid"))
			if err == nil {
				fmt.Fprintln(c.App.Writer, said)
			}
			return err
		},
	}
}

const healthTimeout = 5 * time.Second

// waitHealth asks once, of whichever process; with a pid until that one says yes or is gone.
func waitHealth(ctx context.Context, listen, path string, pid int) (said string, err error) {
	if pid == 0 {
		said, _, err = askHealth(ctx, listen, path)
		return said, err
	}
	ctx, stop := context.WithTimeout(ctx, pidTimeout)
	defer stop()
	last := "nobody"
	for {
		said, by, err := askHealth(ctx, listen, path)
		if err == nil && by == strconv.Itoa(pid) {
			return said, nil
		}
		switch {
		case by == strconv.Itoa(pid):
			last = fmt.Sprintf("it: %v", err)
		case by != "":
			last = "process " + by
		}
		if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			return "", fmt.Errorf("process %d has ended: its log says why", pid)
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("process %d has not said yes at %s within %s; the last who answered was %s", pid, listen, pidTimeout, last)
		case <-time.After(pidPause):
		}
	}
}

const (
	pidTimeout = 30 * time.Second
	pidPause   = 50 * time.Millisecond
)

// askHealth returns what the answer says, and which process gave it; an error, where it is no.
func askHealth(ctx context.Context, listen, path string) (said, pid string, err error) {
	ctx, stop := context.WithTimeout(ctx, healthTimeout)
	defer stop()
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", "", err // validated
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	// It is this machine's own process, which is told nothing: whose certificate it has does not matter.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	status, said, pid, err := get(ctx, client, "http://"+net.JoinHostPort(host, port)+path)
	if err == nil && status == http.StatusBadRequest { // as a server that speaks TLS answers
		status, said, pid, err = get(ctx, client, "https://"+net.JoinHostPort(host, port)+path)
	}
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, said)
	}
	return said, pid, err
}

func get(ctx context.Context, client *http.Client, url string) (status int, said, pid string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, "", "", err
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, "", "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	return res.StatusCode, strings.TrimSpace(string(text)), res.Header.Get(admin.PidHeader), err
}
