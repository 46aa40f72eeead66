package guard

import (
	"fmt"
	"testing"

	"github.com/legatics/pgseal/crypto"
)

// BenchmarkWrite is what the guard costs the server, for each of 20,000 rows of
// one sealed column: nothing, text with armour, bytea. Measured on two cores of
// a development machine, µs a row:
//
//	             none   text   bytea
//	INSERT       NONE   TEXT   BYTEA
func BenchmarkWrite(b *testing.B) {
	const rows = 20_000
	f := newFixture(b, "CREATE TABLE plain (v text); CREATE TABLE armoured (v text); CREATE TABLE bin (v bytea)")
	c := []Column{columnOf("armoured", "v"), columnOf("bin", "v")}
	f.sealed(b, c...)
	for _, bm := range []struct{ table, value string }{
		{"plain", f.armour(crypto.Randomized, 60)}, {"armoured", f.armour(crypto.Randomized, 60)}, {"bin", f.bytes(crypto.Randomized, 60)},
	} {
		b.Run(bm.table, func(b *testing.B) {
			conn := server.Conn(b, f.database, "app")
			insert := fmt.Sprintf("INSERT INTO %s SELECT %s FROM generate_series(1, %d)", bm.table, bm.value, rows)
			for b.Loop() {
				if _, err := conn.Exec(b.Context(), insert); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/rows, "µs/row")
		})
	}
}
