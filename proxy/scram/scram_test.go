package scram

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// The example of RFC 7677, section 3: the client's part.
func TestPublishedExample(t *testing.T) {
	c := &Client{mechanism: SHA256, header: "n,,", nonce: "rOprNGfwEbeRWgbNEkqO"}
	c.UsePassword("pencil")
	c.clientFirst = "n=user,r=" + c.nonce
	final, err := c.Final([]byte("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
	const want = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
	if err != nil || string(final) != want {
		t.Fatalf("%s, %v", final, err)
	}
	if err := c.Verify([]byte("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")); err != nil {
		t.Fatal(err)
	}
}

func verifier(t testing.TB, password string) Verifier {
	t.Helper()
	v, err := NewVerifier(password, []byte("sixteen bytes of"), 4096)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// exchange runs both parts against each other; change may alter each message on its way.
func exchange(c *Client, s *Server, change func(step int, m []byte) []byte) (*Keys, error) {
	mechanism, first := c.First()
	serverFirst, err := s.First(mechanism, change(1, first))
	if err != nil {
		return nil, err
	}
	final, err := c.Final(change(2, serverFirst))
	if err != nil {
		return nil, err
	}
	serverFinal, keys, err := s.Final(change(3, final))
	if err != nil {
		return nil, err
	}
	return keys, c.Verify(change(4, serverFinal))
}

func untouched(_ int, m []byte) []byte { return m }

func client(t testing.TB, offered []string, binding []byte) *Client {
	t.Helper()
	c, err := NewClient(offered, binding)
	if err != nil {
		t.Fatal(err)
	}
	c.UsePassword("pencil")
	return c
}

// The keys that one exchange yields log in to another server with the same verifier, and to no other.
func TestKeysLogInElsewhere(t *testing.T) {
	v := verifier(t, "pencil")
	for _, binding := range [][]byte{nil, []byte("hash of the certificate")} {
		s := NewServer(v, binding)
		keys, err := exchange(client(t, s.Mechanisms(), binding), s, untouched)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range [][]byte{nil, []byte("another certificate")} {
			s := NewServer(v, other)
			c := client(t, s.Mechanisms(), other)
			c.UseKeys(keys)
			if _, err := exchange(c, s, untouched); err != nil {
				t.Error(err)
			}
		}
		changed, _ := NewVerifier("pencil", []byte("another salt"), 4096)
		c := client(t, []string{SHA256}, nil)
		c.UseKeys(keys)
		if _, err := exchange(c, NewServer(changed, nil), untouched); !errors.Is(err, ErrChanged) {
			t.Error(err)
		}
		keys.Wipe()
		c = client(t, []string{SHA256}, nil)
		c.UseKeys(keys)
		if _, err := exchange(c, NewServer(v, nil), untouched); err == nil {
			t.Error("wiped keys log in")
		}
	}
}

func TestWrongPassword(t *testing.T) {
	for name, v := range map[string]Verifier{"another's": verifier(t, "pen"), "a decoy": Decoy([]byte("salt"))} {
		if _, err := exchange(client(t, []string{SHA256}, nil), NewServer(v, nil), untouched); !errors.Is(err, ErrProof) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What somebody in between can change is seen.
func TestChangedOnTheWay(t *testing.T) {
	binding := []byte("hash")
	swap := func(step int, old, new string) func(int, []byte) []byte {
		return func(at int, m []byte) []byte {
			if at != step {
				return m
			}
			return bytes.Replace(m, []byte(old), []byte(new), 1)
		}
	}
	for _, c := range []struct {
		name    string
		offered []string // nil: as the server offers
		client  []byte   // binding
		server  []byte
		change  func(int, []byte) []byte
		want    error
	}{
		{"another certificate", nil, []byte("other"), binding, untouched, ErrBinding},
		{"the offer taken out", []string{SHA256}, binding, binding, untouched, ErrBinding},
		{"no offer, as it is", nil, binding, nil, untouched, nil},
		{"the client knows no binding", nil, nil, binding, untouched, nil},
		{"another header", nil, nil, nil, swap(1, "n,,", "y,,"), ErrBinding},
		{"an identity", nil, nil, nil, swap(1, "n,,", "n,a=x,"), ErrUnsupported},
		{"an extension", nil, nil, nil, swap(1, "n=", "m=x,n="), ErrUnsupported},
		{"another kind", nil, binding, binding, swap(1, endPoint, "tls-unique"), ErrUnsupported},
		{"no binding where it was chosen", nil, binding, binding, swap(1, "p="+endPoint, "n"), ErrMalformed},
		{"a user name", nil, nil, nil, swap(1, "n=,", "n=x,"), ErrProof},
		{"another nonce for the client", nil, nil, nil, swap(2, "r=", "r=x"), ErrMalformed},
		{"another nonce for the server", nil, nil, nil, swap(3, ",r=", ",r=x"), ErrMalformed},
		{"more rounds than is reasonable", nil, nil, nil, swap(2, "i=4096", "i=2000000000"), ErrMalformed},
		{"fewer rounds", nil, nil, nil, swap(2, "i=4096", "i=1"), ErrProof},
		{"no proof", nil, nil, nil, swap(3, ",p=", ",q="), ErrMalformed},
		{"an addition", nil, nil, nil, swap(3, ",p=", ",x=1,p="), ErrProof},
		{"another signature", nil, nil, nil, swap(4, "v=", "v=AAAA"), ErrMalformed},
		{"no nonce", nil, nil, nil, swap(1, "r=", "x="), ErrMalformed},
		{"no first message", nil, nil, nil, func(int, []byte) []byte { return nil }, ErrMalformed},
	} {
		s := NewServer(verifier(t, "pencil"), c.server)
		offered := c.offered
		if offered == nil {
			offered = s.Mechanisms()
		}
		if _, err := exchange(client(t, offered, c.client), s, c.change); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	guessed := mac(make([]byte, 32), "")
	if err := (&Client{}).Verify([]byte("v=" + encoding.EncodeToString(guessed[:]))); err == nil {
		t.Error("a server is believed before it was asked anything")
	}
	if _, err := NewClient([]string{"OAUTHBEARER"}, nil); !errors.Is(err, ErrUnsupported) {
		t.Error(err)
	}
}

func TestParseVerifier(t *testing.T) {
	text := verifier(t, "pencil").Text()
	v, err := ParseVerifier(text)
	if err != nil || v.Text() != text {
		t.Fatal(v.Text(), err)
	}
	for _, bad := range []string{"", "md5d41d8cd98f00b204e9800998ecf8427e", "pencil", text[:len(text)-1], text + "=", strings.Replace(text, "4096", "-1", 1),
		strings.Replace(text, "4096", "+1", 1), strings.Replace(text, "4096", "99999999999", 1), strings.Replace(text, ":", ":\n", 1), strings.Replace(text, "$", "", 1)} {
		if _, err := ParseVerifier(bad); !errors.Is(err, ErrVerifier) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Nothing that prints lets a secret out.
func TestSecretsDoNotPrint(t *testing.T) {
	v := verifier(t, "pencil")
	keys, err := derive("pencil", v.salt, v.iterations)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []any{v, &v, keys, struct{ K *Keys }{keys}, []Verifier{v}} {
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", secret)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "secret", secret)
		inJSON, _ := json.Marshal(secret)
		printed := fmt.Sprintf("%v %+v %#v %s %x %d", secret, secret, secret, secret, secret, secret) + log.String() + string(inJSON)
		for _, leak := range []string{v.Text(), fmt.Sprint(keys.client[:4])[1:10], fmt.Sprintf("%x", keys.client[:4]), fmt.Sprint(v.stored[:4])[1:10], fmt.Sprintf("%x", v.stored[:4]),
			encoding.EncodeToString(v.stored[:])} {
			if strings.Contains(printed, leak) {
				t.Errorf("%T prints %s", secret, printed)
			}
		}
	}
}

func FuzzServer(f *testing.F) {
	f.Add(SHA256, []byte("n,,n=,r=abc"), []byte("c=biws,r=abc,p=AAAA"))
	f.Add(SHA256Plus, []byte("p=tls-server-end-point,,n=,r=abc"), []byte("c=,r=,p="))
	v := verifier(f, "pencil")
	f.Fuzz(func(t *testing.T, mechanism string, first, final []byte) {
		s := NewServer(v, []byte("hash"))
		_, err := s.First(mechanism, first)
		if _, keys, finalErr := s.Final(final); finalErr == nil || keys != nil {
			t.Errorf("let in: %v", err)
		}
	})
}

func FuzzClient(f *testing.F) {
	f.Add([]byte("r=abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1"), []byte("v=AAAA"))
	f.Fuzz(func(t *testing.T, first, final []byte) {
		c, err := NewClient([]string{SHA256}, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.keysFor = func([]byte, int) (*Keys, error) { return &Keys{}, nil }
		_, _ = c.Final(first)
		if c.Verify(final) == nil {
			t.Error("believed")
		}
	})
}

func FuzzVerifier(f *testing.F) {
	f.Add(verifier(f, "pencil").Text())
	f.Fuzz(func(t *testing.T, text string) {
		if v, err := ParseVerifier(text); err == nil && v.Text() != text {
			t.Errorf("%q was read as %q", text, v.Text())
		}
	})
}
