package plan

import "bytes"

// AsksKeyState tells that a text is SHOW pgseal.key_state and nothing else, which the proxy answers.
func AsksKeyState(sql []byte) bool {
	if len(sql) > 200 || !hasWord(sql, keyState) {
		return false
	}
	r := stepReader{name: ownSchema + "." + keyState}
	l := lexer{src: sql}
	ts := tokens{src: sql}
	for {
		t := l.next()
		if t.kind == tokEOF {
			break
		}
		ts.list = append(ts.list, t)
	}
	for n := len(ts.list); n > 0 && ts.op(n-1, ";"); n = len(ts.list) {
		ts.list = ts.list[:n-1]
	}
	ours, clear, end := r.setting(ts, 1)
	return ts.is(0, "show") && ours && clear && end == len(ts.list)
}

const keyState = "key_state"

// keyStateColumns are the columns of the answer, all of type text.
var keyStateColumns = [...]string{keyState, "since", "cause", "retryable"}

// AppendKeyState appends the statement that answers SHOW pgseal.key_state, with the values as literals; without values, as parameters.
func AppendKeyState(dst []byte, values [][]byte) []byte {
	dst = append(dst, "SELECT "...)
	for i, name := range keyStateColumns {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		switch {
		case values == nil:
			dst = append(dst, '$', byte('1'+i))
		case values[i] == nil:
			dst = append(dst, "NULL"...)
		default:
			dst = append(append(append(dst, '\''), bytes.ReplaceAll(values[i], []byte("'"), []byte("''"))...), '\'')
		}
		dst = append(append(dst, "::pg_catalog.text AS "...), name...)
	}
	return dst
}
