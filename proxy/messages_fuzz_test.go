package proxy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// FuzzParseMessage: a Parse that is understood holds what was read of it and nothing else.
func FuzzParseMessage(f *testing.F) {
	f.Add([]byte("\x00SELECT 1\x00\x00\x00"))
	f.Add([]byte("name\x00INSERT INTO t VALUES ($1)\x00\x00\x02\x00\x00\x00\x17\x00\x00\x00\x19"))
	f.Add([]byte("\x00\x00\x00\x01\x00\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		name, sql, oids, ok := readParse(body)
		if !ok {
			return
		}
		again := append(append(append(append([]byte(nil), name...), 0), sql...), 0)
		again = binary.BigEndian.AppendUint16(again, uint16(len(oids)))
		for _, oid := range oids {
			again = binary.BigEndian.AppendUint32(again, oid)
		}
		if !bytes.Equal(again, body) {
			t.Fatalf("%q was read as %q", body, again)
		}
	})
}

// FuzzBindMessage: a Bind that is understood holds what was read of it and nothing else, whatever the message before it was.
func FuzzBindMessage(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\x00\x00"), []byte("p\x00s\x00\x00\x01\x00\x01\x00\x02\x00\x00\x00\x01x\xff\xff\xff\xff\x00\x01\x00\x01"))
	f.Add([]byte("p\x00s\x00\x00\x02\x00\x01\x00\x00\x00\x02\x00\x00\x00\x00\xff\xff\xff\xff\x00\x00"), []byte("\x00\x00\x00\x00\xff\xff"))
	f.Add([]byte("\x00\x00\x00\x00\x00\x01\x7f\xff\xff\xff"), []byte("\x00\x00\x00\x00\x00\x01\xff\xff\xff\xfe"))
	f.Fuzz(func(t *testing.T, first, second []byte) {
		var m bindMessage
		for _, body := range [][]byte{first, second} {
			if ok := m.read(body); ok {
				if again := written(&m); !bytes.Equal(again, body) {
					t.Fatalf("%q was read as %q", body, again)
				}
			}
			for i := range m.params {
				m.formats.of(i)
				m.resultFormats.of(i)
			}
			m.forget()
		}
	})
}

// written is the body that says what was read.
func written(m *bindMessage) []byte {
	formats := func(dst []byte, codes formatCodes) []byte {
		return append(binary.BigEndian.AppendUint16(dst, uint16(codes.count())), codes...)
	}
	out := append(append(append(append([]byte(nil), m.portal...), 0), m.statement...), 0)
	out = binary.BigEndian.AppendUint16(formats(out, m.formats), uint16(len(m.params)))
	for _, p := range m.params {
		out = appendField(out, p)
	}
	return formats(out, m.resultFormats)
}

// mute is a key that opens nothing.
type mute struct{ tag crypto.StoreTag }

var errMute = errors.New("it does not open")

func (mute) SealIn([]byte, crypto.Column, crypto.Mode, int, []byte) ([]byte, error) {
	return nil, errMute
}
func (mute) Open([]byte, crypto.Column, []byte) ([]byte, error) { return nil, errMute }
func (mute) Check() error                                       { return nil }
func (m mute) Tag() crypto.StoreTag                             { return m.tag }
func (mute) Release()                                           {}

// FuzzRow: a row of a server that is not to be trusted: with a sealed column, nothing that stands in it reaches the client unopened; without one the row
// is the same bytes.
func FuzzRow(f *testing.F) {
	f.Add([]byte("\x00\x02\x00\x00\x00\x01a\x00\x00\x00\x05hello"), true)
	f.Add([]byte("\x00\x02\xff\xff\xff\xff\x00\x00\x00\x05\\x00ff"), false)
	f.Add([]byte("\x00\x02\xff\xff\xff\xff\xff\xff\xff\xff"), true)
	f.Add([]byte("\x00\x02\x00\x00\x00\x01apgs1_ASgWp90BXs-qD6n1LgDKnYxL5h9lRd"), true)
	f.Fuzz(func(t *testing.T, body []byte, armoured bool) {
		s := &session{server: &Server{counters: &Counters{}}}
		s.settings.Store(&settings{value: value.Settings{}, utf8: true})
		p := &responses{s: s}
		sealed := &plan.Column{Sealed: true, Armoured: armoured, State: plan.StateSealed, Type: value.Type{OID: 25, Typmod: -1}}
		e := &entry{work: &work{key: mute{}}}
		if _, err := p.openRow(body, e, []*plan.Column{nil, sealed}); err == nil {
			first, rest, _ := readField(body[2:])
			second, _, _ := readField(rest)
			if second != nil {
				t.Fatalf("%q passed for a row with a sealed value: %q, %q", body, first, second)
			}
		}
		if _, err := p.openRow(body, e, []*plan.Column{nil, nil}); err == nil && !bytes.HasPrefix(body, p.message[5:]) {
			t.Fatalf("%q became %q", body, p.message[5:])
		}
	})
}

// FuzzDescription: the description of results by a server that is not to be trusted: it fits, or it does not.
func FuzzDescription(f *testing.F) {
	field := "title\x00\x00\x00\x40\x00\x00\x02\x00\x00\x00\x11\xff\xff\xff\xff\xff\xff\x00\x00"
	f.Add([]byte("\x00\x01" + field))
	f.Add([]byte("\x00\x02" + field + field))
	f.Add([]byte("\x00\x00"))
	key := crypto.Column{ID: crypto.NewColumnID("public", "matters", "title"), Family: "text"}
	column := &plan.Column{Sealed: true, State: plan.StateSealed, Relation: 16384, Attnum: 2, Key: key, Type: value.Type{OID: 25, Typmod: -1}}
	relation := &plan.Relation{OID: 16384, Schema: "public", Name: "matters", Kind: 'r', Sealed: true,
		Columns: []plan.Attribute{{Name: "id", Attnum: 1, TypeOID: 20, Typmod: -1}, {Name: "title", Attnum: 2, TypeOID: 17, Typmod: -1, Protected: column}}}
	catalogue := plan.NewCatalogue(1, []*plan.Relation{relation}, nil, nil)
	f.Fuzz(func(t *testing.T, body []byte) {
		p := &responses{}
		for _, outputs := range [][]*plan.Column{nil, {column}, {nil, column}, {plan.Rest}} {
			wide, ok := p.asPlanned(body, outputs, catalogue)
			if ok && outputs != nil && len(wide) != int(binary.BigEndian.Uint16(body)) {
				t.Fatalf("%q: %d outputs", body, len(wide))
			}
		}
	})
}

// FuzzParameterStatus: settings that a server reports; one that says nothing of interest changes nothing.
func FuzzParameterStatus(f *testing.F) {
	for _, seed := range []string{"client_encoding\x00UTF8\x00", "DateStyle\x00ISO, DMY\x00", "TimeZone\x00Europe/Berlin\x00", "server_version\x0018beta1\x00", "application_name\x00x\x00", "TimeZone"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		before := &settings{utf8: true, version: 18}
		if after := before.reported(body); after == nil || after.version < 0 {
			t.Fatalf("%q: %+v", body, after)
		}
	})
}

// FuzzTraceParent: what is taken for a traceparent stands in the text, has its length, and stands behind the beginning of a comment.
func FuzzTraceParent(f *testing.F) {
	f.Add([]byte("SELECT 1 /*traceparent='00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',x='y'*/"))
	f.Add([]byte("SELECT '/*traceparent='' */"))
	f.Fuzz(func(t *testing.T, sql []byte) {
		val := (&Answered{text: sql}).TraceParent()
		if val == "" {
			return
		}
		at := bytes.LastIndex(sql, []byte("traceparent='"+val+"'"))
		if len(val) != traceParentLength || at < 0 || !bytes.Contains(sql[:at], []byte("/*")) {
			t.Fatalf("%q of %q", val, sql)
		}
	})
}
