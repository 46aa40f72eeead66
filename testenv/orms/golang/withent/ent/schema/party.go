package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// Party is somebody who takes part in a matter.
type Party struct{ ent.Schema }

// Annotations of the table.
func (Party) Annotations() []schema.Annotation { return []schema.Annotation{entsql.Table("parties")} }

// Fields of a party.
func (Party) Fields() []ent.Field {
	return []ent.Field{field.Text("name").Optional().Nillable(), field.String("email").MaxLen(254).Optional().Nillable(), field.String("role").MaxLen(20)}
}

// Edges of a party.
func (Party) Edges() []ent.Edge {
	return []ent.Edge{edge.From("matter", Matter.Type).Ref("parties").Unique().Required()}
}
