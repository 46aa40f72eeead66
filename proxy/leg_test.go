package proxy

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	mathrand "math/rand/v2"
	"net"
	"testing"
	"time"
)

// A read that is interrupted by its deadline, in the middle of a TLS record or of its header, is taken up again and loses nothing: crypto/tls
// keeps what it has of a record. The network gives one byte at a time, and the deadline falls all the time.
func TestInterruptedTLSRead(t *testing.T) {
	for name, version := range map[string]uint16{"TLS 1.2": tls.VersionTLS12, "TLS 1.3": tls.VersionTLS13} {
		t.Run(name, func(t *testing.T) { testInterruptedTLSRead(t, version) })
	}
}

func testInterruptedTLSRead(t *testing.T, version uint16) {
	const size = 60_000
	sent := make([]byte, size)
	_, _ = rand.Read(sent)
	ours, theirs := socketPair(t)
	reading := tls.Server(&oneByteConn{Conn: ours}, &tls.Config{Certificates: []tls.Certificate{selfSigned(t)}})
	writing := tls.Client(theirs, &tls.Config{InsecureSkipVerify: true, MinVersion: version, MaxVersion: version})
	written := make(chan error, 1)
	go func() {
		var err error
		for rest := sent; len(rest) > 0 && err == nil; {
			n := min(len(rest), 1+mathrand.IntN(5000))
			_, err = writing.Write(rest[:n])
			rest = rest[n:]
			time.Sleep(time.Millisecond) // so that reads wait at the borders of records too
		}
		written <- err
	}()
	wakes, stop, stopped := 0, make(chan struct{}), make(chan struct{})
	if err := reading.Handshake(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Microsecond):
				_ = reading.SetReadDeadline(time.Unix(1, 0))
			}
		}
	}()
	l := &leg{src: reading, flush: func() error { return nil }, woken: func() error {
		wakes++
		return reading.SetReadDeadline(time.Time{})
	}}
	got := make([]byte, size)
	_, err := io.ReadFull(l, got)
	close(stop)
	<-stopped
	if writeErr := <-written; err != nil || writeErr != nil || !bytes.Equal(got, sent) {
		t.Fatalf("%v, %v; the bytes are the same: %v", err, writeErr, bytes.Equal(got, sent))
	}
	if wakes < 20 {
		t.Errorf("only %d reads were interrupted", wakes)
	}
	// What was read under interruptions does not keep the connection from being written to.
	_ = reading.SetReadDeadline(time.Time{})
	go func() { _, _ = reading.Write([]byte("answer")) }()
	answer := make([]byte, 6)
	if _, err := io.ReadFull(writing, answer); err != nil || string(answer) != "answer" {
		t.Errorf("%q, %v", answer, err)
	}
}

// oneByteConn gives what it reads byte by byte.
type oneByteConn struct{ net.Conn }

func (c *oneByteConn) Read(b []byte) (int, error) { return c.Conn.Read(b[:min(1, len(b))]) }

func socketPair(t *testing.T) (a, b net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if a, err = net.Dial("tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if b, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = a.Close(), b.Close() })
	return a, b
}

func selfSigned(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
