// Command withsql is a legal product's data layer on database/sql and pgx, with the statements written by hand, as sqlc generates them; and with
// statements as frameworks write them whose newest versions are not among Debian's packages.
//
//	withsql URL schema|work
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/legatics/pgseal/testenv/orms/golang/steps"
)

const tables = `
create table matters (
	id serial primary key, reference varchar(20) not null unique, status varchar(10) not null, title text, client_email varchar(254) unique,
	value numeric(14,2), opened date, confidential boolean not null, notes jsonb, version integer not null default 1
);
create table parties (
	id serial primary key, matter_id integer not null references matters on delete cascade, name text, email varchar(254), role varchar(20) not null
);
create table documents (
	id serial primary key, matter_id integer not null references matters on delete cascade, path text not null, pages integer not null
)`

const insertMatter = `insert into matters (reference, status, title, client_email, value, opened, confidential, notes) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`

// matter is a row as it is read.
type matter struct {
	ID           int
	Reference    string
	Status       string
	Title, Email sql.Null[string]
	Value        sql.Null[string]
	Opened       sql.Null[time.Time]
	Confidential bool
	Notes        sql.Null[string]
	Version      int
}

// querier is a connection or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

type work struct {
	ctx context.Context
	db  *sql.Conn
	steps.Program
}

func arguments(m steps.Matter) []any {
	return []any{m.Reference, m.Status, m.Title, m.ClientEmail, m.Value, m.Opened, m.Confidential, m.Notes}
}

func (w *work) reset() error {
	err := errors.Join(w.exec(w.db, "rollback"), w.exec(w.db, steps.Empty))
	for _, m := range steps.Matters() {
		err = errors.Join(err, w.exec(w.db, insertMatter, arguments(m)...))
	}
	for _, p := range steps.Parties() {
		err = errors.Join(err, w.exec(w.db, "insert into parties (matter_id, name, email, role) values ($1, $2, $3, $4)", p.MatterID, p.Name, p.Email, p.Role))
	}
	for _, d := range steps.Documents() {
		err = errors.Join(err, w.exec(w.db, "insert into documents (matter_id, path, pages) values ($1, $2, $3)", d.MatterID, d.Path, d.Pages))
	}
	return err
}

func (w *work) exec(q querier, query string, args ...any) error {
	_, err := q.ExecContext(w.ctx, query, args...)
	return err
}

// rows reads any result: the types are those that the driver makes of the description.
func (w *work) rows(q querier, query string, args ...any) (any, error) {
	rows, err := q.QueryContext(w.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	all := [][]string{{}}
	for _, t := range types {
		all[0] = append(all[0], t.Name()+" "+t.DatabaseTypeName())
	}
	for rows.Next() {
		values, into := make([]any, len(types)), make([]any, len(types))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		line := []string{}
		for _, v := range values {
			line = append(line, fmt.Sprintf("%T %v", v, v))
		}
		all = append(all, line)
	}
	return all, rows.Err()
}

func (w *work) matters() (list []matter, err error) {
	rows, err := w.db.QueryContext(w.ctx, "select id, reference, status, title, client_email, value, opened, confidential, notes, version from matters order by id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m matter
		if err := rows.Scan(&m.ID, &m.Reference, &m.Status, &m.Title, &m.Email, &m.Value, &m.Opened, &m.Confidential, &m.Notes, &m.Version); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// query is a step that is one statement, and what the tables hold after it.
func (w *work) query(name, query string, args ...any) {
	w.Step(name, func() (any, error) {
		rows, err := w.rows(w.db, query, args...)
		if err != nil || strings.HasPrefix(query, "select") {
			return rows, err
		}
		list, err := w.matters()
		return []any{rows, list}, err
	})
}

func main() {
	url, schema := steps.Main()
	db, err := sql.Open("pgx", url)
	steps.Must(err)
	ctx := context.Background()
	if schema {
		_, err := db.ExecContext(ctx, tables)
		steps.Must(err)
		return
	}
	conn, err := db.Conn(ctx)
	steps.Must(err)
	info, _ := debug.ReadBuildInfo()
	for _, d := range info.Deps {
		if d.Path == "github.com/jackc/pgx/v5" {
			steps.Version("database/sql, pgx " + strings.TrimPrefix(d.Version, "v"))
		}
	}
	w := &work{ctx: ctx, db: conn}
	w.Reset = w.reset
	w.everyday()
	w.transactions()
	w.asOthers()
	w.refused()
	steps.Must(w.reset())
	_ = stdlib.GetDefaultDriver()
}

func (w *work) everyday() {
	w.query("create", insertMatter, arguments(steps.More(10))...)
	w.query("read by id", "select * from matters where id = $1", 1)
	w.query("update", "update matters set title = $2, value = $3, notes = $4 where id = $1", 1, "privileged: renamed", "99.90", map[string]any{"privileged: key": 1})
	w.query("update to null", "update matters set title = $2, value = $3, opened = $4 where id = $1", 1, nil, nil, nil)
	w.query("update unless null", "update matters set title = coalesce($2, title), value = coalesce($3, value) where id = $1", 1, nil, "7.00")
	w.query("update returning", "update matters set title = $2 where client_email = $1 returning *", steps.Ann, "privileged: r")
	w.query("delete", "delete from parties where email = $1 returning id, name", "zoe@sealed.example")
	w.query("upsert", "insert into matters (reference, status, client_email, title, confidential) values ('M-9', 'new', $1, $2, true) "+
		"on conflict (client_email) do update set title = excluded.title, version = matters.version + 1 returning id, title", steps.Ann, "privileged: merged")
	w.query("find by email", "select * from matters where client_email = $1", steps.Ann)
	w.query("find by emails", "select id, title from matters where client_email = any($1) order by id", []string{steps.Ann, "eve@sealed.example"})
	w.query("find by emails cast", "select id, title from matters where client_email = any($1::text[]) order by id", []string{steps.Ann, "eve@sealed.example"})
	// What is compared with NULL alone is no value of a sealed column: PostgreSQL gets it as it is.
	w.query("find if given", "select id, title from matters where ($1::text is null or client_email = $1) order by id", "nobody@plain.example")
	w.query("find by narg", "select id, title from matters where client_email = coalesce($1, client_email) order by id", nil)
	w.query("find by date", "select id from matters where opened = $1", steps.Day(2024, 2, 29))
	w.query("find by boolean", "select id from matters where confidential")
	w.query("find by not boolean", "select id from matters where not confidential order by id")
	w.query("page by id", "select id, title from matters where id > $1 order by id limit $2", 1, 2)
	w.query("count", "select count(*), count(value), count(distinct client_email) from matters")
	w.query("exists", "select exists(select 1 from matters where client_email = $1)", steps.Ann)
	w.query("eager join", "select m.*, p.name from matters m left join parties p on p.matter_id = m.id order by m.id, p.id")
	w.query("join on sealed", "select m.title, p.name from matters m join parties p on p.email = m.client_email order by m.id")
	w.query("group by plain", "select m.status, sum(d.pages) from matters m join documents d on d.matter_id = m.id group by m.status order by 1")
	w.query("subquery in sealed", "select id from matters where client_email in (select email from parties) order by id")
}

func (w *work) transactions() {
	w.Step("rollback", func() (any, error) {
		tx, err := w.db.BeginTx(w.ctx, nil)
		if err != nil {
			return nil, err
		}
		err = errors.Join(w.exec(tx, insertMatter, arguments(steps.More(10))...), w.exec(tx, "update matters set title = $1", "privileged: never"), tx.Rollback())
		if err != nil {
			return nil, err
		}
		return w.matters()
	})
	w.Step("prepared", func() (any, error) {
		s, err := w.db.PrepareContext(w.ctx, insertMatter)
		if err != nil {
			return nil, err
		}
		defer s.Close()
		for n := 10; n < 40; n++ {
			if _, err := s.ExecContext(w.ctx, arguments(steps.More(n))...); err != nil {
				return nil, err
			}
		}
		return w.matters()
	})
	w.Step("unique violation", func() (any, error) {
		m := steps.More(10)
		m.ClientEmail = new("bob@sealed.example")
		return nil, w.exec(w.db, insertMatter, arguments(m)...)
	})
	w.Step("savepoint", func() (any, error) {
		tx, err := w.db.BeginTx(w.ctx, nil)
		if err != nil {
			return nil, err
		}
		first := errors.Join(w.exec(tx, "update matters set title = 'privileged: outer' where id = 1"), w.exec(tx, "savepoint s"))
		refused := w.exec(tx, "select 1 from matters order by title, 1/(id - id)") // refused here, an error of the server there
		err = errors.Join(first, w.exec(tx, "rollback to savepoint s"), tx.Commit())
		list, read := w.matters()
		return []any{refused != nil, list}, errors.Join(err, read)
	})
	w.Step("optimistic lock", func() (any, error) {
		var counts []int64
		for _, title := range []string{"privileged: won", "privileged: lost"} {
			r, err := w.db.ExecContext(w.ctx, "update matters set title = $1, version = version + 1 where id = 1 and version = 1", title)
			if err != nil {
				return nil, err
			}
			n, _ := r.RowsAffected()
			counts = append(counts, n)
		}
		return counts, nil
	})
}

// asOthers has statements of frameworks of which only older versions are Debian packages, as their documentation and sources have them.
func (w *work) asOthers() {
	w.query("SQLAlchemy 2: bulk insert", `INSERT INTO matters (reference, status, title, client_email, value, opened, confidential, version)
		SELECT p0::VARCHAR, p1::VARCHAR, p2::TEXT, p3::VARCHAR, p4::NUMERIC(14, 2), p5::DATE, p6::BOOLEAN, p7::INTEGER
		FROM (VALUES ($1::VARCHAR, $2::VARCHAR, $3::TEXT, $4::VARCHAR, $5::NUMERIC(14, 2), $6::DATE, $7::BOOLEAN, $8::INTEGER, 0),
		($9::VARCHAR, $10::VARCHAR, $11::TEXT, $12::VARCHAR, $13::NUMERIC(14, 2), $14::DATE, $15::BOOLEAN, $16::INTEGER, 1))
		AS imp_sen(p0, p1, p2, p3, p4, p5, p6, p7, sen_counter) ORDER BY sen_counter RETURNING matters.id, matters.id AS id__1`,
		"M-10", "new", "privileged: ten", "ten@sealed.example", "10.00", steps.Day(2026, 1, 1), true, 1,
		"M-11", "new", "privileged: eleven", "eleven@sealed.example", nil, nil, false, 1)
	w.query("Django 5.2: bulk insert", `INSERT INTO "matters" ("reference", "status", "title", "client_email", "confidential") SELECT * FROM
		UNNEST(($1)::varchar[], ($2)::varchar[], ($3)::text[], ($4)::varchar[], ($5)::boolean[]) RETURNING "matters"."id"`,
		[]string{"M-10", "M-11"}, []string{"new", "new"}, []string{"privileged: ten", "privileged: eleven"}, []string{"ten@sealed.example", "eleven@sealed.example"}, []bool{true, false})
	w.query("Django 5: bulk update", `UPDATE "matters" SET "title" = CASE WHEN ("matters"."id" = $1) THEN $2 WHEN ("matters"."id" = $3) THEN $4 ELSE NULL END WHERE "matters"."id" IN ($1, $3)`,
		1, "privileged: one", 2, "privileged: two")
	w.query("Django 4.1: upsert", `INSERT INTO "matters" ("reference", "status", "client_email", "title", "confidential") VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT("client_email") DO UPDATE SET "title" = EXCLUDED."title" RETURNING "matters"."id"`, "M-10", "new", steps.Ann, "privileged: merged", true)
	w.query("ActiveRecord 7: upsert", `INSERT INTO "matters" ("reference","status","title","client_email","confidential") VALUES ('M-10', 'new', 'privileged: ten', 'ann@sealed.example', TRUE)
		ON CONFLICT ("client_email") DO UPDATE SET "title"=excluded."title","status"=excluded."status" RETURNING "id"`)
	w.query("Hibernate 6: upsert", `merge into matters as t using (select cast($1 as integer) id, cast($2 as text) title) as s on (t.id=s.id)
		when not matched then insert (id,reference,status,title,confidential) values (s.id,'M-10','new',s.title,true) when matched then update set title=s.title`, 1, "privileged: merged")
	w.query("Hibernate 6: page", "select m1_0.id,m1_0.client_email,m1_0.title,m1_0.value from matters m1_0 where m1_0.client_email=$1 order by m1_0.id offset $2 rows fetch first $3 rows only", steps.Ann, 0, 2)
	w.query("Prisma: page", `SELECT "public"."matters"."id", "public"."matters"."title", "public"."matters"."client_email", "public"."matters"."value", "public"."matters"."notes"
		FROM "public"."matters" WHERE "public"."matters"."client_email" IN ($1,$2) ORDER BY "public"."matters"."id" ASC LIMIT $3 OFFSET $4`, steps.Ann, "bob@sealed.example", 10, 0)
	w.query("Prisma: join as JSON", `SELECT "t0"."id", "t0"."title", "Matter_parties"."__prisma_data__" AS "parties" FROM "public"."matters" AS "t0" LEFT JOIN LATERAL
		(SELECT COALESCE(JSONB_AGG("__prisma_data__"), '[]') AS "__prisma_data__" FROM (SELECT "t2"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT('id', "t1"."id", 'name', "t1"."name")
		AS "__prisma_data__" FROM "public"."parties" AS "t1" WHERE "t0"."id" = "t1"."matter_id") AS "t2") AS "t3") AS "Matter_parties" ON TRUE ORDER BY "t0"."id"`)
	w.query("Rails: find by in batches", `SELECT "matters".* FROM "matters" WHERE "matters"."id" > $1 ORDER BY "matters"."id" ASC LIMIT $2`, 1, 2)
	w.query("Drizzle: relation as JSON", `select "id", "title", (select coalesce(json_agg(json_build_array("p"."id", "p"."name")), '[]'::json) from "parties" "p" where "p"."matter_id" = "matters"."id") from "matters" order by "id"`)
}

func (w *work) refused() {
	w.query("order by sealed", "select id from matters order by title")
	w.query("like sealed", "select id from matters where title like $1", "privileged: A%")
	w.query("contains sealed", "select id from matters where title ilike $1", "%acme%")
	w.query("case blind email", "select id from matters where lower(client_email) = $1", steps.Ann)
	w.query("equals randomized", "select id from matters where title = $1", "privileged: Acme v. Bolt")
	w.query("range sealed", "select id from matters where value > $1", "100")
	w.query("sum sealed", "select sum(value) from matters")
	w.query("max sealed", "select max(opened) from matters")
	w.query("json path", "select id from matters where notes->>'k' = $1", "privileged: first")
}
