package admin

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// TestErrorLog: what a stranger can bring about without end is not logged; what is wrong here is.
func TestErrorLog(t *testing.T) {
	var out bytes.Buffer
	l := newErrorLog(slog.New(slog.NewTextHandler(&out, nil)))
	l.Print("http: TLS handshake error from 192.0.2.1:4711: EOF")
	l.Print("http: panic serving 192.0.2.1:4711: boom")
	if s := out.String(); strings.Contains(s, "handshake") || !strings.Contains(s, "boom") {
		t.Errorf("logged: %s", s)
	}
	newErrorLog(nil).Print("http: panic serving 192.0.2.1:4711: boom")
}
