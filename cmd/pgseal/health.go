package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
)

func healthCommand() *cli.Command {
	return &cli.Command{
		Name: "health", Usage: "ask the proxy on this machine whether it lives, for images without a shell",
		Description: `Asks /live at admin.listen, or /ready with --ready: whether new sessions are taken. Exits 0 if the answer is yes, 1 if it is no or there is none.`,
		Flags:       []cli.Flag{&cli.BoolFlag{Name: "ready", Usage: "ask whether new sessions are taken"}, configFlag()},
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
			said, err := askHealth(c.Context, config.Admin.Listen, path)
			if err == nil {
				fmt.Fprintln(c.App.Writer, said)
			}
			return err
		},
	}
}

const healthTimeout = 5 * time.Second

// askHealth returns what the answer says; an error, where it is no.
func askHealth(ctx context.Context, listen, path string) (string, error) {
	ctx, stop := context.WithTimeout(ctx, healthTimeout)
	defer stop()
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", err // validated
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	// It is this machine's own process, which is told nothing: whose certificate it has does not matter.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	status, said, err := get(ctx, client, "http://"+net.JoinHostPort(host, port)+path)
	if err == nil && status == http.StatusBadRequest { // as a server that speaks TLS answers
		status, said, err = get(ctx, client, "https://"+net.JoinHostPort(host, port)+path)
	}
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, said)
	}
	return said, err
}

func get(ctx context.Context, client *http.Client, url string) (status int, said string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	return res.StatusCode, strings.TrimSpace(string(text)), err
}
