package wire

import (
	"encoding/binary"
	"io"
)

// Writer gathers messages for one side until Flush. It is used by one goroutine: there is one writer to a socket.
// After an error every later call returns it.
type Writer struct {
	dst io.Writer
	buf []byte
	err error
}

const writeBuffer = 32 << 10 // bytes gathered before they are written without being asked

// NewWriter returns a writer to dst.
func NewWriter(dst io.Writer) *Writer { return &Writer{dst: dst} }

// Buffered returns the number of bytes not yet flushed.
func (w *Writer) Buffered() int { return len(w.buf) }

// Write appends whole messages as they are. It keeps no reference to b.
func (w *Writer) Write(b []byte) error { return w.write(b) }

func (w *Writer) write(b []byte) error {
	if w.err != nil {
		return w.err
	}
	if len(w.buf)+len(b) > writeBuffer && len(w.buf) > 0 {
		if err := w.Flush(); err != nil {
			return err
		}
	}
	if len(b) >= writeBuffer {
		_, w.err = w.dst.Write(b)
		return w.err
	}
	w.buf = append(w.buf, b...)
	return nil
}

// Flush writes what has been gathered.
func (w *Writer) Flush() error {
	if w.err == nil && len(w.buf) > 0 {
		_, w.err = w.dst.Write(w.buf)
		w.buf = w.buf[:0]
	}
	return w.err
}

// Begin appends the header of a message to dst and returns the extended slice and the offset that Finish needs.
func Begin(dst []byte, typ byte) (out []byte, at int) {
	return append(dst, typ, 0, 0, 0, 0), len(dst) + 1
}

// Finish sets the length of the message begun at offset at.
func Finish(dst []byte, at int) []byte {
	binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at))
	return dst
}
