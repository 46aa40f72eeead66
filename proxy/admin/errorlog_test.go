package admin

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// TestErrorLog: what a stranger can bring about without end is not logged; what is wrong here is, ten lines a minute.
func TestErrorLog(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(1_700_000_000, 0)
	l := newErrorLog(slog.New(slog.NewTextHandler(&out, nil)), func() time.Time { return now })
	for range 1000 {
		l.Print("http: TLS handshake error from 192.0.2.1:4711: EOF")
		l.Print(`http2: server: error reading preface from client 192.0.2.1:4711: bogus greeting "GET /"`)
		l.Print("http2: server connection error from 192.0.2.1:4711: connection error: PROTOCOL_ERROR")
		l.Print("timeout waiting for SETTINGS frames from 192.0.2.1:4711")
	}
	if s := out.String(); s != "" {
		t.Errorf("logged: %.300s", s)
	}
	l.Print("http: panic serving 192.0.2.1:4711: boom")
	l.Print("http2: panic serving 192.0.2.1:4711: bang")
	for range 100 {
		l.Print("http: Accept error: too many open files; retrying in 5ms")
	}
	if s := out.String(); !strings.Contains(s, "boom") || !strings.Contains(s, "bang") || strings.Count(s, "\n") != 10 {
		t.Errorf("logged: %s", s)
	}
	out.Reset()
	now = now.Add(time.Minute)
	l.Print("http: Accept error: once more")
	if s := out.String(); !strings.Contains(s, "lines=92") || !strings.Contains(s, "once more") {
		t.Errorf("logged when the minute is over: %s", s)
	}
	newErrorLog(nil, time.Now).Print("http: panic serving 192.0.2.1:4711: boom")
}
