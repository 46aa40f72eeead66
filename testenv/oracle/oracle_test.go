package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// TestShort plays some rounds with seeds that are always the same: make oracle draws others.
func TestShort(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a minute of random statements: run without -short")
	}
	var out bytes.Buffer
	err := run(t.Context(), []string{"-seed", "1", "-statements", "4000"}, &out)
	t.Log(out.String())
	if err != nil {
		t.Error(err)
	}
}

// TestPlaces: answers are told apart by the message that they belong to, behind errors too.
func TestPlaces(t *testing.T) {
	messages := []pgproto3.FrontendMessage{
		&pgproto3.Query{String: "a; b"}, &pgproto3.Parse{}, &pgproto3.Describe{ObjectType: 'S'}, &pgproto3.Bind{}, &pgproto3.Execute{}, &pgproto3.Parse{}, &pgproto3.Bind{},
		&pgproto3.Sync{}, &pgproto3.Close{}, &pgproto3.Sync{}, &pgproto3.Query{String: "c"},
	}
	var answers []answer
	for _, typ := range []byte("TDDCCZ1tT2DE" + "Z3Z" + "EZ") {
		answers = append(answers, answer{typ: typ})
	}
	var got strings.Builder
	for _, p := range places(messages, answers) {
		got.WriteByte("0123456789a"[p.message])
		got.WriteByte("0123456789"[p.nth])
		got.WriteByte(' ')
	}
	if want := "00 00 00 00 01 02 10 20 20 30 40 40 70 80 90 a0 a0 "; got.String() != want {
		t.Errorf("\n%s\n%s", got.String(), want)
	}
}

// TestRefusalsAreReplaced: the plain database is asked for what fails at the same place.
func TestRefusalsAreReplaced(t *testing.T) {
	u := &unit{parts: []string{"a", "b"}}
	u.add(&pgproto3.Query{String: "a; b"}, &pgproto3.Parse{Query: "c"}, &pgproto3.Bind{}, &pgproto3.Sync{})
	messages, n := natively(u, []answer{{typ: 'C'}, {typ: 'E', code: "KP001"}, {typ: 'Z'}, {typ: 'E', code: "KP002"}, {typ: 'Z'}})
	if n != 2 || messages[0].(*pgproto3.Query).String != "a; SELECT 1/0" || messages[1].(*pgproto3.Parse).Query != failing || len(messages) != 4 {
		t.Errorf("%d %+v", n, messages)
	}
	messages, n = natively(u, []answer{{typ: 'E', code: "23505"}, {typ: 'Z'}, {typ: '1'}, {typ: '2'}, {typ: 'Z'}})
	if n != 0 || messages[1].(*pgproto3.Parse).Query != "c" {
		t.Errorf("%d %+v", n, messages)
	}
}

// TestSeesDifferences: rows in another order are the same only where the statement leaves it open; another status never is.
func TestSeesDifferences(t *testing.T) {
	answers := func(rows, status string) (out []answer) {
		for _, r := range rows {
			out = append(out, answer{typ: 'D', body: []byte(string(r))})
		}
		return append(out, answer{typ: 'C', body: []byte("SELECT")}, answer{typ: 'Z', body: []byte(status)})
	}
	for _, c := range []struct {
		a, b, status string
		ordered      bool
		same         bool
	}{{"123", "321", "I", false, true}, {"123", "321", "I", true, false}, {"123", "1233", "I", false, false}, {"12", "12", "E", true, false}, {"12", "12", "I", true, true}} {
		u := &unit{}
		u.query(&statement{ordered: c.ordered})
		want, got := trace(u, u.messages, answers(c.a, "I")), trace(u, u.messages, answers(c.b, c.status))
		if same := strings.Join(want, "\n") == strings.Join(got, "\n"); same != c.same {
			t.Errorf("%+v: %q %q", c, want, got)
		}
	}
}

// TestSeesLeaks: values of sealed columns are found in what SQL writes, and nothing else is taken for one.
func TestSeesLeaks(t *testing.T) {
	for text, leaks := range map[string]bool{
		"LOG: statement: SELECT 'zq7734! alpha'": true, "VALUES (773400011)": true, "VALUES (773400021.50)": true, "'2877-03-04'": true, `'\x7a7137373334210a'`: true,
		"'7a713737-3334-2100-8000-00000000000A'": true, "id = 7734": false, "'pgs1_zq7734zq7734'": false, "773400010123": false, "'\\x02773400011ab'": false,
	} {
		if err := leaked("", strings.NewReader("x\n"+text)); (err != nil) != leaks {
			t.Errorf("%q: %v", text, err)
		}
	}
}
