package plan

import (
	"github.com/legatics/pgseal/policy"
)

// sampleViews are the views of the sample catalogue beside public.matter_titles, with their columns and queries.
var sampleViews = []struct {
	name       string
	kind       byte
	columns    []policy.LiveColumn
	definition string
}{
	{"open_matters", 'v', []policy.LiveColumn{liveColumn("id", 23), liveColumn("name", 25), liveColumn("client_email", 25), liveColumn("status", 25)},
		"SELECT id, title AS name, client_email, status FROM public.matters WHERE status <> 'closed'::text"},
	{"my_matters", 'v', []policy.LiveColumn{liveColumn("id", 23), liveColumn("name", 25), liveColumn("up", 25)},
		"SELECT id, name, upper(status) AS up FROM public.open_matters"},
	{"client_counts", 'v', []policy.LiveColumn{liveColumn("client_email", 25), liveColumn("n", 20)},
		"SELECT client_email, count(*) AS n FROM public.matters GROUP BY client_email"},
	{"saved_matters", 'm', []policy.LiveColumn{liveColumn("id", 23), liveColumn("title", 25), liveColumn("client_email", 25)},
		"SELECT id, title, client_email FROM public.matters"},
	{"office_cities", 'v', []policy.LiveColumn{liveColumn("city", 25)}, "SELECT city FROM public.offices"},
}

func liveColumn(name string, oid uint32) policy.LiveColumn {
	return policy.LiveColumn{Name: name, TypeOID: oid, Typmod: -1}
}

// addSampleViews adds the views to the relations, through the code that makes views of a real catalogue.
func addSampleViews(relations []*Relation) []*Relation {
	db := &policy.Database{}
	for i, v := range sampleViews {
		name := policy.TableName{Schema: "public", Name: v.name}
		for j := range v.columns {
			v.columns[j].Attnum = int16(j + 1)
		}
		db.Views = append(db.Views, &policy.View{OID: uint32(901 + i), Name: name, Kind: v.kind, Definition: v.definition})
		db.Dependents = append(db.Dependents, &policy.Dependent{OID: uint32(901 + i), Name: name, Kind: v.kind, Columns: v.columns})
	}
	b := &catalogueBuilder{db: db, parsed: make(map[uint32]*parsedView)}
	return append(relations, b.views(relations)...)
}

// sampleViewSQL makes a view of the sample catalogue on a server.
func sampleViewSQL(r *Relation) string {
	for _, v := range sampleViews {
		if v.name == r.Name && v.kind == 'm' {
			return "CREATE MATERIALIZED VIEW public." + v.name + " AS " + v.definition + ";\n"
		} else if v.name == r.Name {
			return "CREATE VIEW public." + v.name + " AS " + v.definition + ";\n"
		}
	}
	return ""
}
