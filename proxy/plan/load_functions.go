package plan

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/legatics/pgseal/policy"
)

// userFunctions is the first OID that objects made after initdb can have (FirstNormalObjectId).
const userFunctions = 16384

// functions finds the functions that name a protected relation: in their source (as a word), or in their signature or
// SQL-standard body, which pg_depend knows. Functions written in C and those of the schema pgseal are left out.
func (l *loader) functions(ctx context.Context) error {
	names, oids := l.protectedNames()
	if len(names) == 0 {
		return nil
	}
	depending, err := l.dependingFunctions(ctx, oids)
	if err != nil {
		return err
	}
	words := newWordSet(names)
	var oid uint32
	var f policy.Function
	var source string
	err = l.each(ctx, `
SELECT p.oid, n.nspname::text, p.proname::text, p.prosrc, p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype)
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace JOIN pg_catalog.pg_language g ON g.oid = p.prolang
WHERE p.oid >= $1 AND g.lanname NOT IN ('c', 'internal') AND n.nspname <> 'pgseal'`,
		[]any{uint32(userFunctions)}, []any{&oid, &f.Schema, &f.Name, &source, &f.Trigger}, func() error {
			f.Names = cmp.Or(depending[oid], words.in(source))
			if f.Names != "" {
				l.functionOIDs = append(l.functionOIDs, oid)
				l.db.Functions = append(l.db.Functions, f)
			}
			return nil
		})
	slices.SortFunc(l.db.Functions, func(a, b policy.Function) int {
		return cmp.Or(cmp.Compare(a.Schema, b.Schema), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Names, b.Names))
	})
	l.db.Functions = slices.Compact(l.db.Functions)
	return err
}

// dependingFunctions returns what the functions depend on that pg_depend knows of: a protected relation or its row type.
func (l *loader) dependingFunctions(ctx context.Context, oids []uint32) (map[uint32]string, error) {
	all := make(map[uint32]string)
	var oid uint32
	var name string
	err := l.each(ctx, `
SELECT d.objid, c.relname::text
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_type t ON t.oid = c.reltype
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
	OR d.refclassid = 'pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray)
WHERE c.oid = ANY($1) AND d.classid = 'pg_proc'::regclass`,
		[]any{oids}, []any{&oid, &name}, func() error {
			all[oid] = name
			return nil
		})
	return all, err
}

// wordSet finds names in source texts. Case is ignored: an unquoted name is folded by the server, and a name too many
// only refuses a call.
type wordSet struct {
	words map[string]bool // names that are one word
	odd   []string        // names with other characters in them
}

func newWordSet(names []string) wordSet {
	s := wordSet{words: make(map[string]bool, len(names))}
	for _, n := range names {
		n = strings.ToLower(n)
		if strings.IndexFunc(n, notWord) < 0 {
			s.words[n] = true
		} else {
			s.odd = append(s.odd, strings.ReplaceAll(n, `"`, `""`))
		}
	}
	return s
}

// in returns the first of the names that the source holds, or "".
func (s wordSet) in(source string) string {
	source = strings.ToLower(source)
	for word := range strings.FieldsFuncSeq(source, notWord) {
		if s.words[word] {
			return word
		}
	}
	for _, n := range s.odd {
		if strings.Contains(source, n) {
			return strings.ReplaceAll(n, `""`, `"`)
		}
	}
	return ""
}

// notWord tells a character that cannot be part of an unquoted name.
func notWord(r rune) bool {
	return r < 0x80 && r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}
