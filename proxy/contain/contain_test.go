package contain_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy/contain"
)

// fails panics with the value that it was given: in what it says, and in the words of its arguments.
//
//go:noinline
func fails(value string, id [2]uint64) {
	if id[0] != 0 {
		panic(errors.New("cannot deal with " + value))
	}
}

const word = 0xC0DEC0DEC0DEC0DE

func wantPlaceAlone(t *testing.T, log string) {
	t.Helper()
	for _, want := range []string{"contain_test.fails", "contain_test.go:", "*errors.errorString"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not say %s: %s", want, log)
		}
	}
	for _, secret := range []string{"Confidential", "c0dec0de", "C0DEC0DE"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %s: %s", secret, log)
		}
	}
}

func TestLog(t *testing.T) {
	var out bytes.Buffer
	func() {
		defer func() { contain.Log(slog.New(slog.NewTextHandler(&out, nil)), "panicked", recover()) }()
		fails("Confidential", [2]uint64{word, word})
	}()
	wantPlaceAlone(t, out.String())
}

// A handler that panics costs its own request: nothing of it reaches net/http's log or the client.
func TestHandler(t *testing.T) {
	var out, own bytes.Buffer
	mux := http.NewServeMux()
	mux.HandleFunc("/bad", func(http.ResponseWriter, *http.Request) { fails("Confidential", [2]uint64{word, word}) })
	mux.HandleFunc("/begun", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("half an answer"))
		fails("Confidential", [2]uint64{word, word})
	})
	mux.HandleFunc("/gone", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/good", func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewUnstartedServer(contain.Handler(slog.New(slog.NewTextHandler(&out, nil)), mux))
	server.Config.ErrorLog = slog.NewLogLogger(slog.NewTextHandler(&own, nil), slog.LevelError)
	server.Start()
	for path, want := range map[string]int{"/bad": 500, "/good": 200} {
		answer, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		var body bytes.Buffer
		if _, err := body.ReadFrom(answer.Body); err != nil || answer.StatusCode != want || strings.Contains(body.String(), "Confidential") {
			t.Errorf("%s: %s, %s, %v", path, answer.Status, body.String(), err)
		}
		_ = answer.Body.Close()
	}
	for _, path := range []string{"/gone", "/begun"} {
		answer, err := http.Get(server.URL + path)
		if err == nil {
			_, err = io.ReadAll(answer.Body)
			_ = answer.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: a broken answer passed for a whole one", path)
		}
	}
	server.Close()
	wantPlaceAlone(t, out.String())
	if own.Len() > 0 {
		t.Errorf("net/http says: %s", own.String())
	}
}
