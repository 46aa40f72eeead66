package decode

import (
	"bufio"
	"bytes"
	"io"
	"testing"

	"github.com/jackc/pgproto3/v2"
)

// wireBytes is a message given by its type and body, with the right length.
func wireBytes(kind byte, body string) []byte {
	n := len(body) + 4
	return append([]byte{kind, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, body...)
}

var messages = []struct {
	name string
	raw  []byte
	want string // part of the error, "" for none
}{
	{"ready", wireBytes('Z', "I"), ""},
	{"row", wireBytes('D', "\x00\x02\x00\x00\x00\x01x\xff\xff\xff\xff"), ""},
	{"error", wireBytes('E', "SERROR\x00VERROR\x00C22012\x00Mdivision by zero\x00\x00"), ""},
	{"error with its fields in another order", wireBytes('E', "Mdivision by zero\x00C22012\x00VERROR\x00SFEHLER\x00\x00"), ""},
	{"protocol negotiated down", wireBytes('v', "\x00\x03\x00\x00\x00\x00\x00\x00"), ""},

	{"unknown type", wireBytes('!', ""), "unknown message type"},
	{"ready with more", wireBytes('Z', "IT"), "does not decode"},
	{"row with a byte too many", wireBytes('D', "\x00\x01\x00\x00\x00\x01xy"), "more or other bytes"},
	{"row with a byte too few", wireBytes('D', "\x00\x01\x00\x00\x00\x02x"), "does not decode"},
	{"row with a hostile length", wireBytes('D', "\x00\x01\xff\xff\xff\xfe"), "does not decode"},
	{"description with more", wireBytes('T', "\x00\x00\x00"), "more or other bytes"},
	{"tag with two ends", wireBytes('C', "SELECT 1\x00\x00"), "does not decode"},
	{"parse complete with a body", wireBytes('1', "x"), "does not decode"},
	{"error without its end", wireBytes('E', "SERROR\x00VERROR\x00C22012\x00Mx\x00"), "does not decode"},
	{"error with more after its end", wireBytes('E', "SERROR\x00VERROR\x00C22012\x00Mx\x00\x00\x00"), "after the fields"},
	{"error with a field twice", wireBytes('E', "SERROR\x00VERROR\x00C22012\x00Mx\x00My\x00\x00"), "comes twice"},
	{"error without SQLSTATE", wireBytes('E', "SERROR\x00VERROR\x00Mx\x00\x00"), "SQLSTATE"},
	{"error with a short SQLSTATE", wireBytes('E', "SERROR\x00VERROR\x00CKU1\x00Mx\x00\x00"), "SQLSTATE"},
	{"error without a severity for programs", wireBytes('E', "SERROR\x00C22012\x00Mx\x00\x00"), "without severity"},
	{"notice without a message", wireBytes('N', "SNOTICE\x00VNOTICE\x00C00000\x00\x00"), "message"},
}

func TestServerMessages(t *testing.T) {
	for _, m := range messages {
		t.Run(m.name, func(t *testing.T) {
			_, err := decodeServer(frame{kind: m.raw[0], raw: m.raw})
			if !matches(err, m.want) {
				t.Errorf("got %v, want an error with %q", err, m.want)
			}
		})
	}
}

func TestFrames(t *testing.T) {
	for _, c := range []struct {
		name, stream, want string
	}{
		{"end between messages", "", "EOF"},
		{"end in the length", "Z\x00\x00", "unexpected EOF"},
		{"end in the body", "Z\x00\x00\x00\x05", "unexpected EOF"},
		{"negative length", "Z\xff\xff\xff\xff", "length -1"},
		{"length below its own", "Z\x00\x00\x00\x03", "length 3"},
		{"length over the limit", "Z\x7f\xff\xff\xff", "length 2147483647"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := readFrame(bufio.NewReader(bytes.NewBufferString(c.stream))); !matches(err, c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

// FuzzServerMessage: whatever a server sends is cut, decoded and judged
// without a panic, and what decodes is the whole message.
func FuzzServerMessage(f *testing.F) {
	for _, m := range messages {
		f.Add(m.raw)
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		r := bufio.NewReader(bytes.NewReader(stream))
		s := newSequence()
		s.startup = startup{authenticated: true, keyed: true, done: true}
		for i := 0; ; i++ {
			message, err := readFrame(r)
			if err != nil {
				return
			}
			if i%3 == 0 {
				s.ask(spoken("Q"))
			}
			m, err := decodeServer(message)
			if err != nil {
				return
			}
			if err := s.answer(m); err != nil {
				return
			}
		}
	})
}

// TestClientMessages: what is kept of the client's messages.
func TestClientMessages(t *testing.T) {
	bind := &pgproto3.Bind{DestinationPortal: "p", PreparedStatement: "s", ResultFormatCodes: []int16{1}}
	describe := &pgproto3.Describe{ObjectType: 'P', Name: "p"}
	for _, m := range []pgproto3.FrontendMessage{bind, describe, &pgproto3.Execute{Portal: "p"}} {
		raw, err := m.Encode(nil)
		if err != nil {
			t.Fatal(err)
		}
		f, err := readFrame(bufio.NewReader(io.MultiReader(bytes.NewReader(raw[:3]), bytes.NewReader(raw[3:]))))
		if err != nil {
			t.Fatal(err)
		}
		r, err := decodeClient(f)
		if err != nil || r.name != "p" {
			t.Errorf("%T: %+v, %v", m, r, err)
		}
		if r.kind == 'B' && (r.statement != "s" || len(r.formats) != 1) {
			t.Errorf("Bind: %+v", r)
		}
	}
	if _, err := decodeClient(frame{kind: 'B', raw: wireBytes('B', "p\x00s\x00\x00\x05")}); err == nil {
		t.Error("a Bind cut short is taken")
	}
}
