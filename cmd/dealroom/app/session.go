package app

import (
	"crypto/rand"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	sessionCookie = "dealroom"
	sessionLimit  = 8 * time.Hour
)

// sessions are who is logged in. They end with the process.
type sessions struct {
	now func() time.Time

	mu   sync.Mutex
	open map[string]session // by the cookie's value
}

type session struct {
	user int64
	ends time.Time
}

func newSessions(now func() time.Time) *sessions {
	return &sessions{now: now, open: map[string]session{}}
}

func (s *sessions) begin(user int64) (cookie *http.Cookie) {
	token := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	for t, o := range s.open {
		if s.now().After(o.ends) {
			delete(s.open, t)
		}
	}
	s.open[token] = session{user, s.now().Add(sessionLimit)}
	return &http.Cookie{Name: sessionCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: int(sessionLimit.Seconds())}
}

func (s *sessions) of(r *http.Request) (user int64, ok bool) {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return 0, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.open[c.Value]
	return o.user, ok && s.now().Before(o.ends)
}

func (s *sessions) end(r *http.Request) {
	if c, err := r.Cookie(sessionCookie); err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.open, c.Value)
	}
}

// user is who is logged in; nothing of it is sealed, so that it is known without the key.
type user struct {
	ID                             int64
	Email, Name, Kind, Permissions string
	SSO                            bool
}

// Admin says whether the admin area is his.
func (u *user) Admin() bool { return u.Permissions == "admin" }

// Member says whether he belongs to the customer; guests are invited to single matters.
func (u *user) Member() bool { return u.Kind == "member" }

const userColumns = "id, email, name, kind, permissions, sso"

// handler answers somebody who is logged in.
type handler func(http.ResponseWriter, *http.Request, *user) error

// known lets in who is logged in, and shows everybody else the way.
func (a *App) known(next handler) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if id, ok := a.sessions.of(r); ok {
			u, err := one[user](r.Context(), a.pool, "SELECT "+userColumns+" FROM users WHERE id = $1", id)
			if err == nil {
				return next(w, r, u)
			}
			if !errors.Is(err, pgx.ErrNoRows) {
				return err
			}
		}
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return nil
	}
}

func onlyAdmin(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, u *user) error {
		if !u.Admin() {
			return errNotFound
		}
		return next(w, r, u)
	}
}
