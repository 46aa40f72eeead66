package plan

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// lookedInto are extensions whose functions compute with their arguments alone: they run no SQL and read no table that they are
// not given. https://www.postgresql.org/docs/current/contrib.html
var lookedInto = []string{"bloom", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "dict_xsyn", "earthdistance", "fuzzystrmatch", "hstore",
	"intagg", "intarray", "isn", "ltree", "pg_stat_statements", "pg_trgm", "pgcrypto", "plpgsql", "seg", "tsm_system_rows", "tsm_system_time", "unaccent",
	"uuid-ossp", "vector"}

// userFunction is one function of the database that somebody has made since it was.
type userFunction struct {
	name, language, source string
	ofRow                  bool   // x.name may be a call of it: it takes one argument, which may be a row
	why                    string // it is not known what it does; empty: looked into
}

// unknownFunctions finds the functions that cannot be looked into: of other languages than SQL and PL/pgSQL, with SQL that they put
// together themselves, or that call such a function or change how texts are read. Functions that name something protected are
// refused anyway, trigger functions cannot be called.
func (l *loader) unknownFunctions(ctx context.Context) error {
	functions, err := l.userFunctions(ctx)
	if err != nil {
		return err
	}
	for i := range functions {
		functions[i].why = functions[i].hides()
	}
	for known := -1; known < len(l.db.Unknown); {
		known = len(l.db.Unknown)
		l.db.Unknown = unknownNames(functions)
		words := newWordSet(slices.Collect(maps.Keys(l.db.Unknown)))
		for i := range functions {
			f := &functions[i]
			if called := words.in(f.source); f.why == "" && called != "" {
				f.why = "it names the function " + called + ", of which that is not known"
			}
		}
	}
	for i := range functions {
		if f := &functions[i]; f.ofRow && f.why != "" && !slices.Contains(l.db.UnknownOfRows, f.name) {
			l.db.UnknownOfRows = append(l.db.UnknownOfRows, f.name)
		}
	}
	return nil
}

// unknownNames are the names of those that cannot be looked into; never nil.
func unknownNames(functions []userFunction) map[string]string {
	names := make(map[string]string)
	for i := range functions {
		if f := &functions[i]; f.why != "" && names[f.name] == "" {
			names[f.name] = f.why
		}
	}
	return names
}

// userFunctions reads the functions, procedures and aggregates. The source of an aggregate is the names of the functions that it
// is made of, that of a function with an SQL-standard body its definition.
func (l *loader) userFunctions(ctx context.Context) (all []userFunction, err error) {
	var f userFunction
	err = l.each(ctx, `
SELECT p.proname::text, CASE WHEN p.prokind = 'a' THEN 'sql' ELSE g.lanname::text END, CASE
	WHEN p.prokind = 'a' THEN concat_ws(' ', a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
	WHEN g.lanname = 'sql' AND p.prosrc = '' THEN pg_catalog.pg_get_functiondef(p.oid)
	ELSE p.prosrc END,
	p.pronargs = 1 AND coalesce(t.typtype IN ('c', 'd', 'p'), false)
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace JOIN pg_catalog.pg_language g ON g.oid = p.prolang
LEFT JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid LEFT JOIN pg_catalog.pg_type t ON t.oid = p.proargtypes[0]
WHERE p.oid >= $1 AND n.nspname <> 'pgseal' AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
	WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = ANY($2))
ORDER BY 1`, []any{uint32(userFunctions), lookedInto}, []any{&f.name, &f.language, &f.source, &f.ofRow}, func() error {
		all = append(all, f)
		return nil
	})
	return all, err
}

// hides says why the function itself cannot be looked into; empty where it can.
func (f *userFunction) hides() string {
	switch f.language {
	case "sql", "plpgsql":
	default:
		return "it is written in the language " + f.language
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(f.source), notWord) {
		switch s := fixedSigns[word]; {
		case word == "execute" && f.language == "plpgsql":
			return "it runs SQL that it puts together (EXECUTE)"
		case s&(signDynamic|signDump) != 0:
			return "it calls " + word + "(), which runs SQL"
		case s&(signSetting|signSetConfig|signPgSettings) != 0:
			return "it may change settings that texts are read by (" + word + ")"
		case s&(signSchema|signStatistics) != 0:
			return "it uses " + word
		}
	}
	return ""
}
