// Command withent is a legal product's data layer in ent. Package ent beside it is generated from the schema before this is built.
//
//	withent URL schema|work
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	entdialect "entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/legatics/pgseal/testenv/orms/golang/steps"
	"github.com/legatics/pgseal/testenv/orms/golang/withent/ent"
	"github.com/legatics/pgseal/testenv/orms/golang/withent/ent/matter"
	"github.com/legatics/pgseal/testenv/orms/golang/withent/ent/party"
)

type work struct {
	ctx context.Context
	c   *ent.Client
	db  *sql.DB
	steps.Program
}

func create(c *ent.Client, m steps.Matter) *ent.MatterCreate {
	return c.Matter.Create().SetReference(m.Reference).SetStatus(m.Status).SetNillableTitle(m.Title).SetNillableClientEmail(m.ClientEmail).
		SetNillableValue(m.Value).SetNillableOpened(m.Opened).SetConfidential(m.Confidential).SetNotes(m.Notes)
}

func (w *work) reset() error {
	_, err := w.db.ExecContext(w.ctx, steps.Empty)
	for _, m := range steps.Matters() {
		err = errors.Join(err, create(w.c, m).Exec(w.ctx))
	}
	for _, p := range steps.Parties() {
		err = errors.Join(err, w.c.Party.Create().SetMatterID(p.MatterID).SetName(p.Name).SetEmail(p.Email).SetRole(p.Role).Exec(w.ctx))
	}
	for _, d := range steps.Documents() {
		err = errors.Join(err, w.c.Document.Create().SetMatterID(d.MatterID).SetPath(d.Path).SetPages(d.Pages).Exec(w.ctx))
	}
	return err
}

func (w *work) matters() (any, error) { return w.c.Matter.Query().Order(matter.ByID()).All(w.ctx) }

// then gives all matters after a change.
func (w *work) then(result any, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	list, err := w.matters()
	return []any{result, list}, err
}

// either keeps a result that is already one of Step.
func either[T any](result T, err error) (any, error) { return result, err }

func main() {
	url, schema := steps.Main()
	db, err := sql.Open("pgx", url)
	steps.Must(err)
	db.SetMaxOpenConns(1)
	w := &work{ctx: context.Background(), db: db, c: ent.NewClient(ent.Driver(entsql.OpenDB(entdialect.Postgres, db)))}
	if schema {
		steps.Must(w.c.Schema.Create(w.ctx))
		return
	}
	info, _ := debug.ReadBuildInfo()
	versions := map[string]string{}
	for _, d := range info.Deps {
		versions[d.Path] = strings.TrimPrefix(d.Version, "v")
	}
	steps.Version(fmt.Sprintf("ent %s, pgx %s", versions["entgo.io/ent"], versions["github.com/jackc/pgx/v5"]))
	w.Reset = w.reset
	w.writes()
	w.finds()
	w.transactions()
	w.refused()
	steps.Must(w.reset())
}

func (w *work) writes() {
	ctx, c := w.ctx, w.c
	w.Step("create", func() (any, error) {
		m, err := create(c, steps.More(10)).Save(ctx)
		if err != nil {
			return nil, err
		}
		return either(c.Matter.Get(ctx, m.ID))
	})
	w.Step("create with nulls", func() (any, error) {
		return w.then(c.Matter.Create().SetReference("M-11").SetStatus("new").SetConfidential(false).Save(ctx))
	})
	w.Step("read by id", func() (any, error) {
		return either(c.Matter.Query().Where(matter.IDIn(1, 2, 3)).Order(matter.ByID()).All(ctx))
	})
	w.Step("update", func() (any, error) {
		return w.then(c.Matter.UpdateOneID(1).SetTitle("privileged: renamed").SetValue("99.90").SetNotes(map[string]any{"privileged: key": 1}).SetConfidential(false).Save(ctx))
	})
	w.Step("update to null", func() (any, error) {
		return w.then(c.Matter.UpdateOneID(1).ClearTitle().ClearValue().ClearNotes().ClearOpened().Save(ctx))
	})
	w.Step("delete", func() (any, error) {
		return either(c.Party.Delete().Where(party.Email("zoe@sealed.example")).Exec(ctx))
	})
	w.Step("relations create", func() (any, error) {
		p, err := c.Party.Create().SetName("privileged: new").SetEmail("new@sealed.example").SetRole("client").SetMatter(c.Matter.GetX(ctx, 3)).Save(ctx)
		if err != nil {
			return nil, err
		}
		return either(p.QueryMatter().Only(ctx))
	})
	w.Step("bulk insert", func() (any, error) {
		var list []*ent.MatterCreate
		for n := 10; n < 40; n++ {
			list = append(list, create(c, steps.More(n)))
		}
		return w.then(c.Matter.CreateBulk(list...).Save(ctx))
	})
	w.Step("update where", func() (any, error) {
		return w.then(c.Matter.Update().Where(matter.Status("open")).SetTitle("privileged: all").SetConfidential(true).AddVersion(1).Save(ctx))
	})
	w.Step("update where related", func() (any, error) {
		return w.then(c.Matter.Update().Where(matter.HasPartiesWith(party.Email("zoe@sealed.example"))).SetTitle("privileged: disputed").Save(ctx))
	})
	w.Step("upsert", func() (any, error) {
		m := steps.More(10)
		m.ClientEmail = new(steps.Ann)
		return w.then(create(c, m).OnConflictColumns(matter.FieldClientEmail).UpdateNewValues().ID(ctx))
	})
	w.Step("upsert some", func() (any, error) {
		m := steps.More(10)
		m.ClientEmail = new(steps.Ann)
		return w.then(create(c, m).OnConflictColumns(matter.FieldClientEmail).Update(func(u *ent.MatterUpsert) { u.SetTitle("privileged: merged").UpdateValue() }).ID(ctx))
	})
	w.Step("insert or ignore", func() (any, error) {
		m := steps.More(10)
		m.ClientEmail = new(steps.Ann)
		return w.then(nil, create(c, m).OnConflictColumns(matter.FieldClientEmail).Ignore().Exec(ctx))
	})
}

func (w *work) finds() {
	ctx, c := w.ctx, w.c
	q := func() *ent.MatterQuery { return c.Matter.Query().Order(matter.ByID()) }
	w.Step("find by email", func() (any, error) { return either(c.Matter.Query().Where(matter.ClientEmail(steps.Ann)).Only(ctx)) })
	w.Step("find by emails", func() (any, error) {
		return either(q().Where(matter.ClientEmailIn(steps.Ann, "eve@sealed.example", "no@sealed.example")).IDs(ctx))
	})
	w.Step("find not email", func() (any, error) { return either(q().Where(matter.ClientEmailNEQ(steps.Ann)).IDs(ctx)) })
	w.Step("find or", func() (any, error) {
		return either(q().Where(matter.Or(matter.ClientEmail(steps.Ann), matter.Status("closed"))).IDs(ctx))
	})
	w.Step("find by date", func() (any, error) { return either(q().Where(matter.Opened(*steps.Day(2024, 2, 29))).IDs(ctx)) })
	w.Step("find by boolean", func() (any, error) { return either(q().Where(matter.Confidential(true)).IDs(ctx)) })
	w.Step("find by not boolean", func() (any, error) { return either(q().Where(matter.Confidential(false)).IDs(ctx)) })
	w.Step("find null", func() (any, error) { return either(q().Where(matter.ValueIsNil(), matter.TitleNotNil()).IDs(ctx)) })
	w.Step("page by offset", func() (any, error) {
		return either(c.Matter.Query().Order(matter.ByReference(entsql.OrderDesc())).Limit(2).Offset(1).All(ctx))
	})
	w.Step("page by id", func() (any, error) { return either(q().Where(matter.IDGT(1)).Limit(2).All(ctx)) })
	w.Step("count", func() (any, error) { return either(q().Where(matter.ClientEmail(steps.Ann)).Count(ctx)) })
	w.Step("exists", func() (any, error) {
		return either(c.Matter.Query().Where(matter.ClientEmail("bob@sealed.example")).Exist(ctx))
	})
	w.Step("eager second query", func() (any, error) {
		return either(q().WithParties(func(p *ent.PartyQuery) { p.Where(party.Role("client")) }).WithDocuments().All(ctx))
	})
	w.Step("join filter", func() (any, error) {
		return either(q().Where(matter.HasPartiesWith(party.Email("zoe@sealed.example"))).IDs(ctx))
	})
	w.Step("relations traverse", func() (any, error) { return either(c.Party.Query().QueryMatter().Order(matter.ByID()).All(ctx)) })
	w.Step("order by count", func() (any, error) {
		return either(c.Matter.Query().Order(matter.ByPartiesCount(entsql.OrderDesc()), matter.ByID()).All(ctx))
	})
	w.Step("group by sealed", func() (any, error) {
		var rows []struct {
			Email string
			Count int
		}
		err := c.Party.Query().GroupBy(party.FieldEmail).Aggregate(ent.Count()).Scan(ctx, &rows)
		return len(rows), err
	})
	w.Step("select some", func() (any, error) { return either(q().Select(matter.FieldTitle, matter.FieldValue).All(ctx)) })
}

func (w *work) transactions() {
	ctx, c := w.ctx, w.c
	w.Step("rollback", func() (any, error) {
		tx, err := c.Tx(ctx)
		if err != nil {
			return nil, err
		}
		err = errors.Join(create(tx.Client(), steps.More(10)).Exec(ctx), tx.Matter.UpdateOneID(1).SetTitle("privileged: never").Exec(ctx), tx.Rollback())
		if err != nil {
			return nil, err
		}
		return w.matters()
	})
	w.Step("unique violation", func() (any, error) {
		m := steps.More(10)
		m.ClientEmail = new("bob@sealed.example")
		err := create(c, m).Exec(ctx)
		if ent.IsConstraintError(err) {
			return nil, err
		}
		return nil, fmt.Errorf("not taken for a constraint: %w", err)
	})
	w.Step("optimistic lock", func() (any, error) {
		first, err := c.Matter.Update().Where(matter.ID(1), matter.Version(1)).SetTitle("privileged: won").AddVersion(1).Save(ctx)
		second, also := c.Matter.Update().Where(matter.ID(1), matter.Version(1)).SetTitle("privileged: lost").AddVersion(1).Save(ctx)
		return []int{first, second}, errors.Join(err, also)
	})
}

func (w *work) refused() {
	ctx, c := w.ctx, w.c
	w.Step("order by sealed", func() (any, error) { return either(c.Matter.Query().Order(matter.ByTitle()).IDs(ctx)) })
	w.Step("like sealed", func() (any, error) {
		return either(c.Matter.Query().Where(matter.TitleHasPrefix("privileged: A")).IDs(ctx))
	})
	w.Step("contains sealed", func() (any, error) { return either(c.Matter.Query().Where(matter.TitleContainsFold("acme")).IDs(ctx)) })
	w.Step("case blind email", func() (any, error) {
		return either(c.Matter.Query().Where(matter.ClientEmailEqualFold(steps.Ann)).IDs(ctx))
	})
	w.Step("equals randomized", func() (any, error) {
		return either(c.Matter.Query().Where(matter.Title("privileged: Acme v. Bolt")).IDs(ctx))
	})
	w.Step("range sealed", func() (any, error) { return either(c.Matter.Query().Where(matter.ValueGT("100")).IDs(ctx)) })
	w.Step("max sealed", func() (any, error) {
		var rows []struct{ Max sql.NullTime }
		err := c.Matter.Query().Aggregate(ent.Max(matter.FieldOpened)).Scan(ctx, &rows)
		return rows, err
	})
}
