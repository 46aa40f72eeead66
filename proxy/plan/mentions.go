package plan

import "bytes"

// mentions tells whether a text holds a protected name as a word anywhere, whatever its tokens are: in any case, in
// strings and comments too. It is the cautious test for texts whose tokens cannot be told apart for certain, and the
// one for SQL inside of strings. An escaped identifier may be any name and counts as a mention.
func (p *probe) mentions(text []byte) bool {
	var buf [maxName + 1]byte
	for i := 0; i < len(text); i++ {
		if !wordByte(text[i]) {
			continue
		}
		start := i
		for i < len(text) && wordByte(text[i]) {
			i++
		}
		word := text[start:i]
		if len(word) == 1 && word[0]|0x20 == 'u' && bytes.HasPrefix(text[i:], []byte(`&"`)) {
			return true
		}
		if p.anyCase[string(foldWord(&buf, word))] {
			return true
		}
	}
	return p.mentionsOdd(text)
}

// mentionsOdd looks for the names that are no single word.
func (p *probe) mentionsOdd(text []byte) bool {
	if len(p.odd) == 0 {
		return false
	}
	lower := bytes.ReplaceAll(bytes.ToLower(text), []byte(`""`), []byte(`"`))
	for _, name := range p.odd {
		if bytes.Contains(lower, []byte(name)) {
			return true
		}
	}
	return false
}

// mentionsName tells whether a text holds a name as a word, in whatever case; an escaped identifier may be any name.
func mentionsName(text []byte, name string) bool {
	return newWordSet([]string{name}).in(string(text)) != "" || bytes.Contains(text, []byte(`&"`))
}

// hasWord tells whether a text holds one of the words, given in lower case, anywhere.
func hasWord(text []byte, words ...string) bool {
	for i := 0; i < len(text); i++ {
		if !wordByte(text[i]) {
			continue
		}
		start := i
		for i < len(text) && wordByte(text[i]) {
			i++
		}
		for _, w := range words {
			if isWord(text[start:i], w) {
				return true
			}
		}
	}
	return false
}

func wordByte(c byte) bool { return charClass[c]&chIdentCont != 0 || c == '$' }
