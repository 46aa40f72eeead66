package app

import (
	"context"
	"net/http"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The admin area: dashboard, resources and users read nothing that is sealed, and stay open without the key. Clauses and reports need it. Nothing here
// says so but the policy: a page is closed because its statement fails.

// figures are the dashboard's: numbers of what is not sealed.
type figures struct{ People, Guests, Participations, Resources int }

func (a *App) dashboard(w http.ResponseWriter, r *http.Request, u *user) error {
	f, err := one[figures](r.Context(), a.pool, `SELECT (SELECT count(*) FROM users) AS people, (SELECT count(*) FROM users WHERE kind = 'guest') AS guests,
(SELECT count(*) FROM matter_members) AS participations, (SELECT count(*) FROM resources) AS resources`)
	if err != nil {
		return err
	}
	return a.render(w, http.StatusOK, "dashboard", page{Title: "Dashboard", Section: "dashboard", User: u, Data: f})
}

func (a *App) resources(w http.ResponseWriter, r *http.Request, u *user) error {
	type resource struct{ Name, About string }
	list, err := many[resource](r.Context(), a.pool, "SELECT name, about FROM resources ORDER BY name")
	if err != nil {
		return err
	}
	return a.render(w, http.StatusOK, "resources", page{Title: "Resources", Section: "resources", User: u, Data: list})
}

func (a *App) users(w http.ResponseWriter, r *http.Request, u *user) error {
	list, err := many[user](r.Context(), a.pool, "SELECT "+userColumns+" FROM users ORDER BY name")
	if err != nil {
		return err
	}
	return a.render(w, http.StatusOK, "users", page{Title: "Users", Section: "users", User: u, Data: list})
}

// permit changes what somebody may do. The column is not sealed, but the policy lets nobody write it without the key.
func (a *App) permit(w http.ResponseWriter, r *http.Request, u *user) error {
	id, err := strconv.ParseInt(r.FormValue("user"), 10, 64)
	permissions := r.FormValue("permissions")
	if err != nil || permissions != "admin" && permissions != "member" || id == u.ID { // the last admin cannot lock himself out
		return errNotFound
	}
	if _, err := a.pool.Exec(r.Context(), "UPDATE users SET permissions = $2 WHERE id = $1 AND kind = 'member'", id, permissions); err != nil {
		return err
	}
	http.Redirect(w, r, "/admin/users", http.StatusSeeOther)
	return nil
}

func (a *App) clauses(w http.ResponseWriter, r *http.Request, u *user) error {
	type clause struct{ Name, Words string }
	list, err := many[clause](r.Context(), a.pool, "SELECT name, words FROM clauses ORDER BY id")
	if err != nil {
		return err
	}
	return a.render(w, http.StatusOK, "clauses", page{Title: "Clauses", Section: "clauses", User: u, Data: list})
}

func (a *App) reports(w http.ResponseWriter, r *http.Request, u *user) error {
	list, err := many[matter](r.Context(), a.pool, "SELECT title, client, value, status FROM matters ORDER BY id")
	if err != nil {
		return err
	}
	return a.render(w, http.StatusOK, "reports", page{Title: "Reports", Section: "reports", User: u, Data: list})
}

// one is the single row of a query.
func one[T any](ctx context.Context, pool *pgxpool.Pool, sql string, args ...any) (*T, error) {
	rows, err := pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToAddrOfStructByNameLax[T])
}

func many[T any](ctx context.Context, pool *pgxpool.Pool, sql string, args ...any) ([]T, error) {
	rows, err := pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByNameLax[T])
}
