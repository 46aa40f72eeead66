package value

// White space and letters as PostgreSQL's input functions see them: ASCII only, whatever the locale.

func isSpace(b byte) bool { return b == ' ' || b >= '\t' && b <= '\r' }

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func trimSpaceLeft(in []byte) []byte {
	for len(in) > 0 && isSpace(in[0]) {
		in = in[1:]
	}
	return in
}

func trimSpace(in []byte) []byte { return trimSpaceRight(trimSpaceLeft(in)) }

func trimSpaceRight(in []byte) []byte {
	for len(in) > 0 && isSpace(in[len(in)-1]) {
		in = in[:len(in)-1]
	}
	return in
}

// foldEqual compares in with a lower-case ASCII word, without regard to case.
func foldEqual(in []byte, word string) bool {
	if len(in) != len(word) {
		return false
	}
	for i, b := range in {
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		if b != word[i] {
			return false
		}
	}
	return true
}
