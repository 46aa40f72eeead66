package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// node is PostgreSQL's parse tree node.
type node = pg_query.Node

// walk calls visit for a message and, where visit says so, for all messages below it.
func walk(m proto.Message, visit func(m any) (descend bool)) {
	walkMessage(m.ProtoReflect(), visit)
}

func walkMessage(m protoreflect.Message, visit func(any) bool) {
	if !m.IsValid() || !visit(m.Interface()) {
		return
	}
	eachChild(m, func(child protoreflect.Message) { walkMessage(child, visit) })
}

// eachChild calls f for the messages directly below m.
func eachChild(m protoreflect.Message, f func(protoreflect.Message)) {
	m.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case fd.Message() == nil:
		case fd.IsList():
			for list, i := v.List(), 0; i < list.Len(); i++ {
				f(list.Get(i).Message())
			}
		default:
			f(v.Message())
		}
		return true
	})
}

// texts are the values of a list of names.
func texts(list []*node) []string {
	out := make([]string, 0, len(list))
	for _, n := range list {
		s, ok := n.GetNode().(*pg_query.Node_String_)
		if !ok {
			return nil
		}
		out = append(out, s.String_.Sval)
	}
	return out
}

// lastText is the last of a list of names, and the schema in front of it where there is one.
func lastText(list []*node) (schema, name string) {
	all := texts(list)
	switch n := len(all); {
	case n == 1:
		return "", all[0]
	case n > 1:
		return all[n-2], all[n-1]
	}
	return "", ""
}
