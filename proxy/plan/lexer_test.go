package plan

import (
	"strings"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// lexAll returns all tokens of a text, without the one that marks its end.
func lexAll(src string) []token {
	l := lexer{src: []byte(src)}
	var out []token
	for {
		t := l.next()
		if t.kind == tokEOF {
			return out
		}
		out = append(out, t)
	}
}

// scanned is PostgreSQL's own scanner's view of a text: the tokens without comments. ok is false where it refuses the text.
func scanned(src string) (out []token, ok bool) {
	result, err := pg_query.Scan(src)
	if err != nil {
		return nil, false
	}
	for _, t := range result.Tokens {
		if t.Token == pg_query.Token_SQL_COMMENT || t.Token == pg_query.Token_C_COMMENT {
			continue
		}
		out = append(out, token{uint32(t.Start), uint32(t.End), scannedKind(src, t)})
	}
	return out, true
}

func scannedKind(src string, t *pg_query.ScanToken) tokenKind {
	text := src[t.Start:t.End]
	switch t.Token {
	case pg_query.Token_IDENT:
		if text[0] == '"' {
			return tokQuoted
		}
		return tokWord
	case pg_query.Token_UIDENT:
		return tokUQuoted
	case pg_query.Token_SCONST:
		switch text[0] {
		case 'e', 'E':
			return tokEscape
		case '$':
			return tokDollar
		}
		return tokString
	case pg_query.Token_USCONST:
		return tokUString
	case pg_query.Token_BCONST, pg_query.Token_XCONST:
		return tokBits
	case pg_query.Token_ICONST, pg_query.Token_FCONST:
		for _, c := range []byte(text) {
			if c < '0' || c > '9' {
				return tokNumber
			}
		}
		return tokInt
	case pg_query.Token_PARAM:
		return tokParam
	}
	if t.KeywordKind != pg_query.KeywordKind_NO_KEYWORD {
		return tokWord
	}
	return tokOp
}

// sameTokens tells where two token lists part; -1 where they do not. The scanner gives N'x' as two tokens. It also cuts a
// string that continues behind a comment, which the server (seen on 15) reads as one, as the lexer does.
func sameTokens(src string, ours, theirs []token) int {
	j := 0
	for i, t := range ours {
		if j >= len(theirs) {
			return i
		}
		other := theirs[j]
		if t.kind == tokNString && j+1 < len(theirs) {
			j++
			other.end, other.kind = theirs[j].end, tokNString
		}
		if strings.Contains(src[t.start:t.end], "--") && t.kind >= tokString && t.kind <= tokBits {
			for j+1 < len(theirs) && theirs[j+1].end <= t.end {
				j++
				other.end = theirs[j].end
			}
		}
		if t != other {
			return i
		}
		j++
	}
	if j != len(theirs) {
		return len(ours)
	}
	return -1
}

// checkAgainstScan holds the lexer against PostgreSQL's scanner: what both read they read alike, and what the scanner
// reads the lexer reads too, but for the forms that it treats as bad on purpose (bad is the safe side).
func checkAgainstScan(t *testing.T, src string) {
	t.Helper()
	theirs, ok := scanned(src)
	ours := lexAll(src)
	for _, tok := range ours {
		if tok.kind == tokBad {
			return
		}
	}
	if !ok {
		return
	}
	if at := sameTokens(src, ours, theirs); at >= 0 {
		t.Errorf("%q: token %d differs\nours   %v\ntheirs %v", src, at, ours, theirs)
	}
}
