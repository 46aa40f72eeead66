package policy

import "testing"

func TestParseType(t *testing.T) {
	for in, want := range map[string]string{
		"text": "text", "TEXT": "text", "varchar": "varchar", "varchar(20)": "varchar(20)", "character varying(20)": "varchar(20)",
		"int": "integer", "int2": "smallint", "int8": "bigint", "bool": "boolean", "numeric": "numeric", "decimal(4)": "numeric(4,0)",
		"numeric( 12 , 2 )": "numeric(12,2)", "timestamp(3) without time zone": "timestamp(3)", "timestamp with time zone": "timestamptz",
		"timestamp  (0)  with time zone": "timestamptz(0)", "timestamptz(6)": "timestamptz(6)", "uuid": "uuid", "json": "json", "jsonb": "jsonb", "date": "date", "bytea": "bytea",
		"char": "char(1)", "character(3)": "char(3)", "bpchar": "bpchar", "float": "double precision", "float4": "real", "time (3) with time zone": "timetz(3)", "time without time zone": "time", "interval(2)": "interval(2)",
		"citext": "citext", "public.citext": "citext", "public.mood": "public.mood", `public."My Mood"`: "public.My Mood", `"a.b".c`: `"a.b".c`,
		"inet": "inet", "cidr": "cidr", "macaddr": "macaddr", "macaddr8": "macaddr8", "text[]": "text[]", "character varying(20)[]": "varchar(20)[]", "timestamp(3) with time zone[]": "timestamptz(3)[]", " numeric(9,2) [] ": "numeric(9,2)[]",
	} {
		got, err := ParseType(in)
		if err != nil || got.String() != want {
			t.Errorf("%q: %v, %v, want %s", in, got, err, want)
			continue
		}
		if again, err := ParseType(got.String()); err != nil || again != got {
			t.Errorf("%s does not read back: %v, %v", got, again, err)
		}
	}
	for _, in := range []string{"", "(", "()", "varchar(", "varchar(x)", "varchar()", "varchar(1,2)", "varchar(99999999999)", "numeric(0)", "numeric(1001)",
		"numeric(1,2,3)", "numeric(1,2,3,4,5,6)", "numeric(2,-1)", "timestamp(7)", "timestamp(-1)", "text(1)", "interval(7)", "interval hour to minute", "char(0)", "bpchar(3)", "float(24)", "time(7)", "citext[]", "public.mood[]", "a.b.c", "public.", `public."x`, "text[][]", "text[3]", "point[]", `"char"`} {
		if got, err := ParseType(in); err == nil {
			t.Errorf("%q is taken as %v", in, got)
		}
	}
}

func TestNearest(t *testing.T) {
	words := []string{"randomized", "deterministic", "plain"}
	for in, want := range map[string]string{"randomised": "randomized", "Plain": "plain", "palin": "plain", "determinstic": "deterministic", "secret": "", "": "", "plan": "plain"} {
		if got := nearest(in, words); got != want {
			t.Errorf("nearest of %q: %q, want %q", in, got, want)
		}
	}
}
