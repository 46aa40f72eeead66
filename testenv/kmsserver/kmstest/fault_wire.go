package kmstest

import (
	"net"
	"net/http"
	"strconv"
	"time"
)

// reset closes the connection under w with a TCP reset.
func reset(w http.ResponseWriter) {
	conn := takeOver(w)
	if conn == nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// takeOver takes the connection under w away from the HTTP server; nil if that cannot be.
func takeOver(w http.ResponseWriter) net.Conn {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		return nil
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		return nil
	}
	return conn
}

// halfHead sends the beginning of a header and then waits until the client or the server has gone.
func (s *Server) halfHead(w http.ResponseWriter) {
	conn := takeOver(w)
	if conn == nil {
		return
	}
	defer conn.Close()
	_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Ty"))
	gone := make(chan struct{})
	go func() { // a connection taken over tells nobody when its client goes
		defer close(gone)
		_, _ = conn.Read(make([]byte, 1))
	}()
	select {
	case <-gone:
	case <-s.closing:
		_ = conn.Close()
		<-gone
	}
}

// damage sends an answer in the way of a fault that is about its body.
func (s *Server) damage(w http.ResponseWriter, r *http.Request, kind FaultKind, status int, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	whole := http.NewResponseController(w)
	if kind == Trickle {
		for i := range body {
			_, _ = w.Write(body[i : i+1])
			if whole.Flush() != nil || !s.pause(r, 100*time.Millisecond) {
				return
			}
		}
		return
	}
	_, _ = w.Write(body[:len(body)/2])
	_ = whole.Flush()
	if kind == HalfBody {
		s.pause(r, 0)
	} // else the handler comes back too early, for which net/http closes the connection
}

// flood sends an endless string of JSON until the client or the server has gone.
func (s *Server) flood(r *http.Request, w http.ResponseWriter) {
	chunk := make([]byte, 64<<10)
	for i := range chunk {
		chunk[i] = 'A'
	}
	if _, err := w.Write([]byte(`{"Plaintext":"`)); err != nil {
		return
	}
	for r.Context().Err() == nil {
		select {
		case <-s.closing:
			return
		default:
		}
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}
