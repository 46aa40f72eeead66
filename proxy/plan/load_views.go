package plan

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/policy"
)

// Reading a view's definition locks what the view reads, for the moment. A relation that somebody else has locked for longer must not
// keep the catalogue from being loaded.
const (
	definitionWait      = "100ms" // lock_timeout
	definitionMisses    = 10      // after that many views no other is tried by itself
	definitionsTogether = 100     // views at a time: the server's memory for locks is bounded
)

// viewDefinitions reads the queries of the views among the dependents.
func (l *loader) viewDefinitions(ctx context.Context) error {
	byOID := make(map[uint32]*policy.View)
	var oids []uint32
	for _, d := range l.db.Dependents {
		if (d.Kind == 'v' || d.Kind == 'm') && byOID[d.OID] == nil {
			v := &policy.View{OID: d.OID, Name: d.Name, Kind: d.Kind}
			l.db.Views = append(l.db.Views, v)
			byOID[d.OID], oids = v, append(oids, d.OID)
		}
	}
	if len(oids) == 0 {
		return nil
	}
	if err := l.viewActs(ctx, oids, byOID); err != nil {
		return err
	}
	misses := 0
	for together := range slices.Chunk(oids, definitionsTogether) {
		err := l.definitions(ctx, together, byOID)
		for i := 0; err != nil && i < len(together) && misses < definitionMisses; i++ {
			if !fromServer(err) {
				return err
			}
			if err := l.definitions(ctx, together[i:i+1], byOID); err != nil && !fromServer(err) {
				return err
			} else if err != nil {
				misses++
			}
		}
	}
	l.again = misses > 0
	return nil
}

// viewActs reads what takes the place of a write through a view.
func (l *loader) viewActs(ctx context.Context, oids []uint32, byOID map[uint32]*policy.View) error {
	var oid uint32
	var temporary bool
	var acts []string
	return l.each(ctx, `
SELECT c.oid, c.relpersistence = 't',
	ARRAY(SELECT 'the rule ' || r.rulename FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN' ORDER BY 1)
	|| ARRAY(SELECT 'the trigger ' || t.tgname FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND (t.tgtype & 64) <> 0 ORDER BY 1)
FROM pg_catalog.pg_class c WHERE c.oid = ANY($1)`,
		[]any{oids}, []any{&oid, &temporary, &acts}, func() error {
			byOID[oid].Temporary, byOID[oid].Acts = temporary, acts
			acts = nil // the next row gets a slice of its own
			return nil
		})
}

// definitions reads definitions in a transaction within the loader's, so that an error leaves that one as it was.
func (l *loader) definitions(ctx context.Context, oids []uint32, byOID map[uint32]*policy.View) error {
	outer := l.tx
	inner, err := outer.Begin(ctx)
	if err != nil {
		return err
	}
	l.tx = inner
	defer func() { l.tx = outer }()
	found := make(map[uint32]string)
	var oid uint32
	var definition string
	err = l.each(ctx, `SELECT pg_catalog.set_config('lock_timeout', $1, true)`, []any{definitionWait}, []any{nil}, func() error { return nil })
	if err == nil {
		err = l.each(ctx, `SELECT c.oid, coalesce(pg_catalog.pg_get_viewdef(c.oid), '') FROM pg_catalog.pg_class c WHERE c.oid = ANY($1)`,
			[]any{oids}, []any{&oid, &definition}, func() error {
				found[oid] = definition
				return nil
			})
	}
	if err != nil {
		if back := inner.Rollback(ctx); back != nil {
			return back
		}
		return err
	}
	for oid, definition := range found {
		byOID[oid].Definition = definition
	}
	return inner.Rollback(ctx) // gives the locks back
}

// fromServer tells an error that the server answered with from a connection that is lost.
func fromServer(err error) bool {
	var answer *pgconn.PgError
	return errors.As(err, &answer)
}
