package proxy_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/plan"
)

// A column is converted under a driver that keeps its statements: the conversion is announced, the second column made, filled, and put in the place
// of the first. No value ever gets into another column than the client means, also where the proxy does not know of the last step yet.
func TestMovedColumnsUnderADriver(t *testing.T) {
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeSimpleProtocol} {
		t.Run(mode.String(), func(t *testing.T) {
			s := startOrder(t, orderKind{"as it was", "", plan.StatePlain, plan.StatePlain})
			s.announced = false
			s.planner.SetCatalogue(s.load(t))
			d := &orderDriver{orderTwins: s, mode: mode, conn: s.connect(t), id: 100}
			steps := []struct {
				name   string
				sql    string // past the proxy
				load   bool
				title  plan.ColumnState
				errors int // that are allowed: of each statement one, at most
			}{
				{"as it was", "", false, plan.StatePlain, 0},
				{"announced", "", true, plan.StatePlain, 2},
				{"readable", "", true, plan.StateReadable, 2},
				{"made", "ALTER TABLE matters ADD pgseal_1 text", false, plan.StateReadable, 0},
				{"known", "", true, plan.StateReadable, 2},
				{"swapped", "BEGIN; ALTER TABLE matters DROP title CASCADE; ALTER TABLE matters RENAME pgseal_1 TO title; COMMIT", false, plan.StateReadable, 4},
				{"sealed", "UPDATE matters SET title = NULL", true, plan.StateSealed, 2},
				{"later", "", true, plan.StateSealed, 0},
			}
			for _, step := range steps {
				if step.sql != "" {
					cluster.Exec(t, s.safe.name, step.sql)
				}
				if s.title = step.title; step.load {
					s.announced = true
					s.planner.SetCatalogue(s.load(t))
				}
				d.failed = 0
				d.work(t)
				d.work(t)
				if d.failed > step.errors {
					t.Errorf("%s: %d errors", step.name, d.failed)
				}
			}
		})
	}
}

// orderDriver is a client with statements that it goes on using.
type orderDriver struct {
	*orderTwins
	mode       pgx.QueryExecMode
	conn       *pgx.Conn
	id, failed int
}

// work inserts a row without a list of columns, and reads it by a star.
func (d *orderDriver) work(t *testing.T) {
	t.Helper()
	d.id++
	row := []any{int64(d.id), fmt.Sprintf("title %d", d.id), fmt.Sprintf("email %d", d.id)}
	d.again(t, func() error {
		_, err := d.conn.Exec(t.Context(), "INSERT INTO matters VALUES ($1, $2, $3)", append([]any{d.mode}, row...)...)
		return err
	})
	d.again(t, func() error {
		rows, _ := d.conn.Query(t.Context(), "SELECT * FROM matters WHERE id = $1", d.mode, d.id)
		got, err := pgx.CollectRows(rows, pgx.RowToMap)
		if len(got) == 1 && (got[0]["email"] != row[2] || got[0]["title"] != row[1]) {
			t.Errorf("read %v", got)
		}
		return err
	})
	email := "not there"
	err := cluster.Conn(t, d.safe.name, "").QueryRow(t.Context(), "SELECT email FROM matters WHERE id = $1", d.id).Scan(&email)
	if err != nil && err != pgx.ErrNoRows || err == nil && cmp.Diff(row[2], email) != "" {
		t.Errorf("stored as the email: %s, %v", email, err)
	}
}

// again tries what fails once more.
func (d *orderDriver) again(t *testing.T, run func() error) {
	t.Helper()
	err := run()
	if err == nil {
		return
	}
	d.failed++
	t.Log(err)
	if err = run(); err != nil {
		d.failed++
	}
}
