package decode

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
)

// maxRecord bounds what a session keeps of each direction for Carried.
const maxRecord = 64 << 20

// remembered is how many messages a violation is reported with.
const remembered = 30

// session is one connection through the Relay: two pumps and the sequence that
// they share.
type session struct {
	client, server net.Conn
	violation      func(error)

	mu        sync.Mutex
	seq       *sequence
	blind     bool // a violation was found, or TLS: only the bytes are passed on
	leaving   bool // the client has ended the conversation
	messages  int
	last      []string // the latest messages, ">" of the client, "<" of the server
	sent, got bytes.Buffer
}

func newSession(client, server net.Conn, violation func(error)) *session {
	return &session{client: client, server: server, violation: violation, seq: newSequence()}
}

// run passes bytes until both sides have ended.
func (s *session) run() {
	toServer := bufio.NewReaderSize(io.TeeReader(s.client, record{s, &s.sent}), 64<<10)
	toClient := bufio.NewReaderSize(io.TeeReader(s.server, record{s, &s.got}), 64<<10)
	defer s.close()
	if !s.open(toServer, toClient) {
		return
	}
	var pumps sync.WaitGroup
	pumps.Add(1)
	go func() {
		defer pumps.Done()
		s.pump(toServer, s.server, s.ask) // however it ends, the client has gone
		s.leave()
		s.server.(*net.TCPConn).CloseWrite()
	}()
	s.end(s.pump(toClient, s.client, s.answer))
	s.close() // wakes the other pump
	pumps.Wait()
}

func (s *session) close() {
	s.client.Close()
	s.server.Close()
}

// open passes on the messages before a connection's messages have types, and
// reports whether a conversation follows.
func (s *session) open(toServer, toClient *bufio.Reader) bool {
	for {
		first, err := readFirst(toServer)
		if err != nil {
			return false
		}
		if _, err := s.server.Write(first.raw); err != nil {
			return false
		}
		switch binary.BigEndian.Uint32(first.body()) {
		case codeCancel:
			io.Copy(io.Discard, toClient) // the server answers by closing
			return false
		case codeTLS, codeGSS:
			reply, err := toClient.ReadByte()
			if err != nil {
				return false
			}
			if _, err := s.client.Write([]byte{reply}); err != nil {
				return false
			}
			if reply != 'N' {
				s.report(fmt.Errorf("the server answered %q to a request for encryption, which the relay cannot follow", reply))
				return true
			}
		default:
			return true
		}
	}
}

// pump passes messages from r to w until r ends, and returns why it did (nil:
// between two messages); note is told of each message before it is passed.
func (s *session) pump(r *bufio.Reader, w net.Conn, note func(frame)) error {
	out := bufio.NewWriterSize(w, 64<<10)
	for !s.isBlind() {
		f, err := readFrame(r)
		if err != nil {
			out.Write(f.raw)
			out.Flush()
			io.Copy(w, r)
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		note(f)
		if _, err := out.Write(f.raw); err != nil {
			return nil
		}
		if r.Buffered() == 0 {
			if out.Flush() != nil {
				return nil
			}
		}
	}
	out.Flush()
	io.Copy(w, r)
	return nil
}

// ask notes a message of the client.
func (s *session) ask(f frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remember('>', f)
	if s.blind {
		return
	}
	s.leaving = s.leaving || f.kind == 'X'
	r, err := decodeClient(f)
	if err == nil {
		err = s.seq.ask(r)
	}
	s.reportLocked(err)
}

// answer judges a message of the server.
func (s *session) answer(f frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remember('<', f)
	if s.blind {
		return
	}
	m, err := decodeServer(f)
	if err == nil {
		err = s.seq.answer(m)
	}
	if err == nil {
		s.messages++
	}
	s.reportLocked(err)
}

// leave notes that the client's side has ended.
func (s *session) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leaving = true
}

// end judges the end of the server's side, if the client has not gone first
// and the session was not closed here. err is what the stream ended in.
func (s *session) end(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.leaving || errors.Is(err, net.ErrClosed) {
		return
	}
	if err == nil {
		err = s.seq.ended()
	}
	s.reportLocked(err)
}

func (s *session) report(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reportLocked(err)
}

// reportLocked reports the first violation of a session; what follows from it
// would only be noise.
func (s *session) reportLocked(err error) {
	if err == nil || s.blind {
		return
	}
	s.blind = true
	s.violation(fmt.Errorf("%w\n\tlatest messages: %s", err, strings.Join(s.last, " ")))
}

func (s *session) isBlind() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.blind
}

// remember keeps the type of a message, never its content.
func (s *session) remember(direction byte, f frame) {
	if len(s.last) == remembered {
		s.last = append(s.last[:0], s.last[1:]...)
	}
	s.last = append(s.last, fmt.Sprintf("%c%c(%d)", direction, f.kind, len(f.raw)))
}

func (s *session) decoded() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.messages
}

func (s *session) carried(piece []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Contains(s.sent.Bytes(), piece) || bytes.Contains(s.got.Bytes(), piece)
}

// record keeps what is read of one direction.
type record struct {
	s  *session
	to *bytes.Buffer
}

func (r record) Write(p []byte) (int, error) {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if room := maxRecord - r.to.Len(); room > 0 {
		r.to.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}
