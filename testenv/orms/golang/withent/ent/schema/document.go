package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// Document belongs to a matter.
type Document struct{ ent.Schema }

// Annotations of the table.
func (Document) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Table("documents")}
}

// Fields of a document.
func (Document) Fields() []ent.Field { return []ent.Field{field.Text("path"), field.Int("pages")} }

// Edges of a document.
func (Document) Edges() []ent.Edge {
	return []ent.Edge{edge.From("matter", Matter.Type).Ref("documents").Unique().Required()}
}
