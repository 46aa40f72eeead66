package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestManyLookAtTenants: however many pages are open, the store is asked how the tenants stand once a second, by a number of statements that does not rise with that of the tenants; and an officer has
// only his own looked at. What was changed here is shown at once.
func TestManyLookAtTenants(t *testing.T) {
	d := deploy(t)
	config, err := loadConfig(d.config)
	if err != nil {
		t.Fatal(err)
	}
	database := config.Databases["dealroom"]
	// Connections of their own, whose statements are logged, by which nothing else is asked.
	for _, sql := range []string{"GRANT SET ON PARAMETER log_statement TO app", "ALTER SYSTEM SET log_line_prefix = '%a:'", "SELECT pg_reload_conf()"} {
		d.cluster.Exec(t, "dealroom", sql)
	}
	database.Control += " options='-c log_statement=all'"
	s := &site{config: config, name: "dealroom", database: database, log: slog.New(slog.DiscardHandler)}
	if err := s.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer s.close()
	const tenants = 40
	for i := range tenants - 1 { // and acme
		if _, err := s.addTenant(t.Context(), pgstore.NewTenant{Name: fmt.Sprintf("client-%03d", i), Provider: "aws-kms", KeyARN: d.key, Actor: "test"}); err != nil {
			t.Fatal(err)
		}
	}
	ops := newOperations([]*liveSite{{site: s}}, s.log)
	now, mu := time.Now(), sync.Mutex{}
	ops.now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	ops.overviews["dealroom"] = ops.newOverview(ops.sites["dealroom"])
	as := func(u *access.User) context.Context { return access.NewContext(t.Context(), u) }
	olga, carol := as(&access.User{Name: "olga", Role: access.Operator}), as(&access.User{Name: "carol", Role: access.Officer, Tenants: []string{"acme", "none"}})
	look := func(ctx context.Context, want int) []admin.TenantSummary {
		all, err := ops.Databases(ctx)
		if err != nil || len(all) != 1 || len(all[0].Tenants) != want || all[0].Problem != "" {
			t.Errorf("%v %+v", err, all)
			return nil
		}
		return all[0].Tenants
	}
	statements := func(f func()) int {
		before := strings.Count(d.cluster.Log(t), "pgseal:LOG:")
		f()
		return strings.Count(d.cluster.Log(t), "pgseal:LOG:") - before
	}
	began := time.Now()
	once := statements(func() { look(olga, tenants) })
	t.Logf("%d tenants: %d statements, %s", tenants, once, time.Since(began))
	if once == 0 || once > 20 {
		t.Errorf("one look at %d tenants takes %d statements", tenants, once)
	}
	if n := statements(func() {
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { look(olga, tenants) })
		}
		all.Wait()
	}); n != 0 {
		t.Errorf("twenty more looks within a second take %d statements", n)
	}
	if n := statements(func() { look(carol, 1) }); n == 0 || n > 20 {
		t.Errorf("a look at an officer's one tenant takes %d statements", n)
	}
	if err := ops.Lock(olga, "olga", admin.TenantRef{Database: "dealroom", Name: "client-007"}); err != nil {
		t.Fatal(err)
	}
	for _, sum := range look(olga, tenants) {
		if locked := sum.State == "locked"; locked != (sum.Name == "client-007") {
			t.Errorf("%s is %s behind a lock", sum.Name, sum.State)
		}
	}
	mu.Lock()
	now = now.Add(admin.SharedAge)
	mu.Unlock()
	if n := statements(func() { look(olga, tenants) }); n == 0 {
		t.Error("a second later it is not looked at anew")
	}
}

// TestUnreadableStore: each role is told that the store cannot be read, on the page and by the API; but not of a database in which he has no tenant.
func TestUnreadableStore(t *testing.T) {
	a := startAPI(t)
	get := func(user, path string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "GET", a.base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+a.tokens[user])
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(body)
	}
	if _, body := get("carol", "/"); !strings.Contains(body, "acme") {
		t.Fatalf("before: %s", body)
	}
	if err := a.d.cluster.Kill(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // so that nothing waits for it at the end
		if err := a.d.cluster.Restart(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for _, user := range []string{"vera", "olga", "carol"} {
		var body string
		for end := time.Now().Add(time.Minute); !strings.Contains(body, "The store of this database cannot be read") && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
			_, body = get(user, "/")
		}
		if !strings.Contains(body, "Database dealroom") || !strings.Contains(body, "cannot be read") {
			t.Errorf("%s is not told on the list:\n%s", user, body)
		}
		if operates := strings.Contains(body, "control connection"); operates != (user != "carol") {
			t.Errorf("%s is told of the control connection: %v", user, operates)
		}
		if status, body := get(user, "/t/dealroom/acme"); status != http.StatusServiceUnavailable || !strings.Contains(body, "The store could not be read or written") {
			t.Errorf("%s, the page of the key: %d\n%s", user, status, body)
		}
		v, _ := a.ask(user, "GET", "/api/v1/databases", "", 200)
		if text := fmt.Sprint(v); !strings.Contains(text, "problem") || !strings.Contains(text, "dealroom") {
			t.Errorf("%s, by the API: %s", user, text)
		}
	}
}
