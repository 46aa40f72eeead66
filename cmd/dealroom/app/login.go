package app

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/crypto/bcrypt"
)

// SignOn is the customer's single sign-on: who there says that he is this person has that subject; empty: it does not know him.
type SignOn func(ctx context.Context, email, password string) (subject string, err error)

// standIn plays the customer's identity provider, with the very password that the sample data gave to everybody.
func standIn(pool *pgxpool.Pool) SignOn {
	return func(ctx context.Context, email, password string) (string, error) {
		var hash string
		err := pool.QueryRow(ctx, "SELECT password_hash FROM users WHERE email = $1", email).Scan(&hash)
		if err != nil || bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) != nil {
			return "", ignoreNoRows(err)
		}
		return subjectOf(email), nil
	}
}

// subjectOf is who somebody is to the stand-in.
func subjectOf(email string) string { return "subject:" + email }

func ignoreNoRows(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}

// loginForm is what the log-in page shows.
type loginForm struct {
	Email, Wrong string
	Gone         *gone
}

func (a *App) loginPage(w http.ResponseWriter, r *http.Request) error {
	if _, ok := a.sessions.of(r); ok {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	return a.render(w, http.StatusOK, "login", page{Title: "Log in", Data: loginForm{}})
}

// login lets people in. A member with single sign-on is told by a sealed column: without the key nobody can say that it is he. Everybody else is known by
// what is not sealed.
func (a *App) login(w http.ResponseWriter, r *http.Request) error {
	form := loginForm{Email: strings.ToLower(strings.TrimSpace(r.FormValue("email"))), Wrong: "That email address and password do not belong together."}
	id, err := a.recognise(r.Context(), form.Email, r.FormValue("password"))
	if g, ok := keyGone(err); ok {
		form.Wrong, form.Gone = "", &g
		w.Header().Set("Retry-After", "5")
		return a.render(w, http.StatusServiceUnavailable, "login", page{Title: "You cannot log in now", Data: form})
	}
	if err != nil {
		return err
	}
	if id == 0 {
		return a.render(w, http.StatusForbidden, "login", page{Title: "Log in", Data: form})
	}
	http.SetCookie(w, a.sessions.begin(id))
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// recognise is whose log-in this is; 0: nobody's.
func (a *App) recognise(ctx context.Context, email, password string) (id int64, err error) {
	var sso bool
	var hash string
	err = a.pool.QueryRow(ctx, "SELECT id, sso, password_hash FROM users WHERE email = $1", email).Scan(&id, &sso, &hash)
	if err != nil {
		return 0, ignoreNoRows(err)
	}
	if !sso {
		if bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) != nil {
			return 0, nil
		}
		return id, nil
	}
	told, err := a.options.SignOn(ctx, email, password)
	if err != nil || told == "" {
		return 0, err
	}
	var subject string
	if err := a.pool.QueryRow(ctx, "SELECT sso_subject FROM users WHERE id = $1", id).Scan(&subject); err != nil {
		return 0, err
	}
	if subject != told {
		return 0, nil
	}
	return id, nil
}

func (a *App) logout(w http.ResponseWriter, r *http.Request) error {
	a.sessions.end(r)
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}
