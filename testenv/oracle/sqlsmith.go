package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"regexp"
)

// smith has sqlsmith make queries of its own kind over the protected schema, through pgseal. What they return is not compared; nothing may crash, and
// every session is in step.
func (w *world) smith(ctx context.Context, seed uint64, queries int, out io.Writer) error {
	path, err := exec.LookPath("sqlsmith")
	if err != nil {
		return fmt.Errorf("sqlsmith is not installed (Debian: sqlsmith): %w", err)
	}
	host, port, err := net.SplitHostPort(w.pgseal.Address())
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, "--exclude-catalog", "--verbose", fmt.Sprintf("--seed=%d", seed), fmt.Sprintf("--max-queries=%d", queries),
		fmt.Sprintf("--target=host=%s port=%s user=postgres dbname=%s sslmode=disable", host, port, database))
	said, err := cmd.CombinedOutput()
	fmt.Fprintf(out, "sqlsmith, seed %d: %d queries\n%s\n", seed, queries, tail(said, 1500))
	if err != nil {
		return fmt.Errorf("sqlsmith: %w", err)
	}
	return nil
}

func tail(b []byte, n int) []byte { return bytes.TrimSpace(b[max(0, len(b)-n):]) }

var desyncs = regexp.MustCompile(`(?m)^pgseal_protocol_desync_total(?:\{[^}]*\})? (\S+)$`)

// inStep asks pgseal whether any answer did not fit what was asked.
func (w *world) inStep(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+w.pgseal.AdminAddress()+"/metrics", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	m := desyncs.FindSubmatch(body)
	if m == nil {
		return errors.New("pgseal does not tell of sessions out of step")
	}
	if string(m[1]) != "0" {
		return fmt.Errorf("%s sessions were out of step", m[1])
	}
	return nil
}
