package plan

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/value"
)

// TestNullOfAnArray: NULL::text[] for a sealed text[] column loses its cast, which the physical column does not take.
func TestNullOfAnArray(t *testing.T) {
	b := &sampleBuilder{}
	b.table("public", "papers", plain("id", 23), sealedColumn("labels", crypto.Randomized, value.Type{OID: 1009, Typmod: -1}, false))
	p := New(Options{})
	p.SetCatalogue(NewCatalogue(1, b.relations, nil, nil))
	for _, sql := range []string{"INSERT INTO papers (id, labels) VALUES (1, NULL::text[])", "UPDATE papers SET labels = CAST(NULL AS text[])"} {
		sent, code := outcome(t, p, Request{SQL: []byte(sql)})
		if code != "" || strings.Contains(sent, "text[]") {
			t.Errorf("%s: %s %s", sql, code, sent)
		}
	}
}
