package doctor

import (
	"context"

	"github.com/legatics/pgseal/proxy/plan"
)

// copies reports materialized views over protected tables: they hold what the columns held when they were last filled.
func (e *examination) copies(context.Context) error {
	for _, r := range e.catalogue.Relations {
		if r.Kind == 'm' && e.overSealed() {
			e.note(Finding{Severity: Warning, Kind: "copy", Object: "materialized view " + nameOf(r),
				Message: "it keeps what the protected columns held when it was last filled, plaintext where that was before they were sealed",
				Mend:    "REFRESH MATERIALIZED VIEW " + quoted(r.Schema, r.Name) + ";"})
		}
	}
	return nil
}

// overSealed tells whether any column is sealed at all.
func (e *examination) overSealed() (sealed bool) {
	e.tables(func(r *plan.Relation) { sealed = sealed || r.Sealed })
	return sealed
}
