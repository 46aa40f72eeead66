package plan

import (
	"math/rand/v2"
	"strings"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// serverLiteral is what PostgreSQL's own scanner reads in a literal.
func serverLiteral(literal string) (text string, ok bool) {
	tree, err := pg_query.Parse("SELECT " + literal)
	if err != nil || len(tree.Stmts) != 1 {
		return "", false
	}
	targets := tree.Stmts[0].Stmt.GetSelectStmt().GetTargetList()
	if len(targets) != 1 || targets[0].GetResTarget().GetName() != "" {
		return "", false
	}
	s, ok := targets[0].GetResTarget().GetVal().GetAConst().GetVal().(*pg_query.A_Const_Sval)
	if !ok {
		return "", false
	}
	return s.Sval.Sval, true
}

// checkLiteral holds literalText against PostgreSQL's scanner: what it reads it reads alike.
func checkLiteral(t *testing.T, literal string) (read bool) {
	t.Helper()
	toks, ok := tokenise([]byte(literal), nil)
	if !ok || len(toks) != 1 || !isString(toks[0].kind) || toks[0].kind == tokNString || strings.Contains(literal, "--") {
		return false
	}
	text, null, ok := literalText(nil, []byte(literal), toks[0])
	want, readable := serverLiteral(literal)
	if !ok || !readable {
		return false
	}
	if null || string(text) != want {
		t.Errorf("%s: %q, PostgreSQL reads %q", literal, text, want)
	}
	return true
}

var literals = []string{
	"''", "'a'", "'a''b'", "''''", `'back\slash'`, `E''`, `E'a\'b'`, `E'a''b'`, `E'\\'`, `E'\b\f\n\r\t'`, `E'\x41\x4'`, `E'\x'`, `E'\101\7'`, `E'\q'`,
	`E'\u00e9'`, `E'\U0001F600'`, `E'\uD83D\uDE00'`, "E'a'\n'\\'b'", "'a'\n'b'", "'a'  \n\t 'b'\n'c'", "$$a'b\\c$$", "$x$a$$b$x$", `U&'\0061'`, `U&'a\\b'`, `U&'\+01F600'`,
	`U&'\D83D\DE00'`, `U&'a''b'`, "U&'\\00'\n'61'", "'é'", "'\u65e5\u672c'", "E'é\\u0301'",
}

func TestLiteralTexts(t *testing.T) {
	for _, l := range literals {
		if !checkLiteral(t, l) {
			t.Errorf("%s was not read", l)
		}
	}
}

// TestUnreadableLiterals: what the server refuses, or its versions read differently, is not read.
func TestUnreadableLiterals(t *testing.T) {
	for _, l := range []string{`E'\v'`, `E'\u00'`, `E'\uD83D'`, `E'\uD83Dx'`, `E'\U00110000'`, `E'\u0000'`, `E'\x00'`, `E'\xff'`, `E'\377'`, `U&'\00'`, `U&'\D83D'`, `U&'\0000'`,
		`U&'\+110000'`, "'\xff'", "$$\xff$$", "0x1F", "1_000", "0b1"} {
		toks, ok := tokenise([]byte(l), nil)
		if !ok || len(toks) != 1 {
			t.Fatalf("%s: %v", l, toks)
		}
		if text, _, ok := literalText(nil, []byte(l), toks[0]); ok {
			t.Errorf("%s: %q", l, text)
		}
	}
}

func TestPlainLiterals(t *testing.T) {
	for l, want := range map[string]string{"5": "5", "1.50": "1.50", "1e10": "1e10", ".5": ".5", "TRUE": "true", "False": "false", "NULL": ""} {
		toks, _ := tokenise([]byte(l), nil)
		text, null, ok := literalText([]byte("x"), []byte(l), toks[0])
		if !ok || string(text) != "x"+want || null != (l == "NULL") {
			t.Errorf("%s: %q %v %v", l, text, null, ok)
		}
	}
}

func FuzzLiteral(f *testing.F) {
	for _, l := range literals {
		f.Add(l)
	}
	f.Fuzz(func(t *testing.T, literal string) {
		if len(literal) < 1000 && !strings.Contains(literal, "\x00") {
			checkLiteral(t, literal)
		}
	})
}

// TestRandomLiterals compares literals of random fragments with what PostgreSQL reads in them.
func TestRandomLiterals(t *testing.T) {
	fragments := []string{"'", "''", "E'", `\`, `\u`, `\U`, "0041", "D83D", "DE00", `\+`, "000061", "U&'", "\n", " ", "x", "é", `\x`, "4", "7", "$$", "$a$", "b", "n"}
	starts, ends := []string{"'", "E'", "U&'", "$$", "$a$"}, []string{"'", "'", "$$", "$a$"}
	r := rand.New(rand.NewPCG(3, 4))
	read := 0
	for range 20000 {
		b := starts[r.IntN(len(starts))]
		for range r.IntN(10) {
			b += fragments[r.IntN(len(fragments))]
		}
		if checkLiteral(t, b+ends[r.IntN(len(ends))]) {
			read++
		}
	}
	if read < 2000 {
		t.Errorf("only %d literals were compared", read)
	}
}
