package awskms_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

// An answer that comes in two pieces is as good as one that comes in one, and its connection serves the next request. Before requests were sent in one
// piece one in twenty failed here.
func TestAnswerInTwoPieces(t *testing.T) {
	t.Parallel()
	st := newStage(t)
	st.options.Timeouts = patient()
	st.options.Timeouts.Attempts = 1
	var connections atomic.Int64
	st.options.Endpoint = inTwoPieces(t, st, &connections)
	w := st.driver()
	for range 200 {
		if err := unwrap(w, st.spec, st.wrapped); err != nil {
			t.Fatal(err)
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections for requests one after the other", n)
	}
}

// inTwoPieces stands before the server and makes a pause in the middle of each answer.
func inTwoPieces(t *testing.T, st *stage, connections *atomic.Int64) (endpoint string) {
	client := ownClient(t, 10*time.Second)
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		forward, err := http.NewRequestWithContext(r.Context(), r.Method, st.server.URL()+r.URL.Path, r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		forward.Header, forward.Host, forward.ContentLength = r.Header, r.Host, r.ContentLength
		resp, err := client.Do(forward)
		if err != nil {
			t.Error(err)
			return
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(resp.StatusCode)
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		time.Sleep(3 * time.Millisecond)
		_, _ = w.Write(body[len(body)/2:])
	}))
	front.Config.ConnState = countNew(connections)
	front.Start()
	t.Cleanup(front.Close)
	return front.URL
}

func countNew(n *atomic.Int64) func(net.Conn, http.ConnState) {
	return func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			n.Add(1)
		}
	}
}
