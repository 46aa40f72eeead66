package proxy

import (
	"bytes"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Log-ins that need a server of another kind than the tests have: what passes is the same bytes, in either direction, however many rounds it takes.
func TestTokensPass(t *testing.T) {
	token := bytes.Repeat([]byte("\x00token\xff"), 1000) // tickets and cloud tokens are long
	request := func(kind byte, more []byte) []byte {
		return message('R', append([]byte{0, 0, 0, kind}, more...))
	}
	for name, rounds := range map[string][][]byte{
		"GSSAPI":                 {request(7, nil), request(8, token), request(8, token)},
		"SSPI":                   {request(9, nil), request(8, token)},
		"OAUTHBEARER":            {request(10, []byte("OAUTHBEARER\x00\x00"))},
		"OAUTHBEARER, no token":  {request(10, []byte("OAUTHBEARER\x00\x00")), request(11, token)},
		"a password of LDAP":     {request(3, nil)},
		"something yet to come":  {request(99, token), request(100, nil)},
		"SCRAM of a longer kind": {request(10, []byte("SCRAM-SHA-512\x00\x00")), request(11, token), request(11, nil)},
	} {
		t.Run(name, func(t *testing.T) {
			s := startLoggingIn(t)
			for _, r := range rounds {
				go s.server.write(r)
				if got := s.client.want("R")[0]; !bytes.Equal(got, r[5:]) {
					t.Errorf("%q, want %q", got, r[5:])
				}
				go s.client.write(message('p', token))
				if got := s.server.want("p")[0]; !bytes.Equal(got, token) {
					t.Errorf("%d bytes of a token of %d", len(got), len(token))
				}
			}
			go s.server.send(&pgproto3.AuthenticationOk{}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
			s.client.want("RZ")
		})
	}
}

func message(typ byte, body []byte) []byte {
	n := len(body) + 4
	return append([]byte{typ, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, body...)
}
