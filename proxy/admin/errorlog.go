package admin

import (
	"bytes"
	"log"
	"log/slog"
)

// errorLog is where net/http writes: what is wrong here goes on to the log. That somebody's TLS handshake has failed does not: whoever connects can bring it about
// without end.
type errorLog struct{ to *slog.Logger }

func newErrorLog(to *slog.Logger) *log.Logger { return log.New(errorLog{to}, "", 0) }

// Write takes one line.
func (e errorLog) Write(line []byte) (int, error) {
	if e.to != nil && !bytes.HasPrefix(line, []byte("http: TLS handshake error")) {
		e.to.Error("admin: " + string(bytes.TrimSpace(line)))
	}
	return len(line), nil
}
