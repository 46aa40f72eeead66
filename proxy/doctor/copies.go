package doctor

import (
	"context"
	"fmt"

	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
)

// copies reports materialized views over protected tables that hold values which are not sealed: what the columns held when they were last filled.
func (e *examination) copies(ctx context.Context) error {
	for _, r := range e.catalogue.Relations {
		if r.Kind != 'm' || !e.overSealed() {
			continue
		}
		plain, seen, err := e.plainCopies(ctx, r)
		if err != nil && !denied(err) {
			return err
		}
		f := Finding{Severity: Warning, Kind: "copy", Object: "materialized view " + nameOf(r), Mend: "REFRESH MATERIALIZED VIEW " + quoted(r.Schema, r.Name) + ";",
			Message: "it keeps what the protected columns held when it was last filled, plaintext from before they were sealed"}
		switch {
		case err != nil || !seen:
			f.Message = "it may keep what the protected columns held when it was last filled, plaintext where that was before they were sealed; whether it does cannot be seen"
		case !plain:
			continue
		}
		e.note(f)
	}
	return nil
}

// plainCopies tells whether a materialized view holds a value of a sealed column that is not sealed; seen is whether that could be looked at.
func (e *examination) plainCopies(ctx context.Context, r *plan.Relation) (plain, seen bool, err error) {
	for i := range r.Columns {
		a := &r.Columns[i]
		if a.Protected == nil || !a.Protected.Sealed {
			continue
		}
		if !holdsSealed(a) {
			return false, false, nil
		}
		seen = true
		var found bool
		err := e.each(ctx, fmt.Sprintf("SELECT EXISTS (SELECT FROM %s WHERE NOT %s)", quoted(r.Schema, r.Name), guard.Sealed(e.Tag, a.Protected.Armoured, quoted(a.Name))),
			nil, []any{&found}, func() error { return nil })
		if plain = plain || found; err != nil {
			return false, false, err
		}
	}
	return plain, seen, nil
}

// overSealed tells whether any column is sealed at all.
func (e *examination) overSealed() (sealed bool) {
	e.tables(func(r *plan.Relation) { sealed = sealed || r.Sealed })
	return sealed
}
