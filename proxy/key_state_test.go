package proxy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
)

const showKeyState = "SHOW pgseal.key_state"

// TestKeyState: an application can ask before it fails, in every mode of the protocol, and in prepared statements that were made while the state was another.
func TestKeyState(t *testing.T) {
	s := startSafe(t)
	for _, mode := range queryModes {
		t.Run(mode.String(), func(t *testing.T) {
			conn := s.connect(t)
			for _, gone := range []error{nil, denied, nil} {
				s.keys.withdraw(gone)
				want := "[available no]"
				if gone != nil {
					want = "[withdrawn KU001 key_access_denied yes]"
				}
				rows, err := conn.Query(t.Context(), showKeyState, mode)
				if err != nil {
					t.Fatal(err)
				}
				var names []string
				for _, f := range rows.FieldDescriptions() {
					names = append(names, f.Name)
				}
				got, err := pgx.CollectExactlyOneRow(rows, pgx.RowToMap)
				if err != nil {
					t.Fatal(err)
				}
				values := []any{got["key_state"]}
				if got["cause"] != nil {
					values = append(values, got["cause"])
				}
				if told := fmt.Sprint(append(values, got["retryable"])); told != want {
					t.Errorf("%s, want %s", told, want)
				}
				if fmt.Sprint(names) != "[key_state since cause retryable]" {
					t.Errorf("columns %v", names)
				}
			}
		})
	}
}

// TestKeyStateInOrder: the answer comes in its place, and a failed transaction stays failed.
func TestKeyStateInOrder(t *testing.T) {
	s := startTwo(t)
	w := s.hijack(t)
	show, key := func() *pgproto3.Query { return &pgproto3.Query{String: showKeyState} }, parse("key", showKeyState)
	expect(t, "unknown SELECT 1 I", w.exchange(t, show()))
	expect(t, "unknown SELECT 1 SET available SELECT 1 1 SELECT 1 I", w.exchange(t, key, bind("key"), execute, parse("", "SET pgseal.tenant = 'acme'"), bind(""), execute, bind("key"), execute,
		parse("", "SELECT 1"), bind(""), execute, &pgproto3.Sync{}))
	expect(t, "BEGIN SET T", w.exchange(t, &pgproto3.Query{String: "BEGIN; SET LOCAL pgseal.tenant = 'nobody'"}))
	expect(t, "unknown SELECT 1 T", w.exchange(t, show()))
	expect(t, "22012 E", w.exchange(t, &pgproto3.Query{String: "SELECT 1/0"}))
	expect(t, "25P02 E", w.exchange(t, show()))
	expect(t, "25P02 E", w.exchange(t, bind("key"), execute, &pgproto3.Sync{}))
	expect(t, "ROLLBACK I", w.exchange(t, &pgproto3.Query{String: "ROLLBACK"}))
	expect(t, "08P01 I", w.exchange(t, bind("key", "x"), execute, &pgproto3.Sync{}))
	expect(t, "available SELECT 1 I", w.exchange(t, bind("key"), execute, &pgproto3.Sync{}))
	w.Send(&pgproto3.Describe{ObjectType: 'S', Name: "key"})
	w.Send(&pgproto3.Sync{})
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	m, err := w.Receive()
	if d, ok := m.(*pgproto3.ParameterDescription); err != nil || !ok || len(d.ParameterOIDs) != 0 {
		t.Errorf("%+v, %v", m, err)
	}
	m, err = w.Receive()
	if d, ok := m.(*pgproto3.RowDescription); err != nil || !ok || len(d.Fields) != 4 || string(d.Fields[0].Name) != "key_state" {
		t.Errorf("%+v, %v", m, err)
	}
	if rest := w.exchange(t, show()); !strings.HasSuffix(rest, "I") {
		t.Error(rest)
	}
}
