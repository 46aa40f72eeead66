package plan

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLexerReadsLikePostgres compares the tokens of hand-written texts, each of which must be readable for both sides.
func TestLexerReadsLikePostgres(t *testing.T) {
	corpus, err := os.ReadFile("testdata/lexer.sql")
	if err != nil {
		t.Fatal(err)
	}
	texts := strings.Split(string(corpus), "\n----\n")
	if len(texts) < 50 {
		t.Fatalf("testdata/lexer.sql has only %d texts", len(texts))
	}
	for _, src := range texts {
		if _, ok := scanned(src); !ok {
			t.Errorf("PostgreSQL's scanner refuses %q", src)
		}
		for _, tok := range lexAll(src) {
			if tok.kind == tokBad {
				t.Errorf("bad token at %d in %q", tok.start, src)
			}
		}
		checkAgainstScan(t, src)
	}
}

// TestLexerOnPostgresScripts reads the SQL files that a PostgreSQL installation brings, where there is one.
func TestLexerOnPostgresScripts(t *testing.T) {
	files, err := filepath.Glob("/usr/share/postgresql/*/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("/usr/share/postgresql/*/extension/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(files, more...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.SplitAfter(string(text), ";\n") {
			checkAgainstScan(t, part)
		}
	}
}

// nasty are fragments that make lexers disagree.
var nasty = []string{
	"'", "''", "E'", "e'\\'", "\\'", "\\", "\\\\", "U&'", "u&\"", "U&\"a\"", "\"", "\"\"", "\"a\"\"b\"", "N'", "n'x'", "B'", "x'1F'", "B'01'", "B''''",
	"$$", "$a$", "$a$b$a$", "$1", "$12", "$", "a$b", "a$$b", "$1a", "--", "-- c\n", "/*", "*/", "/**/", "/*/**/*/", "/* a\n */", "\n", "\r", "\t", "\f", "\v", " ",
	"+", "-", "*", "/", "<", ">", "=", "~", "!", "@", "#", "%", "^", "&", "|", "`", "?", "<>", "!=", "<=", ">=", "=>", "::", ":=", ":", "..", ".", ",", ";", "(", ")", "[", "]",
	"1", "1.", ".5", "1.5", "1e5", "1e", "1e+", "1E-3", "0x1F", "0x", "0b01", "0o7", "1_000", "1__0", "1..10", "00", "abc", "ABC", "_x", "é", "ßx", "select", "null", "x", "e", "u", "b", "n",
	"'a'\n'b'", "'a' -- c\n'b'", "'a' 'b'", "'a'\n--x\n'b'", "'a'/*c*/\n'b'", "E'a'\n'\\'b'", "->>", "@-", "@--", "+-", "-+", "*/*", "<-", "=-1", "||", "{", "}", "\x00", "\x7f",
}

func nastyText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(12) {
		b.WriteString(nasty[r.IntN(len(nasty))])
		if r.IntN(3) == 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// TestLexerOnNastyTexts compares the tokens of random texts of nasty fragments.
func TestLexerOnNastyTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 30000 {
		src := nastyText(r)
		if strings.Contains(src, "\x00") {
			continue // the scanner would stop there
		}
		checkAgainstScan(t, src)
		if t.Failed() {
			return
		}
	}
}

// FuzzLexer holds the lexer against the scanner, and its tokens against its own promises.
func FuzzLexer(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Add("SELECT a, 'b', $1 FROM t WHERE x = E'\\'' -- end")
	f.Fuzz(func(t *testing.T, src string) {
		var last uint32
		for _, tok := range lexAll(src) {
			if tok.start < last || tok.end <= tok.start || int(tok.end) > len(src) {
				t.Fatalf("token %v of %q", tok, src)
			}
			last = tok.end
		}
		if !strings.Contains(src, "\x00") && len(src) < 10000 {
			checkAgainstScan(t, src)
		}
	})
}

func TestLexerAllocatesNothing(t *testing.T) {
	src := []byte(`SELECT a, "b", 'c', E'd\'', $$e$$, U&"f", 1.5, 0x1F FROM t WHERE x <> $1 AND y::text = 'a'
'b' /* comment /* nested */ */ -- end`)
	if n := testing.AllocsPerRun(100, func() {
		for l := (lexer{src: src}); l.next().kind != tokEOF; {
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
