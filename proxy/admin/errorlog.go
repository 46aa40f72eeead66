package admin

import (
	"bytes"
	"log"
	"log/slog"
	"sync"
	"time"
)

// errorLog is where net/http writes: what is wrong here goes on to the log, ten lines a minute. What whoever connects can bring about without end does not, like a TLS
// handshake or an HTTP/2 connection that fails.
type errorLog struct {
	to  *slog.Logger
	now func() time.Time

	mu    sync.Mutex
	since time.Time
	lines int
}

const linesOfMinute = 10

func newErrorLog(to *slog.Logger, now func() time.Time) *log.Logger {
	return log.New(&errorLog{to: to, now: now}, "", 0)
}

// Write takes one line.
func (e *errorLog) Write(line []byte) (int, error) {
	if e.to == nil || ofStrangers(line) {
		return len(line), nil
	}
	tell, held := e.count()
	if held > 0 {
		e.to.Error("admin: there was more than is told one by one", "lines", held)
	}
	if tell {
		e.to.Error("admin: " + string(bytes.TrimSpace(line)))
	}
	return len(line), nil
}

// count tells whether a line is written, and how many of a minute that is over were not.
func (e *errorLog) count() (tell bool, held int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if now := e.now(); now.Sub(e.since) >= time.Minute || now.Before(e.since) {
		held = max(0, e.lines-linesOfMinute)
		e.since, e.lines = now, 0
	}
	e.lines++
	return e.lines <= linesOfMinute, held
}

// ofStrangers tells of a line that anybody can bring about.
func ofStrangers(line []byte) bool {
	for _, begin := range []string{"http: TLS handshake error", "http2: ", "timeout waiting for"} {
		if bytes.HasPrefix(line, []byte(begin)) {
			return !bytes.HasPrefix(line, []byte("http2: panic"))
		}
	}
	return false
}
