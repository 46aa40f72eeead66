package backup

import (
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/crypto"
)

var tag = crypto.StoreTag{0xa7, 0x3c}

const number = crypto.KeyNumber(0x5f3a9c00)

// bytesOf is what looks sealed under the number.
func bytesOf(n crypto.KeyNumber) []byte {
	return append([]byte{byte(crypto.Randomized), tag[0], tag[1], byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, make([]byte, crypto.OverheadRandomized)...)
}

func armour(n crypto.KeyNumber) string { return string(crypto.AppendArmour(nil, bytesOf(n))) }

// octets is the older form of a bytea.
func octets(b []byte) string {
	var text strings.Builder
	for _, c := range b {
		fmt.Fprintf(&text, `\\%03o`, c)
	}
	return text.String()
}

const (
	begins = "--\n-- PostgreSQL database dump\n--\n\n"
	ends   = "\n--\n-- PostgreSQL database dump complete\n--\n"
)

func check(t testing.TB, text string) *Result {
	t.Helper()
	r, err := Check(t.Context(), strings.NewReader(text), Options{Tag: tag, Database: "app", Watched: []Watched{
		{Schema: "public", Table: "matters", Column: "title"}, {Schema: "public", Table: "matters", Column: "fee"}, {Schema: "My Schema", Table: `a"b.c`, Column: "x y"},
	}, Parents: map[string]string{"public.early": "public.matters"}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func outcome(r *Result) string {
	var all []string
	for _, c := range r.Columns {
		all = append(all, fmt.Sprintf("%s %d/%d/%d %v", c.Column, c.Sealed[number], c.Plain, c.Null, c.PlainAt))
	}
	return strings.Join(append(all, r.Problems...), "; ")
}

// What is in a dump is found in every form that PostgreSQL's programs write it in, and what only looks like data is not taken for it.
func TestCheck(t *testing.T) {
	a, hex := armour(number), fmt.Sprintf(`\\x%x`, bytesOf(number))
	copied := "COPY public.matters (id, title, fee) FROM stdin;\n"
	const none = "title 0/0/0 []; fee 0/0/0 []; x y 0/0/0 []"
	one := "title 1/0/0 []; fee 1/0/0 []; x y 0/0/0 []"
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":        {"", none},
		"a row":          {copied + "1\t" + a + "\t" + hex + "\n\\.\n", one},
		"nulls":          {copied + "1\t\\N\t\\N\n\\.\n", "title 0/0/1 []; fee 0/0/1 []; x y 0/0/0 []"},
		"older bytea":    {copied + "1\t" + a + "\t" + octets(bytesOf(number)) + "\n\\.\n", one},
		"plaintext":      {copied + "1\t" + a + "\t" + hex + "\n2\tx\\ty\t\n\\.\n", "title 1/1/0 [{public.matters 2}]; fee 1/1/0 [{public.matters 2}]; x y 0/0/0 []"},
		"another store":  {copied + "1\t" + strings.Replace(a, "pgs1_A", "pgs1_B", 1) + "\t\\N\n\\.\n", "title 0/1/0 [{public.matters 1}]; fee 0/0/1 []; x y 0/0/0 []"},
		"broken armour":  {copied + "1\t" + a + "!\t\\N\n\\.\n", "title 0/1/0 [{public.matters 1}]; fee 0/0/1 []; x y 0/0/0 []"},
		"other columns":  {"COPY public.matters (fee, id) FROM stdin;\n" + hex + "\t1\n\\.\n", "title 0/0/0 []; fee 1/0/0 []; x y 0/0/0 []"},
		"quoted names":   {"COPY \"My Schema\".\"a\"\"b.c\" (\"x y\") FROM stdin;\n" + a + "\n\\.\n", "title 0/0/0 []; fee 0/0/0 []; x y 1/0/0 []"},
		"another table":  {"COPY public.others (id, title) FROM stdin;\n1\tx\n\\.\n", none},
		"another schema": {"COPY elsewhere.matters (id, title) FROM stdin;\n1\tx\n\\.\n", none},
		"search path":    {"SET search_path = public, pg_catalog;\nCOPY matters (title) FROM stdin;\n" + a + "\n\\.\n", "title 1/0/0 []; fee 0/0/0 []; x y 0/0/0 []"},
		"insert":         {"INSERT INTO public.matters (id, title, fee) VALUES (1, '" + a + "', '" + strings.ReplaceAll(hex, `\\`, `\`) + "');\n", one},
		"rows of insert": {"INSERT INTO public.matters (title) OVERRIDING SYSTEM VALUE VALUES\n\t('" + a + "'),\n\t(NULL),\n\t('it''s; \"x\"');\n", "title 1/1/1 [{public.matters 3}]; fee 0/0/0 []; x y 0/0/0 []"},
		"insert by table": {"CREATE UNLOGGED TABLE public.matters (\n id bigint DEFAULT nextval('a, b'::regclass) NOT NULL,\n title text CHECK ((title <> ')')),\n fee numeric(8,2)[],\n CONSTRAINT c CHECK (true)\n);\n" +
			"INSERT INTO public.matters VALUES (1, '" + a + "', 12.5);\n", "title 1/0/0 []; fee 0/1/0 [{public.matters 1}]; x y 0/0/0 []"},
		"insert of another shape": {"INSERT INTO public.matters SELECT 1;\n", none + "; public.matters: there is an INSERT that is not understood, or too long: take the dump without --inserts"},
		"a partition":             {"ALTER TABLE ONLY public.matters ATTACH PARTITION public.\"p 1\" FOR VALUES IN (1);\nCOPY public.\"p 1\" (title) FROM stdin;\nx\n\\.\n", "title 0/1/0 [{public.p 1 1}]; fee 0/0/0 []; x y 0/0/0 []"},
		"a child":                 {"CREATE TABLE public.child (\n a int\n)\nINHERITS (public.matters);\nCOPY public.child (title) FROM stdin;\nx\n\\.\n", "title 0/1/0 [{public.child 1}]; fee 0/0/0 []; x y 0/0/0 []"},
		"a part that is known":    {"COPY public.early (title) FROM stdin;\nx\n\\.\n", "title 0/1/0 [{public.early 1}]; fee 0/0/0 []; x y 0/0/0 []"},
		"another database":        {"\\connect other\n" + copied + "1\tx\ty\n\\.\n\\connect app\n" + copied + "1\t" + a + "\t" + hex + "\n\\.\n", one},
		"not the database":        {"\\connect -reuse-previous=on \"dbname='other'\"\n" + copied + "1\tx\ty\n\\.\n", none + "; the dump has no database app: it has other"},
		"in a function":           {"CREATE FUNCTION public.f() RETURNS text AS $_$\nCOPY public.matters (title) FROM stdin;\nx\n$_$;\n", none},
		"in a comment":            {"COMMENT ON TABLE public.x IS 'it''s\nCOPY public.matters (title) FROM stdin;\n';\n/* /* ; */ COPY public.matters (title) FROM stdin; */\n", none},
		"behind an E string":      {"SELECT E'\\';\nCOPY public.matters (title) FROM stdin;\nx\n', 'y';\n", none},
		"uneven rows":             {copied + "1\t" + a + "\n\\.\n", "title 1/0/0 []; fee 0/0/0 []; x y 0/0/0 []; public.matters: there are rows with more or fewer values than columns, the first is row 1"},
		"an unknown COPY":         {"COPY public.matters FROM stdin;\n1\tx\n\\.\n", none + "; a COPY of the dump is of a form that pg_dump does not write: its rows were not looked into"},
		"no end":                  {copied + "1\tx\ty\n", "title 0/1/0 [{public.matters 1}]; fee 0/1/0 [{public.matters 1}]; x y 0/0/0 []; public.matters: there are rows with more or fewer values than columns, the first is row 2; the dump is cut off: the data of a table have no end; the dump is cut off: its last line is missing"},
		"strings":                 {"SET standard_conforming_strings = off;\n", none + "; the dump was made with standard_conforming_strings off: its literals are not understood"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, outcome(check(t, begins+tt.text+ends))); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got := outcome(check(t, "SELECT 1;")); !strings.Contains(got, "this is no dump") {
		t.Error(got)
	}
	r := check(t, begins+"COPY public.others (id, remark) FROM stdin;\n1\t"+a+"\n2\t"+hex+"\n3\tpgs1_\n\\.\nCOPY pgseal.tenant (id, name) FROM stdin;\nx\tacme\\\\\n\\.\nCOPY pgseal.event (a) FROM stdin;\n\\.\n"+ends)
	if diff := cmp.Diff([]Stray{{"public.others.remark", number, 2}}, r.Stray); diff != "" {
		t.Error(diff)
	}
	if n, ok := r.Counts["event"]; !ok || n != 0 || r.Counts["tenant"] != 1 || r.Records["tenant"][0]["name"] != `acme\` || len(r.Records["event"]) != 0 {
		t.Errorf("%+v", r)
	}
	if r.Numbers()[number] != 2 {
		t.Errorf("%v", r.Numbers())
	}
}

// How the text arrives makes no difference, nor does its end.
func TestCheckInPieces(t *testing.T) {
	text := begins + "COPY public.matters (id, title, fee) FROM stdin;\n" + strings.Repeat("1\t"+armour(number)+"\tplain\n", 5000) + "\\.\n" + ends
	o := Options{Tag: tag, Watched: []Watched{{Schema: "public", Table: "matters", Column: "title"}, {Schema: "public", Table: "matters", Column: "fee"}}}
	r, err := Check(t.Context(), iotest.OneByteReader(strings.NewReader(text)), o)
	if err != nil || r.Columns[0].Sealed[number] != 5000 || r.Columns[1].Plain != 5000 || len(r.Columns[1].PlainAt) != shownPlaces || len(r.Problems) != 0 {
		t.Errorf("%s, %v", outcome(r), err)
	}
	if _, err := Check(t.Context(), iotest.TimeoutReader(strings.NewReader(text)), o); err == nil && len(text) > 300_000 {
		t.Error("an error of reading is passed over")
	}
}

// FuzzCheck: whatever a dump says, it is read to its end or refused, and its rows are accounted for.
func FuzzCheck(f *testing.F) {
	seeds := []string{
		begins + "COPY public.matters (id, title, fee) FROM stdin;\n1\t" + armour(number) + "\t\\N\n\\.\n" + ends,
		"INSERT INTO public.matters (title) VALUES ('x'), (E'\\'', 1 + (2)), (NULL);", "CREATE TABLE public.matters (title text) INHERITS (a.b);", "\\connect \"x", "$a$ ; $b$ $a$;",
		"COPY \"a\" (\"", "ALTER TABLE a ATTACH PARTITION b; ALTER TABLE b ATTACH PARTITION a; COPY a (title) FROM stdin;\nx\n\\.\n", "/* /*", "--", "'", "COPY a.b () FROM stdin;\n\n\\.\n",
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := check(t, text)
		for _, c := range r.Columns {
			sum := c.Null + c.Plain
			for _, n := range c.Sealed {
				sum += n
			}
			if sum > c.Rows+1 && !strings.Contains(text, ",") { // a column that is named twice counts twice
				t.Errorf("%d values in %d rows", sum, c.Rows)
			}
			if c.Plain > 0 && len(c.PlainAt) == 0 {
				t.Error("plaintext without a place")
			}
		}
	})
}

// FuzzArchiveMade: the beginning of an archive is somebody else's.
func FuzzArchiveMade(f *testing.F) {
	f.Add([]byte("PGDMP\x01\x0e\x00\x04\x08\x01\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x02\x00\x00\x00\x00\x03\x00\x00\x00\x00\x04\x00\x00\x00\x00\x05\x00\x00\x00\x00\x7e\x00\x00\x00"))
	f.Add([]byte("PGDMP\x01\x10\x00\x04\x08\x01\x00"))
	f.Add(append([]byte("toc.dat\x00"), make([]byte, 600)...))
	f.Fuzz(func(t *testing.T, head []byte) {
		KindOf(head)
		if made, ok := ArchiveMade(head, time.UTC); ok && (made.Year() < 1999 || made.Year() > 2901) {
			t.Error(made)
		}
	})
}
