package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/legatics/pgseal/cmd/dealroom/app"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// dealroom is the sample application, as it runs in the demo.
type dealroom struct {
	app      *app.App
	server   *http.Server
	address  net.Addr
	finished chan error
}

func openDealroom(ctx context.Context, database string) (*dealroom, error) {
	a, err := app.New(ctx, app.Options{Database: database, Customer: demoCustomer, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("the sample application: %w", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		a.Close()
		return nil, err
	}
	d := &dealroom{app: a, server: &http.Server{Handler: a.Handler(), ReadHeaderTimeout: 10 * time.Second}, address: l.Addr(), finished: make(chan error, 1)}
	go func() { d.finished <- d.server.Serve(l) }()
	return d, nil
}

func (d *dealroom) close(ctx context.Context) error {
	err := d.server.Shutdown(ctx)
	if err != nil {
		_ = d.server.Close()
	}
	if served := <-d.finished; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	d.app.Close()
	return err
}

// addUser makes the user of the admin page, with a password that is drawn anew each time.
func (d *demo) addUser() error {
	d.password = rand.Text()[:16]
	hash, err := access.HashPassword(d.password)
	if err != nil {
		return err
	}
	u := &access.Users{Version: 1, UnlockWithoutOfficer: []access.Role{access.Operator}, Users: map[string]access.Entry{demoUser: {Role: access.Operator, Password: hash}}}
	if err := u.Check(); err != nil {
		return err
	}
	return u.Write(filepath.Join(d.folder, "admin-users.yaml"))
}

func (d *demo) describeAddresses() {
	fmt.Fprintf(d.out, `
the deal room, a sample application:   http://%s/
the admin page:                        http://%s/      (log in as %s)
pgseal, instead of the database:       %s
one password for all, this time:       %s

people of the deal room:
`, d.dealroom.address, d.service.adminAddress(), demoUser, d.service.address(), d.password)
	for _, p := range app.People() {
		how := "password"
		if p.SSO {
			how = "single sign-on"
		}
		fmt.Fprintf(d.out, "   %-20s %s (%s, logs in by %s)\n", p.Email, p.Name, p.Permissions, how)
	}
}

// logsIn tries to log in to the deal room, and is the answer's status.
func (d *demo) logsIn(ctx context.Context, email string) (status int, err error) {
	form := url.Values{"email": {email}, "password": {d.password}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, fmt.Sprintf("http://%s/login", d.dealroom.address), strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// toldInDealroom: single sign-on waits for the key, other people log in, and read that their matters are hidden.
func (d *demo) toldInDealroom(ctx context.Context) error {
	for _, p := range app.People() {
		status, err := d.logsIn(ctx, p.Email)
		if err != nil {
			return err
		}
		if told := status == http.StatusServiceUnavailable; told != p.SSO || !told && status != http.StatusSeeOther {
			return fmt.Errorf("the deal room answers %s with %d", p.Email, status)
		}
	}
	d.say("the deal room: single sign-on waits for the key, and says so; guests and members with a password log in")
	return nil
}

// demoSecrets are pieces of plaintext that must not be found anywhere in the database.
func demoSecrets() []string {
	var all []string
	for _, m := range app.SampleMatters() {
		all = append(all, m.Title, m.Email, m.Party, m.Company, m.File, m.About)
	}
	return all
}
