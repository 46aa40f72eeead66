package value

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// collect lists the elements as EachElement finds them, "NULL" for NULL and quoted otherwise.
func collect(typ Type, array []byte, oid uint32, format int16) (string, error) {
	var list []string
	err := typ.EachElement(array, oid, format, func(elem []byte) error {
		if elem == nil {
			list = append(list, "NULL")
		} else {
			list = append(list, fmt.Sprintf("%q", elem))
		}
		return nil
	})
	return strings.Join(list, " "), err
}

// unnest is the server's view of the same array of text.
func (o *oracle) unnest(array []byte, format int16) (string, string) {
	o.t.Helper()
	r := o.conn.ExecParams(context.Background(), "select v from unnest($1::text[]) v", [][]byte{array}, []uint32{1009}, []int16{format}, []int16{0}).Read()
	if r.Err != nil {
		return "", o.refusal(r.Err).code
	}
	var list []string
	for _, row := range r.Rows {
		if row[0] == nil {
			list = append(list, "NULL")
		} else {
			list = append(list, fmt.Sprintf("%q", row[0]))
		}
	}
	return strings.Join(list, " "), ""
}

func TestArraysMatchServer(t *testing.T) {
	o := newOracle(t)
	text := must("text")
	r := newRandom(21)
	for range 500 {
		elems := make([][]byte, r.IntN(6))
		for i := range elems {
			elems[i] = pick(r, nil, []byte(r.text(8)), []byte(r.mutate(r.text(4))), []byte("NULL"), []byte{})
			if checkText(elems[i]) != nil {
				elems[i] = []byte("x")
			}
		}
		binary := AppendArray(nil, OIDText, elems)
		res := o.conn.ExecParams(context.Background(), "select $1::text[], $1::text[]", [][]byte{binary}, []uint32{1009}, []int16{1}, []int16{0, 1}).Read()
		if res.Err != nil {
			t.Fatalf("the server refuses the array of %q: %v", elems, res.Err)
		}
		if string(res.Rows[0][1]) != string(binary) {
			t.Errorf("array of %q: ours %x, the server's %x", elems, binary, res.Rows[0][1])
		}
		want, _ := o.unnest(binary, formatBinary)
		for format, form := range res.Rows[0] {
			if got, err := collect(text, form, 1009, int16(format)); got != want || err != nil {
				t.Errorf("%q: ours %s (%v), the server's %s", form, got, err, want)
			}
		}
		mutated := []byte(r.mutate(string(res.Rows[0][0])))
		if got, err := collect(text, mutated, 0, formatText); err == nil {
			if want, code := o.unnest(mutated, formatText); code != "" || got != want {
				t.Errorf("%q: ours %s, the server's %s %s", mutated, got, want, code)
			}
		}
	}
}

func TestArrayEdgesMatchServer(t *testing.T) {
	o := newOracle(t)
	for _, in := range []string{"", "{}", " { } ", "{,}", "{a,}", "{,a}", "{a", "a}", "{a}}", "{a}x", "{null,NULL,\"NULL\",nul\\l}", `{"a\"b",a\,b,\ a\ ,  b c  }`, `{""}`, `{a"b"}`, `{"a"b}`, `{"a`, `{a\`, "{\xff}", "{a\x00}", "{é,😀}", "{a b,\tc\n}"} {
		got, err := collect(must("text"), []byte(in), 0, formatText)
		want, code := o.unnest([]byte(in), formatText)
		switch {
		case err != nil && stateOf(t, err) != code:
			t.Errorf("%q: ours %v, the server's %s %s", in, err, want, code)
		case err == nil && (got != want || code != ""):
			t.Errorf("%q: ours %s, the server's %s %s", in, got, want, code)
		}
	}
}

// What is an array for the server, but not a flat one of the column's type, has its own error.
func TestArraysThatAreRefused(t *testing.T) {
	flat := AppendArray(nil, OIDText, [][]byte{[]byte("a"), nil})
	broken := func(at int, b byte) []byte {
		out := append([]byte(nil), flat...)
		out[at] = b
		return out
	}
	for name, c := range map[string]struct {
		array  []byte
		oid    uint32
		format int16
		code   string
	}{
		"two dimensions":        {[]byte("{{a},{b}}"), 0, 0, codeUnsupported},
		"bounds":                {[]byte("[0:1]={a,b}"), 0, 0, codeUnsupported},
		"not an array type":     {flat, OIDInt4, 1, codeMismatch},
		"binary string":         {[]byte("{a}"), OIDText, 1, codeMismatch},
		"elements of int4":      {flat, 1007, 1, codeMismatch},
		"format":                {flat, 1009, 2, codeParameter},
		"two binary dimensions": {broken(3, 2), 1009, 1, codeUnsupported},
		"seven dimensions":      {broken(3, 7), 1009, 1, codeLimit},
		"flags":                 {broken(7, 2), 1009, 1, codeBinary},
		"fewer elements":        {broken(15, 1), 1009, 1, codeBinary},
		"more elements":         {broken(15, 3), 1009, 1, codeProtocol},
		"negative count":        {broken(12, 0xff), 1009, 1, codeLimit},
		"element too long":      {broken(21, 1), 1009, 1, codeBinary},
		"negative length":       {broken(20, 0xfe), 1009, 1, codeBinary},
		"cut header":            {flat[:11], 1009, 1, codeProtocol},
		"cut dimension":         {flat[:19], 1009, 1, codeProtocol},
	} {
		_, err := collect(must("text"), c.array, c.oid, c.format)
		if err == nil || stateOf(t, err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	stop := errors.New("stop")
	if err := must("text").EachElement(flat, 0, 1, func([]byte) error { return stop }); err != stop {
		t.Errorf("the callback's error came back as %v", err)
	}
}

// Elements that f has not copied are gone with the next one, and never appended to the array's own bytes.
func TestArrayElementsAreBounded(t *testing.T) {
	flat := AppendArray(nil, OIDText, [][]byte{[]byte("a"), []byte("b")})
	before := string(flat)
	err := must("text").EachElement(flat, 1009, 1, func(elem []byte) error {
		_ = append(elem, 'x')
		return nil
	})
	if err != nil || string(flat) != before {
		t.Errorf("appending to an element wrote into the array (%v)", err)
	}
}
