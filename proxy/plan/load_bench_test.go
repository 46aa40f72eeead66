package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/testenv/postgres"
)

// BenchmarkLoad reads the catalogue of a database with 10,000 tables of five columns, 500 views and 1,000 functions, of which a
// few or all tables are protected. Measured on two shared cores, PostgreSQL 15 on the same ones:
//
//	protected   load (on DDL alone)   fingerprint (every 2 s)
//	10          17 ms                 0.9 ms
//	1000        80 ms                 11 ms
//	10000       0.7-1.0 s             0.12-0.16 s
func BenchmarkLoad(b *testing.B) {
	cluster := postgres.Start(b, postgres.Options{})
	database := cluster.NewDatabase(b)
	for batch := range 100 {
		cluster.Exec(b, database, fmt.Sprintf(`DO $$BEGIN FOR i IN %d..%d LOOP
	EXECUTE format('CREATE TABLE public.t%%s (id bigint PRIMARY KEY, a text, b text, c bytea, d timestamptz DEFAULT now())', i);
	IF i %% 10 = 0 THEN
		EXECUTE format('CREATE FUNCTION public.f%%s(x int) RETURNS int LANGUAGE plpgsql AS %%L', i, 'BEGIN ' || repeat('PERFORM count(*) FROM x' || i || '; ', 40) || 'RETURN 1; END');
	END IF;
END LOOP; END$$`, batch*100, batch*100+99))
	}
	cluster.Exec(b, database, "DO $$BEGIN FOR i IN 0..499 LOOP EXECUTE format('CREATE VIEW public.v%s AS SELECT t.id, t.a, t.b, t.d FROM public.t%s t JOIN public.t%s u ON u.id = t.id WHERE t.b <> ''x'' AND u.a IS NOT NULL', i, i * 20, i * 20 + 1); END LOOP; END$$")
	cluster.Exec(b, database, "VACUUM ANALYZE")
	conn := cluster.Conn(b, database, "")
	for _, protected := range []int{10, 1000, 10000} {
		var file strings.Builder
		file.WriteString("version: 1\ntables:\n")
		for i := range protected {
			fmt.Fprintf(&file, "  public.t%d: {columns: {a: {mode: randomized}}}\n", i)
		}
		pol, err := policy.Load("p.yaml", []byte(file.String()))
		if err != nil {
			b.Fatal(err)
		}
		_, scope, err := loadDatabase(b.Context(), conn, pol.Names())
		if err != nil {
			b.Fatal(err)
		}
		views := min(500, protected/20+min(protected%20, 1))
		b.Run(fmt.Sprintf("catalogue/protected=%d", protected), func(b *testing.B) {
			for b.Loop() {
				c, problems, err := LoadCatalogue(b.Context(), conn, pol, nil, 1)
				if err != nil || policy.HasErrors(problems) || len(c.Relations) != protected+views {
					b.Fatal(err, problems)
				}
			}
		})
		b.Run(fmt.Sprintf("fingerprint/protected=%d", protected), func(b *testing.B) {
			for b.Loop() {
				if now, err := fingerprint(b.Context(), conn, scope); err != nil || now != scope.print {
					b.Fatal(err)
				}
			}
		})
	}
}
