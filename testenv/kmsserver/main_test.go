package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/legatics/pgseal/testenv/certs"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestRunPrintsKeyAndAddressAndEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"-listen", "127.0.0.1:0"}, write, io.Discard) }()
	lines := make([]byte, 512)
	var text string
	for !strings.Contains(text, "ready ") || !strings.HasSuffix(text, "\n") {
		n, err := read.Read(lines)
		if err != nil {
			t.Fatal(err)
		}
		text += string(lines[:n])
	}
	key, ready, _ := strings.Cut(text, "\n")
	if !strings.HasPrefix(key, "key arn:aws:kms:eu-central-1:111122223333:key/") {
		t.Errorf("printed %q", text)
	}
	url := strings.TrimSpace(strings.TrimPrefix(ready, "ready "))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	resp, err := client.Post(url+"/_control/counts", "application/json", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("control interface answers %s", resp.Status)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Production asks a KMS over https alone.
func TestRunWithCertificate(t *testing.T) {
	authority, err := certs.NewAuthority("test")
	if err != nil {
		t.Fatal(err)
	}
	pair, err := authority.Issue("kms", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	cert, key := filepath.Join(t.TempDir(), "cert"), filepath.Join(t.TempDir(), "key")
	if err := errors.Join(os.WriteFile(cert, []byte(pair.Certificate), 0o600), os.WriteFile(key, []byte(pair.Key), 0o600)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-listen", "127.0.0.1:0", "-cert", cert, "-cert-key", key}, write, io.Discard)
	}()
	var url string
	for lines := bufio.NewScanner(read); url == "" && lines.Scan(); {
		url, _ = strings.CutPrefix(lines.Text(), "ready ")
		if !strings.HasPrefix(url, "https://") {
			url = ""
		}
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM([]byte(authority.PEM))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: trusted}}, Timeout: 5 * time.Second}
	resp, err := client.Post(url+"/_control/counts", "application/json", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := run(context.Background(), []string{"-cert", cert}, io.Discard, io.Discard); err == nil {
		t.Error("a certificate without its key was taken")
	}
}

func TestRunRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, args := range [][]string{{"-nonsense"}, {"surplus"}} {
		if err := run(context.Background(), args, io.Discard, io.Discard); !errors.Is(err, errUsage) {
			t.Errorf("%q: %v", args, err)
		}
	}
	var help bytes.Buffer
	if err := run(context.Background(), []string{"-h"}, io.Discard, &help); err != nil || !strings.Contains(help.String(), "-listen") {
		t.Errorf("-h: %v\n%s", err, help.String())
	}
	if err := run(context.Background(), []string{"-listen", "nowhere:x"}, io.Discard, io.Discard); err == nil || errors.Is(err, errUsage) {
		t.Errorf("an address that cannot be listened on: %v", err)
	}
}
