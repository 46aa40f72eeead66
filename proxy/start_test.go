package proxy_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/proxy"
)

// greeting is what a server says to a StartupMessage, up to the first ReadyForQuery or the end; keys and process ids apart.
func greeting(t *testing.T, c net.Conn, packet []byte) (trace []string) {
	t.Helper()
	write(t, c, packet)
	for {
		typ, body, err := readMessage(c)
		if err != nil {
			return append(trace, err.Error())
		}
		if typ == 'K' {
			body = binary.BigEndian.AppendUint32(nil, uint32(len(body)))
		}
		if typ == 'R' {
			body = body[:4] // what follows is drawn by lot
		}
		trace = append(trace, describeMessage(typ, body))
		if typ == 'Z' || typ == 'R' && !bytes.Equal(body, make([]byte, 4)) {
			return trace
		}
	}
}

// What the client says at its start goes to the server as it is, with whatever parameters in whatever form, and so does what the server says: its settings in
// their order, or its own error. Nothing of the proxy's is among it.
func TestStart(t *testing.T) {
	cluster.Exec(t, "postgres", "DROP ROLE IF EXISTS believed; CREATE ROLE believed LOGIN")
	r := &recorder{}
	p := start(t, proxy.Config{PassOthers: true, Dial: r.dial})
	for _, test := range []struct {
		params []string
		want   string // in what the server says
	}{
		{nil, "standard_conforming_strings"},
		{[]string{"application_name", "a name", "extra_float_digits", "2", "client_encoding", "LATIN1"}, "LATIN1"},
		{[]string{"application_name", "one", "application_name", "two"}, "two"},
		{[]string{"options", `-c application_name=with\ a\ blank --DateStyle=German -cTimeZone=Asia/Tokyo`}, "with a blank"},
		{[]string{"search_path", "evil, pg_catalog"}, "server_version"},
		{[]string{"no_such_parameter", "x"}, "42704"},
		{[]string{"options", "-c no_such_parameter=x"}, "42704"},
		{[]string{"options", "-x"}, "42601"},
		{[]string{"database", "no_such_database"}, "3D000"},
		{[]string{"user", "no_such_role"}, "R "},
		{[]string{"replication", "maybe"}, "22023"},
	} {
		packet := startup(3<<16, "believed", test.params...)
		direct, err := net.Dial("tcp", cluster.Address())
		if err != nil {
			t.Fatal(err)
		}
		r.mu.Lock()
		r.sent.Reset()
		r.mu.Unlock()
		want, got := greeting(t, direct, packet), greeting(t, p.socket(t), packet)
		_ = direct.Close()
		if diff := cmp.Diff(want, got); diff != "" || !strings.Contains(strings.Join(want, "\n"), test.want) {
			t.Errorf("%q (- direct, + through the proxy), %s in it\n%s%s", test.params, test.want, diff, fmt.Sprint(want))
		}
		r.mu.Lock()
		if sent := r.sent.Bytes(); !bytes.Equal(sent, packet) {
			t.Errorf("%q: the server was sent %q", test.params, sent)
		}
		r.mu.Unlock()
	}
}
