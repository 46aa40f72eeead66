package plan

// skipBlank returns the position behind white space and comments; ok is false where a comment does not end.
func skipBlank(src []byte, i int) (next int, ok bool) {
	for i < len(src) {
		switch c := src[i]; {
		case charClass[c]&chSpace != 0:
			i++
		case c == '-' && i+1 < len(src) && src[i+1] == '-':
			i = lineEnd(src, i+2)
		case c == '/' && i+1 < len(src) && src[i+1] == '*':
			end, closed := commentEnd(src, i)
			if !closed {
				return i, false
			}
			i = end
		default:
			return i, true
		}
	}
	return len(src), true
}

// lineEnd returns the position of the next newline, or the end of the text.
func lineEnd(src []byte, i int) int {
	for i < len(src) && src[i] != '\n' && src[i] != '\r' {
		i++
	}
	return i
}

// commentEnd returns the position behind the comment that starts at i; comments nest.
func commentEnd(src []byte, i int) (end int, closed bool) {
	depth := 0
	for i+1 < len(src) {
		switch {
		case src[i] == '/' && src[i+1] == '*':
			depth++
			i += 2
		case src[i] == '*' && src[i+1] == '/':
			depth--
			i += 2
			if depth == 0 {
				return i, true
			}
		default:
			i++
		}
	}
	return len(src), false
}
