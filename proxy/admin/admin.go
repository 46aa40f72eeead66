package admin

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/legatics/pgseal/proxy/contain"
)

// Config is what a Server is made of.
type Config struct {
	// Ready returns nil while new sessions are taken, else the reason in one sentence.
	Ready func(context.Context) error
	// Metrics is what /metrics shows.
	Metrics prometheus.Gatherer
	// Internal stands before the metrics, which name tenants; nil: nothing does.
	Internal func(http.Handler) http.Handler
	// Pages answers everything else: the page and the API, behind what says who may. nil: there is nothing else.
	Pages http.Handler
	// TLS is what connections are secured by; nil: they are not.
	TLS *tls.Config
	// Log has what goes wrong in the server itself, and requests that panic; nil: nobody is told.
	Log *slog.Logger
}

// ReadyTimeout is how long Ready may take.
const ReadyTimeout = 2 * time.Second

const (
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second // of a whole request
	writeTimeout  = 2 * time.Minute  // of a whole answer, from the end of the request's head: a client that does not take it holds nothing for longer
	idleTimeout   = 60 * time.Second
)

// Server serves health and metrics.
type Server struct {
	http *http.Server
	tls  *tls.Config
}

// New returns a server. Serve starts it.
func New(c Config) *Server {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /live", func(w http.ResponseWriter, _ *http.Request) { answer(w, nil) })
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, r *http.Request) {
		ctx, stop := context.WithTimeout(r.Context(), ReadyTimeout)
		defer stop()
		answer(w, c.Ready(ctx))
	})
	metrics := promhttp.HandlerFor(c.Metrics, promhttp.HandlerOpts{MaxRequestsInFlight: maxMetrics})
	if c.Internal != nil {
		metrics = c.Internal(metrics)
	}
	mux.Handle("GET /metrics", metrics)
	if c.Pages != nil {
		mux.Handle("/", within(writeTimeout, c.Pages))
	}
	return &Server{tls: c.TLS, http: &http.Server{Handler: contain.Handler(c.Log, mux), ReadTimeout: readTimeout, ReadHeaderTimeout: headerTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, HTTP2: streams(), ConnState: watch, ErrorLog: newErrorLog(c.Log, time.Now)}}
}

// maxMetrics is how many answers of /metrics there are at a time: each is held whole until it is taken.
const maxMetrics = 32

// within ends what is done for a request when it could not be answered any more: who still waits for it keeps nothing occupied, as a connection to the database.
func within(d time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, stop := context.WithTimeout(r.Context(), d)
		defer stop()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// What one connection may have this program hold.
const (
	maxHeader  = 16 << 10 // bytes of a request's head
	maxStreams = 16       // requests under way, where it is HTTP/2
	maxUnread  = 64 << 10 // bytes of their bodies that nobody has read yet
)

// streams keeps what strangers hold here by HTTP/2 to what they could hold by a few times as many connections of HTTP/1. By itself Go takes 250 requests of each, and
// a megabyte of each of them.
func streams() *http.HTTP2Config {
	return &http.HTTP2Config{MaxConcurrentStreams: maxStreams, MaxReadFrameSize: 16 << 10, MaxReceiveBufferPerConnection: maxUnread, MaxReceiveBufferPerStream: maxUnread}
}

// PidHeader is the header of /live and /ready that says which process has answered: several may share an address.
const PidHeader = "Pgseal-Pid"

func answer(w http.ResponseWriter, err error) {
	w.Header().Set(PidHeader, strconv.Itoa(os.Getpid()))
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(err.Error() + "\n"))
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// Serve answers requests on the listener, which it takes over, until Close.
func (s *Server) Serve(listener net.Listener) error {
	listener = newBounded(listener)
	if s.tls != nil {
		listener = tls.NewListener(listener, s.tls)
	}
	if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Close stops the server; requests under way are given until ctx is done.
func (s *Server) Close(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	return err
}
