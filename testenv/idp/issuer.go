package idp

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Fault is what the issuer does wrong.
type Fault string

// The faults.
const (
	None          Fault = ""
	WrongNonce    Fault = "wrong nonce"
	NoNonce       Fault = "no nonce"
	WrongAudience Fault = "wrong audience"
	WrongIssuer   Fault = "wrong issuer"
	Expired       Fault = "expired"
	AlgNone       Fault = "alg none"
	AlgHMAC       Fault = "signed with the client's secret"
	ForeignKey    Fault = "signed with a key that is not the issuer's"
	Altered       Fault = "claims altered after signing"
	NoToken       Fault = "no ID token"
	Failing       Fault = "the token endpoint fails"
	Denying       Fault = "the user is refused"
	Down          Fault = "no discovery"
	Silent        Fault = "no answer to discovery until it is told otherwise"
)

// Options are what the issuer knows of its one client.
type Options struct {
	ClientID, ClientSecret, RedirectURL string
	EllipticCurve                       bool // ES256 instead of RS256
}

// Issuer is a running issuer.
type Issuer struct {
	options  Options
	server   *http.Server
	listener net.Listener
	done     chan error

	mu     sync.Mutex
	key    signingKey
	keys   int // made so far
	claims map[string]any
	fault  Fault
	spoken chan struct{} // closed when Silent ends
	codes  map[string]code
	found  int // times that discovery was asked
}

// code is an authorization that was not redeemed yet.
type code struct{ challenge, nonce string }

// Start starts an issuer on a free port of this machine. The caller closes it.
func Start(o Options) (*Issuer, error) {
	i := &Issuer{options: o, codes: map[string]code{}, done: make(chan error, 1)}
	if err := i.ChangeKey(); err != nil {
		return nil, err
	}
	var err error
	if i.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", i.discovery)
	mux.HandleFunc("GET /keys", i.jwks)
	mux.HandleFunc("GET /authorize", i.authorize)
	mux.HandleFunc("POST /token", i.token)
	i.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { i.done <- i.server.Serve(i.listener) }()
	return i, nil
}

// URL is the issuer's name and address.
func (i *Issuer) URL() string { return "http://" + i.listener.Addr().String() }

// Close stops it.
func (i *Issuer) Close() {
	_ = i.server.Close()
	<-i.done
}

// SetClaims says who comes next.
func (i *Issuer) SetClaims(c map[string]any) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.claims = maps.Clone(c)
}

// Misbehave has the issuer do something wrong from now on; None ends it.
func (i *Issuer) Misbehave(f Fault) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.fault = f; i.spoken != nil {
		close(i.spoken)
		i.spoken = nil
	}
	if f == Silent {
		i.spoken = make(chan struct{})
	}
}

// Discovered is how often somebody has asked what the issuer offers.
func (i *Issuer) Discovered() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.found
}

func (i *Issuer) discovery(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.found++
	for i.fault == Silent {
		spoken := i.spoken
		i.mu.Unlock()
		select {
		case <-spoken:
		case <-r.Context().Done():
		}
		i.mu.Lock()
		if r.Context().Err() != nil {
			return
		}
	}
	if i.fault == Down {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	answer(w, map[string]any{"issuer": i.URL(), "authorization_endpoint": i.URL() + "/authorize", "token_endpoint": i.URL() + "/token", "jwks_uri": i.URL() + "/keys",
		"end_session_endpoint": i.URL() + "/end", "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256", "ES256", "HS256", "none"}})
}

// authorize sends whoever comes back with a code at once.
func (i *Issuer) authorize(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	q := r.URL.Query()
	for key, want := range map[string]string{"client_id": i.options.ClientID, "redirect_uri": i.options.RedirectURL, "response_type": "code", "code_challenge_method": "S256"} {
		if q.Get(key) != want {
			http.Error(w, fmt.Sprintf("%s is %q, not %q", key, q.Get(key), want), http.StatusBadRequest)
			return
		}
	}
	if q.Get("state") == "" || q.Get("nonce") == "" || q.Get("code_challenge") == "" {
		http.Error(w, "state, nonce or code_challenge is missing", http.StatusBadRequest)
		return
	}
	back := url.Values{"state": {q.Get("state")}}
	if i.fault == Denying {
		back.Set("error", "access_denied")
	} else {
		c := fmt.Sprintf("code-%d-%d", len(i.codes), time.Now().UnixNano())
		i.codes[c] = code{q.Get("code_challenge"), q.Get("nonce")}
		back.Set("code", c)
	}
	http.Redirect(w, r, i.options.RedirectURL+"?"+back.Encode(), http.StatusFound)
}

// token redeems a code, once, for whoever has the verifier and the client's secret.
func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	id, secret, ok := r.BasicAuth()
	if !ok {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	c, known := i.codes[r.PostFormValue("code")]
	delete(i.codes, r.PostFormValue("code"))
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	switch {
	case i.fault == Failing:
		http.Error(w, `{"error": "server_error"}`, http.StatusInternalServerError)
		return
	case id != i.options.ClientID || subtle.ConstantTimeCompare([]byte(secret), []byte(i.options.ClientSecret)) != 1:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"error": "invalid_client"}`))
		return
	case !known || base64.RawURLEncoding.EncodeToString(sum[:]) != c.challenge || r.PostFormValue("redirect_uri") != i.options.RedirectURL:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error": "invalid_grant"}`))
		return
	}
	says := map[string]any{"access_token": "unused", "token_type": "Bearer", "expires_in": 300}
	if i.fault != NoToken {
		says["id_token"] = i.idToken(c.nonce)
	}
	answer(w, says)
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
