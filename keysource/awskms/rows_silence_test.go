package awskms_test

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// elsewhere: the driver is pointed at something else than the server, which may count what it sees.
func elsewhere(open func(*testing.T) (endpoint string, seen func() string)) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) { st.options.Endpoint, st.seen = open(t) }
}

// unseen is for what nobody can count.
func unseen(open func(*testing.T) string) func(*testing.T) (string, func() string) {
	return func(t *testing.T) (string, func() string) { return open(t), func() string { return "-" } }
}

func overHTTP(do func(net.Conn)) func(*testing.T) (string, func() string) {
	return func(t *testing.T) (string, func() string) {
		address, seen := counted(t, do)
		return "http://" + address, seen
	}
}

func overTLS(do func(net.Conn)) func(*testing.T) (string, func() string) {
	return func(t *testing.T) (string, func() string) {
		address, seen := counted(t, do)
		return "https://" + address, seen
	}
}

// counted is accepting, with a count of the connections.
func counted(t *testing.T, do func(net.Conn)) (address string, seen func() string) {
	var n atomic.Int64
	address = accepting(t, func(c net.Conn) {
		n.Add(1)
		do(c)
	})
	return address, func() string { return fmt.Sprintf("connections %d", n.Load()) }
}

func saysNothing(net.Conn) {}

// misbehaving: Decrypt meets the fault.
func misbehaving(f kmstest.Fault) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		f.Operation = "Decrypt"
		st.fault(t, f)
	}
}

// silenceRows: no answer, or not all of it.
func silenceRows() section {
	const out = keysource.KMSUnreachable
	silent := func(name, asked string, sdk int, after time.Duration, arrange func(*testing.T, *stage)) row {
		return row{name: name, from: network, asked: asked, sdk: sdk, kind: out, within: outageLimit, after: after, arrange: arrange}
	}
	return section{"KMS does not answer", "Without limits of its own the SDK waits 93 s for an unanswered SYN, 32 s for a silent TLS server, and for a silent HTTP server or half a body for ever.", []row{
		silent("the connection is refused", "-", 0, 0, elsewhere(unseen(refused))),
		silent("the host has no address", "-", 0, 0, elsewhere(unseen(func(*testing.T) string { return "https://kms.invalid" }))),
		silent("the SYN is not answered", "-", 0, 400*time.Millisecond, elsewhere(unseen(unansweredSYN))),
		silent("TLS is not answered", "connections 2", 0, 400*time.Millisecond, elsewhere(overTLS(saysNothing))),
		silent("HTTP is not answered", "connections 2", 0, 700*time.Millisecond, elsewhere(overHTTP(saysNothing))),
		silent("the connection is closed at once", "connections 2", 0, 0, elsewhere(overHTTP(func(c net.Conn) { _ = c.Close() }))),
		silent("the connection is reset", "Decrypt 2", 3, 0, misbehaving(kmstest.Fault{Kind: kmstest.Drop})),
		silent("the request is read and never answered", "Decrypt 2", 0, 700*time.Millisecond, misbehaving(kmstest.Fault{Kind: kmstest.Hang})),
		silent("half a header", "Decrypt 2", 0, 700*time.Millisecond, misbehaving(kmstest.Fault{Kind: kmstest.HalfHead})),
		silent("half a body, then nothing", "Decrypt 2", 0, 700*time.Millisecond, misbehaving(kmstest.Fault{Kind: kmstest.HalfBody})),
		silent("half a body, then the end of the connection", "Decrypt 2", 1, 0, misbehaving(kmstest.Fault{Kind: kmstest.CutBody})),
		silent("a body of which a byte comes every 100 ms", "Decrypt 2", 0, 700*time.Millisecond, misbehaving(kmstest.Fault{Kind: kmstest.Trickle})),
		silent("an answer after 4 seconds", "Decrypt 2", 0, 700*time.Millisecond, misbehaving(kmstest.Fault{Kind: kmstest.Latency, Delay: 4 * time.Second})),
	}}
}

// nonsenseRows: something answers, but not as KMS does.
func nonsenseRows() section {
	page := func(status int) func(*testing.T, *stage) {
		return misbehaving(kmstest.Fault{Kind: kmstest.Garbage, Status: status})
	}
	strange := func(name, asked string, arrange func(*testing.T, *stage)) row {
		return row{name: name, from: network, asked: asked, kind: keysource.KMSUnreachable, arrange: arrange}
	}
	return section{"Something else answers", "A web page of a proxy, a firewall or a guest network is not KMS: whatever its status, it is no denial.", []row{
		strange("a web page with status 200", "Decrypt 1", page(200)),
		strange("a web page with status 403", "Decrypt 1", page(403)),
		strange("a web page with status 404", "Decrypt 1", page(404)),
		strange("a web page with status 407", "Decrypt 1", page(407)),
		strange("a web page with status 429", "Decrypt 1", page(429)),
		strange("a web page with status 502", "Decrypt 2", page(502)),
		strange("a web page with status 503", "Decrypt 2", page(503)),
		strange("success, with nothing in it", "Decrypt 1", misbehaving(kmstest.Fault{Kind: kmstest.Empty})),
		strange("a body without end", "Decrypt 1", misbehaving(kmstest.Fault{Kind: kmstest.Endless})),
		strange("a redirect to another host, which is not followed", "Decrypt 1, elsewhere 0", redirected),
		strange("a redirect to itself, which is not followed", "Decrypt 1", misbehaving(kmstest.Fault{Kind: kmstest.Redirect, Location: "/"})),
		strange("a protocol that is not HTTP", "connections 2", elsewhere(overHTTP(func(c net.Conn) {
			_, _ = c.Write([]byte("SSH-2.0-OpenSSH_9.6\r\n\r\n"))
		}))),
		strange("a certificate that nobody trusts", "-", elsewhere(untrusted)),
		{name: "the right answer as another type of content", from: inSDK, asked: "Decrypt 1", arrange: asContent("text/html")},
	}}
}

// redirected: to a server that must never see the signed request.
func redirected(t *testing.T, st *stage) {
	other := startKMS(t)
	misbehaving(kmstest.Fault{Kind: kmstest.Redirect, Status: http.StatusFound, Location: other.URL()})(t, st) // which net/http would follow
	st.seen = func() string {
		return inWords(st.server.Counts()) + fmt.Sprintf(", elsewhere %d", other.Count("unknown")+len(other.Calls()))
	}
}

func untrusted(t *testing.T) (string, func() string) {
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshakes that are to fail
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL, func() string { return "-" }
}

// asContent: the server's answers say that they are something else.
func asContent(kind string) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		target, err := url.Parse(st.server.URL())
		must(t, err)
		proxy := httputil.NewSingleHostReverseProxy(target) // keeps the Host header, which is signed
		transport := &http.Transport{}
		t.Cleanup(transport.CloseIdleConnections)
		proxy.Transport = transport
		proxy.ModifyResponse = func(r *http.Response) error {
			r.Header.Set("Content-Type", kind)
			return nil
		}
		front := httptest.NewServer(proxy)
		t.Cleanup(front.Close)
		st.options.Endpoint = front.URL
	}
}
