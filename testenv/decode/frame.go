package decode

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// maxFrame bounds what is read into memory for one message.
const maxFrame = 64 << 20

// The codes that a connection's first message carries in place of a version.
const (
	codeCancel = 80877102
	codeTLS    = 80877103
	codeGSS    = 80877104
)

// frame is one message as it lay on the wire.
type frame struct {
	kind byte   // the type byte, 0 for a connection's first message, which has none
	raw  []byte // the whole message, header included
}

// body is the message without type byte and length.
func (f frame) body() []byte {
	if f.kind == 0 {
		return f.raw[4:]
	}
	return f.raw[5:]
}

// readFrame reads a message that begins with a type byte. io.EOF means that
// the stream ended between two messages.
func readFrame(r *bufio.Reader) (frame, error) {
	kind, err := r.ReadByte()
	if err != nil {
		return frame{}, err
	}
	raw, err := readBody(r, []byte{kind})
	return frame{kind: kind, raw: raw}, err
}

// readFirst reads the message that opens a connection.
func readFirst(r *bufio.Reader) (frame, error) {
	if _, err := r.Peek(1); err != nil {
		return frame{}, err
	}
	raw, err := readBody(r, nil)
	if err == nil && len(raw) < 8 {
		err = fmt.Errorf("first message of %d bytes", len(raw))
	}
	return frame{raw: raw}, err
}

// readBody appends a length and as many bytes as it says to raw.
func readBody(r *bufio.Reader, raw []byte) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return raw, truncated(err)
	}
	n := int32(binary.BigEndian.Uint32(length[:]))
	if n < 4 || n > maxFrame {
		return raw, fmt.Errorf("message of type %q with length %d", raw, n)
	}
	raw = append(raw, length[:]...)
	start := len(raw)
	raw = append(raw, make([]byte, n-4)...)
	if _, err := io.ReadFull(r, raw[start:]); err != nil {
		return raw[:start], truncated(err)
	}
	return raw, nil
}

func truncated(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
