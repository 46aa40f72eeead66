package doctor

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
)

// DB is what is needed of a connection to the database; *pgx.Conn and *pgxpool.Pool have it. Names have to resolve in
// pg_catalog, as they do on the store's connections.
type DB interface {
	guard.Querier
	plan.Conn
}

// Options say what is looked at.
type Options struct {
	DB     DB
	Policy *policy.Policy
	// Status is how the columns stand in the store (guard.Look), nil where there is none; Frozen is what the planner makes
	// of it, Tag the store's.
	Status *guard.Status
	Frozen []plan.FrozenColumn
	Tag    crypto.StoreTag
	// Joined: the store was made to take values that another one has sealed.
	Joined bool
	// Budget is how many bytes of each table are looked through for plaintext; 0: all.
	Budget int64
}

// examination is one look at a database.
type examination struct {
	Options
	catalogue *plan.Catalogue
	found     []Finding
}

// Examine looks at everything and returns what it found, the worst first. The error says that the database could not be
// looked at.
func Examine(ctx context.Context, o Options) ([]Finding, error) {
	e := &examination{Options: o}
	for _, part := range []struct {
		name string
		look func(context.Context) error
	}{
		{"the policy", e.policy}, {"columns", e.columns}, {"statistics", e.statistics}, {"extended statistics", e.extendedStatistics}, {"copies", e.copies},
		{"publications", e.publications}, {"subscriptions", e.subscriptions}, {"receivers of the WAL", e.receivers}, {"log settings", e.logging},
		{"loaded libraries", e.libraries}, {"extensions", e.extensions}, {"settings of roles", e.roleSettings}, {"settings of the server", e.serverSettings},
		{"owners and superusers", e.powers}, {"the schema pgseal", e.ownSchema},
	} {
		if err := part.look(ctx); err != nil {
			if !denied(err) {
				return nil, fmt.Errorf("looking at %s: %w", part.name, err)
			}
			e.note(Finding{Severity: Information, Kind: "unseen", Object: part.name, Message: "the control role may not look at " + part.name,
				Mend: "run pgseal doctor with a control role that may: a member of pg_monitor and of the tables' owner; for settings of the server, with " +
					"GRANT SELECT ON pg_file_settings and GRANT EXECUTE ON FUNCTION pg_show_all_file_settings() besides"})
		}
	}
	Sort(e.found)
	return e.found, nil
}

func (e *examination) note(f Finding) { e.found = append(e.found, f) }

// denied tells that the present role may not do something.
func denied(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "42501"
}

// each runs a query and calls f for each row after scanning it into the targets.
func (e *examination) each(ctx context.Context, sql string, args, targets []any, f func() error) error {
	rows, err := e.DB.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	_, err = pgx.ForEachRow(rows, targets, f)
	return err
}

// policy reports in what policy and database do not agree.
func (e *examination) policy(ctx context.Context) error {
	c, problems, err := plan.LoadCatalogue(ctx, e.DB, e.Policy, e.Frozen, 0)
	if err != nil {
		return err
	}
	e.catalogue = c
	for _, p := range problems {
		f := Finding{Severity: Information, Kind: "policy", Object: p.Object, Message: p.Sentence(), Mend: p.Hint}
		switch p.Severity {
		case policy.SeverityError:
			f.Severity = Error
		case policy.SeverityWarning:
			f.Severity = Warning
		}
		if p.Where != (policy.Position{}) {
			f.Evidence = p.Where.String()
		}
		e.note(f)
	}
	return nil
}

// tables calls f for each protected table, partitions and children among them; views are left out.
func (e *examination) tables(f func(*plan.Relation)) {
	for _, r := range e.catalogue.Relations {
		if r.Kind == 'r' || r.Kind == 'p' || r.Kind == 'f' {
			f(r)
		}
	}
}

// tableNames are the protected tables by OID, as people write them.
func (e *examination) tableNames() (oids []uint32, names map[uint32]string) {
	names = make(map[uint32]string)
	e.tables(func(r *plan.Relation) {
		oids = append(oids, r.OID)
		names[r.OID] = nameOf(r)
	})
	return oids, names
}

func nameOf(r *plan.Relation) string {
	return policy.TableName{Schema: r.Schema, Name: r.Name}.String()
}

// quoted writes a name of one or more parts for SQL.
func quoted(parts ...string) string { return pgx.Identifier(parts).Sanitize() }
