package plan

import (
	"context"
	"slices"

	"github.com/legatics/pgseal/policy"
)

// loadSnapshot is LoadCatalogue with the scope of what it found. What the policy only observes is loaded apart, so that it
// changes nothing of what is in force.
func loadSnapshot(ctx context.Context, conn Conn, pol *policy.Policy, frozen []FrozenColumn, version uint64) (*Catalogue, []policy.Problem, *catalogueScope, error) {
	db, scope, err := loadDatabase(ctx, conn, loadNames(pol, frozen))
	if err != nil {
		return nil, nil, nil, err
	}
	if !pol.Observes() {
		c, problems := buildCatalogue(db, pol, frozen, version)
		return c, problems, scope, nil
	}
	// The scope is that of all names and the older of the two: a change in between is found at the next look.
	own, _, err := loadDatabase(ctx, conn, loadNames(pol.Enforced(), frozen))
	if err != nil {
		return nil, nil, nil, err
	}
	c, problems := buildCatalogue(own, pol.Enforced(), frozen, version)
	var later []policy.Problem
	c.Observed, later = forecast(db, pol, frozen, version)
	return c, append(problems, observedProblems(later, problems)...), scope, nil
}

// forecast makes a snapshot in which all listed columns are sealed and nothing stands in the way. The problems are what does.
func forecast(db *policy.Database, pol *policy.Policy, frozen []FrozenColumn, version uint64) (*Catalogue, []policy.Problem) {
	b := newCatalogueBuilder(db, pol, frozen)
	b.forecast = true
	b.problems = pol.Validate(db)
	c := b.build(frozen, version)
	return c, b.problems
}

// observedProblems are those that the policy will have once what it observes is in force: warnings for now.
func observedProblems(later, known []policy.Problem) (more []policy.Problem) {
	for _, p := range later {
		if slices.Contains(known, p) {
			continue
		}
		if p.Severity == policy.SeverityError {
			p.Severity = policy.SeverityWarning
		}
		p.Message = "once its columns in state observe are in force: " + p.Message
		more = append(more, p)
	}
	return more
}

// Problems holds a policy against the live database.
func Problems(ctx context.Context, conn Conn, pol *policy.Policy) ([]policy.Problem, error) {
	_, problems, _, err := loadSnapshot(ctx, conn, pol, nil, 0)
	return problems, err
}

// LoadForecast reads the live catalogue as LoadCatalogue does, and makes of it what will be in force once every listed column is
// sealed and everything that is in the way has been mended: it is for telling what will become of statements.
func LoadForecast(ctx context.Context, conn Conn, pol *policy.Policy, frozen []FrozenColumn) (*Catalogue, []policy.Problem, error) {
	now, problems, _, err := loadSnapshot(ctx, conn, pol, frozen, 1)
	if err != nil {
		return nil, nil, err
	}
	db, _, err := loadDatabase(ctx, conn, loadNames(pol.Enforced(), frozen))
	if err != nil {
		return nil, nil, err
	}
	c, _ := forecast(db, pol.Enforced(), frozen, 1)
	c.Observed = now.Observed
	return c, problems, nil
}
