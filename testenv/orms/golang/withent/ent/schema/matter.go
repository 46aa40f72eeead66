// Package schema is what ent generates the data layer from.
package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Matter is a legal matter.
type Matter struct{ ent.Schema }

// Annotations of the table.
func (Matter) Annotations() []schema.Annotation { return []schema.Annotation{entsql.Table("matters")} }

// Fields of a matter.
func (Matter) Fields() []ent.Field {
	as := func(t string) map[string]string { return map[string]string{dialect.Postgres: t} }
	return []ent.Field{
		field.String("reference").MaxLen(20).Unique(),
		field.String("status").MaxLen(10),
		field.Text("title").Optional().Nillable(),
		field.String("client_email").MaxLen(254).Optional().Nillable().Unique(),
		field.String("value").Optional().Nillable().SchemaType(as("numeric(14,2)")),
		field.Time("opened").Optional().Nillable().SchemaType(as("date")),
		field.Bool("confidential"),
		field.JSON("notes", map[string]any{}).Optional(),
		field.Int("version").Default(1),
	}
}

// Edges of a matter.
func (Matter) Edges() []ent.Edge {
	return []ent.Edge{edge.To("parties", Party.Type).StorageKey(edge.Column("matter_id")), edge.To("documents", Document.Type).StorageKey(edge.Column("matter_id"))}
}

// Indexes of matters.
func (Matter) Indexes() []ent.Index { return []ent.Index{index.Fields("status")} }
