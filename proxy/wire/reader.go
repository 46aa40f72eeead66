package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// HeaderSize is the size of a message's type and length in bytes.
const HeaderSize = 5

// MaxMessage is the largest message (type, length and body, in bytes) that is let through at all: the server's own
// limit for an allocation, 1 GiB, and its header.
const MaxMessage = 1<<30 + HeaderSize

const (
	initialBuffer = 8 << 10  // bytes; enough for the traffic of small statements
	streamBuffer  = 64 << 10 // bytes; taken once a peer fills the initial one
)

var (
	// ErrLength says that a message's length is impossible.
	ErrLength = errors.New("wire: impossible message length")
	// ErrTooLarge says that a message is over the limit for messages that are held in memory.
	ErrTooLarge = errors.New("wire: message too large to be held in memory")
)

// Reader reads messages from one side. It is used by one goroutine.
type Reader struct {
	src        io.Reader
	buf        []byte
	start, end int // unread bytes are buf[start:end]

	typ       byte
	size      int  // of the current message, header included; 0: none
	remaining int  // bytes of the current message not yet consumed from the stream
	held      bool // the current message was handed out whole by Body
	filled    bool // the last read took all the room there was: the peer has more than the buffer holds
	torn      bool // the current message was forwarded in part
}

// NewReader returns a reader of src. Its buffer is made at the first read.
func NewReader(src io.Reader) *Reader { return &Reader{src: src} }

// Buffered returns how many bytes lie in the buffer behind the current message. Zero means that the next call of
// Next will have to wait for the peer, so that everything written to the other side should be flushed first.
func (r *Reader) Buffered() int {
	return r.end - r.start - min(r.remaining, r.end-r.start)
}

// Next ends the current message, waits for the next one and returns its type and its size in bytes, header included.
// An error of the source (a deadline, say) leaves the stream where it was, so that Next can be called again.
// io.EOF is returned only between messages, io.ErrUnexpectedEOF inside one.
func (r *Reader) Next() (typ byte, size int, err error) {
	if r.held {
		r.consume(r.remaining)
		r.held = false
	}
	if r.remaining > 0 {
		if err := r.Discard(); err != nil {
			return 0, 0, err
		}
	}
	r.rewind()
	if err := r.need(HeaderSize); err != nil {
		return 0, 0, err
	}
	length := int32(binary.BigEndian.Uint32(r.buf[r.start+1:]))
	if length < 4 || int64(length)+1 > MaxMessage {
		return 0, 0, fmt.Errorf("%w: %d bytes in a message of type %q", ErrLength, length, r.buf[r.start])
	}
	r.typ, r.size = r.buf[r.start], int(length)+1
	r.remaining = r.size
	return r.typ, r.size, nil
}

// Prefix returns up to n bytes of the current message's body (fewer only where the body is shorter) without
// consuming it. n is bounded by the reader's buffer.
func (r *Reader) Prefix(n int) ([]byte, error) {
	n = min(HeaderSize+n, r.size, initialBuffer)
	if err := r.need(n); err != nil {
		return nil, unexpected(err)
	}
	return r.buf[r.start+HeaderSize : r.start+n], nil
}

// Body brings the whole message into memory and returns its body. limit is in bytes of the whole message; a larger one is
// ErrTooLarge and stays where it is, to be discarded or forwarded.
func (r *Reader) Body(limit int) ([]byte, error) {
	if r.size > limit {
		return nil, ErrTooLarge
	}
	if err := r.need(r.size); err != nil {
		return nil, unexpected(err)
	}
	r.held = true
	return r.buf[r.start+HeaderSize : r.start+r.size], nil
}

// Forward writes the current message to w as it is. A message larger than the buffer streams through it.
func (r *Reader) Forward(w *Writer) error {
	err := r.drain(func(b []byte) error { r.torn = true; return w.write(b) })
	r.torn = r.torn && r.remaining > 0
	return err
}

// ForwardRun is Forward of the current message and, where it lies whole in the buffer, of those of its type that do so right behind it: of rows, a
// buffer full at once.
func (r *Reader) ForwardRun(w *Writer) error {
	if r.remaining < r.size || r.end-r.start < r.size {
		return r.Forward(w)
	}
	end := r.start + r.size
	for r.end-end >= HeaderSize && r.buf[end] == r.typ {
		length := int32(binary.BigEndian.Uint32(r.buf[end+1:]))
		if length < 4 || int(length) >= r.end-end {
			break // Next says what is wrong with it, or waits for the rest
		}
		end += 1 + int(length)
	}
	run := r.buf[r.start:end]
	r.held, r.start, r.remaining = false, end, 0
	return w.write(run)
}

// Each gives the current message's body to sink in pieces, as they arrive, in constant memory. A piece is valid until sink returns.
func (r *Reader) Each(sink func(piece []byte) error) error {
	if err := r.need(HeaderSize); err != nil {
		return unexpected(err)
	}
	r.consume(HeaderSize)
	return r.drain(sink)
}

// Torn tells that Forward has failed in the middle of a message: nothing may be written behind what the other side has of it.
func (r *Reader) Torn() bool { return r.torn }

// Discard throws the current message away.
func (r *Reader) Discard() error {
	return r.drain(func([]byte) error { return nil })
}

func (r *Reader) drain(sink func([]byte) error) error {
	r.held = false
	for r.remaining > 0 {
		if r.start == r.end {
			r.rewind()
			if err := r.need(1); err != nil {
				return unexpected(err)
			}
		}
		n := min(r.remaining, r.end-r.start)
		if err := sink(r.buf[r.start : r.start+n]); err != nil {
			return err
		}
		r.consume(n)
	}
	return nil
}

func (r *Reader) consume(n int) {
	r.start += n
	r.remaining -= n
}

// rewind makes the whole of an empty buffer free to be read into, and gives a peer that fills it a larger one.
func (r *Reader) rewind() {
	if r.start < r.end {
		return
	}
	r.start, r.end = 0, 0
	if r.filled && len(r.buf) < streamBuffer {
		r.buf = make([]byte, streamBuffer)
	}
}

// need makes n unread bytes available in the buffer.
func (r *Reader) need(n int) error {
	for r.end-r.start < n {
		r.makeRoom(n)
		m, err := r.src.Read(r.buf[r.end:])
		r.end += m
		r.filled = r.end == len(r.buf)
		if m == 0 && err != nil {
			if errors.Is(err, io.EOF) && r.end > r.start {
				return io.ErrUnexpectedEOF
			}
			return err
		}
	}
	return nil
}

// makeRoom lets at least one more byte be read. It grows the buffer towards n bytes only as they arrive, so that a
// peer that merely announces a large message does not make us allocate it.
func (r *Reader) makeRoom(n int) {
	if r.buf == nil {
		r.buf = make([]byte, initialBuffer)
	}
	if r.start > 0 && r.start+n > len(r.buf) {
		r.end = copy(r.buf, r.buf[r.start:r.end])
		r.start = 0
	}
	if r.end == len(r.buf) {
		grown := make([]byte, min(2*len(r.buf), max(n, streamBuffer)))
		r.end = copy(grown, r.buf[r.start:r.end])
		r.buf, r.start = grown, 0
	}
}

// Shrink gives a large buffer back when nothing lies in it. It is called between statements.
func (r *Reader) Shrink() {
	if r.start == r.end && r.remaining == 0 && len(r.buf) > streamBuffer {
		r.buf, r.start, r.end = nil, 0, 0
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
