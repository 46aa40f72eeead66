package app

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// matter is one transaction of the firm's. All that a client would not want to be read is sealed.
type matter struct {
	ID                         int64
	Title, ClientEmail, Status string
	Client, Description, Value *string
	Documents                  []string `db:"-"`
}

// ofMine are the matters that a user takes part in. Who takes part in what is not sealed.
const ofMine = `SELECT m.id, m.title, m.client_email, m.status, m.client, m.description, m.value
FROM matters m JOIN matter_members p ON p.matter_id = m.id WHERE p.user_id = $1`

// matterList is "my matters". Hidden is how many there are where they cannot be shown.
type matterList struct {
	Matters []matter
	Hidden  int
	Gone    *gone
}

// matters lists them. Without the key the list is no error: it says how many are hidden.
func (a *App) matters(w http.ResponseWriter, r *http.Request, u *user) error {
	var list matterList
	rows, err := a.pool.Query(r.Context(), ofMine+" ORDER BY m.id", u.ID)
	if err == nil {
		list.Matters, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[matter])
	}
	if g, ok := keyGone(err); ok {
		list.Gone = &g
		err = a.pool.QueryRow(r.Context(), "SELECT count(*) FROM matter_members WHERE user_id = $1", u.ID).Scan(&list.Hidden)
	}
	if err != nil {
		return err
	}
	return a.render(w, http.StatusOK, "matters", page{Title: "My matters", User: u, Data: list})
}

func (a *App) matter(w http.ResponseWriter, r *http.Request, u *user) error {
	m, err := a.ofUser(r, u)
	if err != nil {
		return err
	}
	return a.render(w, http.StatusOK, "matter", page{Title: m.Title, User: u, Data: m})
}

// ofUser is the matter of the address, if the user takes part in it.
func (a *App) ofUser(r *http.Request, u *user) (*matter, error) {
	id, err := matterID(r)
	if err != nil {
		return nil, err
	}
	m, err := one[matter](r.Context(), a.pool, ofMine+" AND m.id = $2", u.ID, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	rows, err := a.pool.Query(r.Context(), "SELECT file_name FROM documents WHERE matter_id = $1 ORDER BY id", id)
	if err != nil {
		return nil, err
	}
	m.Documents, err = pgx.CollectRows(rows, pgx.RowTo[string])
	return m, err
}

func matterID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, errNotFound
	}
	return id, nil
}

// act closes a matter, or opens it again. The status itself is not sealed; that the policy wants the key for all of this table refuses it without.
func (a *App) act(w http.ResponseWriter, r *http.Request, u *user) error {
	id, err := matterID(r)
	status := r.FormValue("status")
	if err != nil || status != "open" && status != "closed" {
		return errNotFound
	}
	tag, err := a.pool.Exec(r.Context(), "UPDATE matters SET status = $3 WHERE id = $2 AND EXISTS (SELECT 1 FROM matter_members p WHERE p.user_id = $1 AND p.matter_id = $2)",
		u.ID, id, status)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return errNotFound
	}
	http.Redirect(w, r, "/matters/"+r.PathValue("id"), http.StatusSeeOther)
	return nil
}

// newForm is what the form of a new matter shows.
type newForm struct {
	Matter matter
	Wrong  string
}

func (a *App) newMatter(w http.ResponseWriter, _ *http.Request, u *user) error {
	if !u.Member() {
		return errNotFound
	}
	return a.render(w, http.StatusOK, "new", page{Title: "New matter", User: u, Data: newForm{}})
}

func (a *App) createMatter(w http.ResponseWriter, r *http.Request, u *user) error {
	if !u.Member() {
		return errNotFound
	}
	field := func(name string) string { return strings.TrimSpace(r.FormValue(name)) }
	client, description := field("client"), field("description")
	m := matter{Title: field("title"), Client: &client, ClientEmail: strings.ToLower(field("client_email")), Description: &description}
	wrong := ""
	if m.Title == "" || m.ClientEmail == "" {
		wrong = "A matter needs a title and the client's email address."
	} else {
		err := a.insertMatter(r.Context(), u, &m)
		if isUnique(err) {
			wrong = "There is a matter of a client with that email address already."
		} else if err != nil {
			return err
		}
	}
	if wrong != "" {
		return a.render(w, http.StatusUnprocessableEntity, "new", page{Title: "New matter", User: u, Data: newForm{m, wrong}})
	}
	http.Redirect(w, r, "/matters/"+strconv.FormatInt(m.ID, 10), http.StatusSeeOther)
	return nil
}

// insertMatter writes the matter and who takes part in it, both or neither.
func (a *App) insertMatter(ctx context.Context, u *user, m *matter) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, "INSERT INTO matters (title, client, client_email, description) VALUES ($1, $2, $3, $4) RETURNING id",
			m.Title, m.Client, m.ClientEmail, m.Description).Scan(&m.ID); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO matter_members (matter_id, user_id) VALUES ($1, $2)", m.ID, u.ID)
		return err
	})
}

func isUnique(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505"
}
