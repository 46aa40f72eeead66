// Package contain keeps a panic to what it happened in, and what it says out of the log.
//
// What a panic says may hold a value, and so may the words of arguments that a stack trace of Go's shows (a uuid is two of them). What is logged is the
// panic's type and the places in the code.
package contain

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
)

// Log logs what recover has returned. It is to be called by the deferred function that has called recover.
func Log(log *slog.Logger, message string, panicked any) {
	log.Error(message, "type", fmt.Sprintf("%T", panicked), "places", places())
}

// maxPlaces is how deep a stack is shown.
const maxPlaces = 64

// places is the stack of whoever has panicked: functions and lines, without their arguments.
func places() string {
	var pcs [maxPlaces]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])]) // behind Callers, places and Log
	var b strings.Builder
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") {
			fmt.Fprintf(&b, "%s %s:%d; ", f.Function, f.File, f.Line)
		}
		if !more {
			return strings.TrimSuffix(b.String(), "; ")
		}
	}
}

// Handler answers 500 where next panics; an answer that has begun is broken off, so that nobody takes it for a whole one. net/http would print what the
// panic says.
func Handler(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(under http.ResponseWriter, r *http.Request) {
		w := &answer{ResponseWriter: under}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler { // of which net/http says nothing
				panic(p)
			}
			Log(log, "a request of the admin side panicked", p)
			if w.begun {
				panic(http.ErrAbortHandler)
			}
			http.Error(w, "internal error in pgseal", http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}

// answer knows whether it has begun.
type answer struct {
	http.ResponseWriter
	begun bool
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	a.begun = a.begun || status >= http.StatusOK
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(p []byte) (int, error) {
	a.begun = true
	return a.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
