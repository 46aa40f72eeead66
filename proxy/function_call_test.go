package proxy_test

import (
	"encoding/binary"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Client libraries reach large objects by FunctionCall, which names functions by OID: the server's own that neither read nor write its files pass,
// whatever else there is does not.
func TestFunctionCall(t *testing.T) {
	s := startSafe(t)
	rows, err := cluster.Conn(t, s.name, "").Query(t.Context(), `
		SELECT oid, proname IN ('lo_create','lo_open','lo_close','loread','lowrite','lo_lseek','lo_lseek64','lo_creat','lo_tell','lo_tell64','lo_unlink',
			'lo_truncate','lo_truncate64')
		FROM pg_proc WHERE proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite', 'pi', 'query_to_xml')`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	c := s.dial(t)
	passed := 0
	for rows.Next() {
		var oid uint32
		var passes bool
		if err := rows.Scan(&oid, &passes); err != nil {
			t.Fatal(err)
		}
		want := "KP001 I"
		if passes {
			want = "08P01 I" // of the server: no arguments were given
			passed++
		}
		expect(t, want, c.answers(t, 1, &pgproto3.FunctionCall{Function: oid}))
	}
	if err := rows.Err(); err != nil || passed != 13 {
		t.Errorf("%d functions, %v", passed, err)
	}
	create := &pgproto3.FunctionCall{Function: 957, ArgFormatCodes: []uint16{1}, Arguments: [][]byte{binary.BigEndian.AppendUint32(nil, 0x60000)}, ResultFormatCode: 1}
	expect(t, "V I", c.answers(t, 1, create))
}
