package bulk

import (
	"context"
	"fmt"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// NewRenewal looks at deterministic columns that are to be sealed anew under the newest data key together, since what the server holds them to would not
// hold while values of two data keys lie side by side. The caller ends it with Close.
func NewRenewal(ctx context.Context, r *Runner, policy pgstore.PolicyHash, columns []*guard.ColumnStatus) (*Swap, error) {
	s, err := newSwap(ctx, r, policy, columns, false)
	if err != nil {
		return nil, err
	}
	s.anew = true
	for _, c := range s.columns() {
		next := *c.form.record // as what is written will be sealed
		next.NextMode, next.Turned = crypto.Deterministic, true
		c.form.record, c.kind, c.how = &next, &resealing{}, guard.Conversion{}
	}
	return s, nil
}

// renewalSteps are the last ones.
func (s *Swap) renewalSteps(steps []Step) []Step {
	for _, c := range s.columns() {
		steps = append(steps, Step{fmt.Sprintf("-- what is sealed under the former data key is refused by a CHECK on %s, which is there until every proxy knows and what began before has ended", c.status.Column.String()), lockAll})
	}
	return steps
}
