package proxy

import (
	"errors"
	"io"
	"os"
	"sync/atomic"
)

// leg is one side's connection as the pump sees it that reads it. Before a read that may have to wait, what lies in the pump's writer is sent. A
// read that the other pump interrupts, by the read deadline, is taken up again, wherever in a message it was.
type leg struct {
	src   io.Reader
	count *atomic.Int64 // of bytes; may be nil
	flush func() error
	woken func() error // nil: go on reading
}

func (l *leg) Read(b []byte) (int, error) {
	for {
		if err := l.flush(); err != nil {
			return 0, err
		}
		n, err := l.src.Read(b)
		if l.count != nil {
			l.count.Add(int64(n))
		}
		if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			return n, err
		}
		if err := l.woken(); err != nil {
			return 0, err
		}
	}
}
