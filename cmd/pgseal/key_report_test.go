package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// life is a tenant with a past, and what was done, counted otherwise than the report does.
type life struct {
	*deployment
	conn                    *pgx.Conn
	first, second           string // keys
	sealed, opened, refused int64
	export                  *pgstore.Export  // of the time of the first key
	copied                  crypto.KeyNumber // the data key of that time
}

func (l *life) live() *liveSite { return l.service.sites[0] }

// wait repeats a question until the answer is yes.
func (l *life) wait(what string, yes func() bool) {
	l.t.Helper()
	for end := time.Now().Add(time.Minute); !yes(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			l.t.Fatalf("still not: %s", what)
		}
	}
}

// protect adds a deterministic column to the policy.
func (l *life) protect() {
	l.cluster.Exec(l.t, "dealroom", "CREATE TABLE clients (id bigint PRIMARY KEY, email text)")
	l.write(strings.TrimSuffix(l.config, "pgseal.yaml")+"policy.yaml", "version: 1\ntables:\n  public.matters: {columns: {title: {mode: randomized}}}\n  public.clients: {columns: {email: {mode: deterministic}}}\n")
	l.service.reload(l.t.Context())
	direct := l.cluster.Conn(l.t, "dealroom", "")
	l.wait("both columns sealed", func() bool {
		var n int
		err := direct.QueryRow(l.t.Context(), "SELECT count(*) FROM pgseal.column_state WHERE state = 'sealed'").Scan(&n)
		return err == nil && n == 2
	})
	l.wait("sealed for the planner", func() bool {
		sealed, err := l.conn.Exec(l.t.Context(), "INSERT INTO clients VALUES (0, 'probe')")
		if err != nil || sealed.RowsAffected() != 1 {
			return false
		}
		var email string
		_ = direct.QueryRow(l.t.Context(), "DELETE FROM clients RETURNING email").Scan(&email)
		if strings.HasPrefix(email, crypto.ArmourPrefix) {
			l.sealed++
			return true
		}
		return false
	})
}

func (l *life) insert(table string, from, n int) {
	l.t.Helper()
	for i := from; i < from+n; i++ {
		if _, err := l.conn.Exec(l.t.Context(), "INSERT INTO "+table+" VALUES ($1, $2)", i, fmt.Sprintf("canary %d", i)); err != nil {
			l.t.Fatal(err)
		}
		l.sealed++
	}
}

// readAll opens every value through the proxy.
func (l *life) readAll() {
	l.t.Helper()
	for table, column := range map[string]string{"matters": "title", "clients": "email"} {
		rows, _ := l.conn.Query(l.t.Context(), "SELECT id, "+column+" FROM "+table)
		var id int
		var text string
		if _, err := pgx.ForEachRow(rows, []any{&id, &text}, func() error {
			l.opened++
			if text != fmt.Sprintf("canary %d", id) {
				return fmt.Errorf("%s %d: %q", table, id, text)
			}
			return nil
		}); err != nil {
			l.t.Fatal(err)
		}
	}
}

// renew makes a new data key and waits until the proxy seals with it.
func (l *life) renew() {
	l.t.Helper()
	l.run("key", "rotate", "acme", "--new-data-key")
	t, err := l.live().store.LookUp(l.t.Context(), "acme")
	if err != nil {
		l.t.Fatal(err)
	}
	l.wait("sealing with the new data key", func() bool {
		handle, err := l.live().ring.Acquire(l.t.Context(), "acme")
		if err != nil {
			return false
		}
		defer handle.Release()
		val, err := handle.Seal(nil, crypto.Column{ID: crypto.NewDomainID("probe"), Family: "text"}, crypto.Randomized, nil)
		if err != nil {
			return false
		}
		l.sealed++
		header, err := crypto.ParseHeader(val)
		return err == nil && header.Number == t.Current.Number
	})
}

// counted reads the heads of all stored values, past the proxy.
func (l *life) counted() map[string]int64 {
	l.t.Helper()
	conn := l.cluster.Conn(l.t, "dealroom", "")
	rows, _ := conn.Query(l.t.Context(), "SELECT title FROM matters UNION ALL SELECT email FROM clients")
	all := make(map[string]int64)
	var text string
	if _, err := pgx.ForEachRow(rows, []any{&text}, func() error {
		val, err := crypto.AppendUnarmour(nil, []byte(text))
		if err != nil {
			return err
		}
		header, err := crypto.ParseHeader(val)
		all[dataKeyName(header.Number)]++
		return err
	}); err != nil {
		l.t.Fatal(err)
	}
	return all
}

// fetches is how often the proxy was given the key, by its metrics.
func (l *life) fetches() string {
	l.t.Helper()
	answer, err := http.Get("http://" + l.service.adminAddress().String() + "/metrics")
	if err != nil {
		l.t.Fatal(err)
	}
	defer answer.Body.Close()
	var text bytes.Buffer
	_, _ = text.ReadFrom(answer.Body)
	found := regexp.MustCompile(`pgseal_kms_requests_total\{op="unwrap",outcome="ok"\} (\d+)`).FindStringSubmatch(text.String())
	if found == nil {
		l.t.Fatal("no count of fetches in the metrics")
	}
	return found[1]
}

func (l *life) report(args ...string) reportView {
	l.t.Helper()
	return told[reportView](l.deployment, append([]string{"key", "report", "acme"}, args...)...)
}

// grow gives the tenant its past: two rotations of the key's material, another ARN, two new data keys, a pinned column, a lock, a drill.
func grow(t *testing.T) *life {
	l := &life{deployment: deploy(t)}
	l.first, l.conn = l.key, l.connect()
	l.protect()
	l.insert("matters", 0, 7)
	l.insert("clients", 0, 5)
	for range 2 {
		if _, err := l.kms.Rotate(l.first); err != nil {
			t.Fatal(err)
		}
		l.run("key", "rotate", "acme")
	}
	var err error
	if l.export, err = l.live().store.Export(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	then, err := l.live().store.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	l.copied = then.Current.Number
	l.second = l.kms.CreateKey(kmstest.KeyOptions{Alias: "alias/pgseal"})
	alias := l.second[:strings.Index(l.second, ":key/")] + ":alias/pgseal"
	l.run("key", "set-arn", "acme", alias)
	l.renew()
	l.insert("matters", 7, 11)
	l.insert("clients", 5, 3)
	l.renew()
	l.insert("matters", 18, 13)
	l.readAll()
	l.run("key", "lock", "acme")
	l.wait("locked in the proxy", func() bool { return l.live().ring.Status("acme").State == keysource.StateLocked })
	for range 3 {
		if _, err := l.conn.Exec(t.Context(), "SELECT title FROM matters"); sqlstate(err) != "KU009" {
			t.Errorf("locked: %v", err)
		}
		l.refused++
	}
	l.run("key", "unlock", "acme")
	l.wait("unlocked in the proxy", func() bool { return l.live().ring.Status("acme").State != keysource.StateLocked })
	l.readAll()
	l.drill()
	l.wait("available by what the proxy registers every second", func() bool { return l.report("--count", countNone).Standing.State == "available" })
	return l
}

// drill records a drill as the command does.
func (l *life) drill() {
	l.t.Helper()
	tenant, err := l.live().store.LookUp(l.t.Context(), "acme")
	if err != nil {
		l.t.Fatal(err)
	}
	detail := `{"ordered":"2026-03-01T10:00:00Z","ended":"2026-03-01T10:02:00Z","bound_ms":2000,"passed":true,
		"proxies":[{"proxy":"db-proxy-1:4711","state":"drilled","last_value_ms":310,"first_refusal_ms":324,"first_value_ms":870}]}`
	if err := l.live().store.Update(l.t.Context(), func(tx *pgstore.Tx) error {
		return tx.Event(l.t.Context(), pgstore.Event{Tenant: tenant.ID, Kind: "drill", Actor: "officer", Detail: detail})
	}); err != nil {
		l.t.Fatal(err)
	}
}

// The report's numbers are those that are counted otherwise, and its answers hold when the keys are deleted.
func TestKeyReport(t *testing.T) {
	l := grow(t)
	t.Run("data keys", l.wantDataKeys)
	t.Run("history", l.wantHistory)
	t.Run("usage", l.wantUsage)
	t.Run("document", l.wantDocument)
	t.Run("command line", l.wantUsageErrors)
	t.Run("another tenant", l.wantOthers)
	t.Run("another database", l.wantOtherDatabases)
	t.Run("another provider", l.wantProviderChange)
	t.Run("shutdown", l.wantUsageAtShutdown)
	t.Run("deletion", l.wantDeletion)
	t.Run("altered", l.wantAltered)
}

func (l *life) wantDataKeys(t *testing.T) {
	counted := l.counted()
	for _, how := range []string{countExact, countSample} {
		r := l.report("--count", how)
		if len(r.DataKeys) != 3 || len(counted) != 3 {
			t.Fatalf("data keys: %+v, counted %v", r.DataKeys, counted)
		}
		for i, want := range []int64{13, 11, 15} { // the youngest first; the pinned column's 8 are the oldest's
			d := r.DataKeys[i]
			if *d.Values != (countView{N: want}) || counted[d.Number] != want || d.Current != (i == 0) {
				t.Errorf("%s: %+v, want %d, counted otherwise %d", how, d, want, counted[d.Number])
			}
		}
		if pinned := r.DataKeys[2].Pinned; !slices.Equal(pinned, []string{"public.clients.email"}) {
			t.Errorf("pinned: %v", pinned)
		}
	}
	if r := l.report("--count", countNone); r.DataKeys[0].Values != nil || len(r.Values.Columns) != 0 {
		t.Errorf("not counted: %+v", r.Values)
	}
}

// wantHistory holds the report against key history and the store.
func (l *life) wantHistory(t *testing.T) {
	r, history := l.report(), told[[]historyView](l.deployment, "key", "history", "acme")
	a, _ := json.Marshal(r.History)
	b, _ := json.Marshal(history)
	if !bytes.Equal(a, b) || len(history) != 6 {
		t.Errorf("history of the report: %s\nand of the command: %s", a, b)
	}
	if len(r.MasterKeys) != 2 || r.MasterKeys[0].Key != l.second || r.MasterKeys[1].Key != l.first || len(r.MasterKeys[1].Materials) != 3 {
		t.Fatalf("master keys: %+v", r.MasterKeys)
	}
	now, then := r.MasterKeys[0], r.MasterKeys[1]
	if len(now.DataKeys) != 3 || now.Values.N != 39 || now.MayDelete != deleteNo || !strings.HasSuffix(now.Named[0], ":alias/pgseal") || now.Periods[0].Until != nil {
		t.Errorf("the present key: %+v", now)
	}
	if len(then.DataKeys) != 0 || then.Values != nil || then.MayDelete != deleteWithoutBackups || !then.Periods[0].Until.Equal(now.Periods[0].From) {
		t.Errorf("the former key: %+v", then)
	}
	if len(r.Drills) != 1 || !*r.Drills[0].Passed || r.Drills[0].Took != "2m0s" || *r.Drills[0].Proxies[0].LastValue != 310 {
		t.Errorf("drills: %+v", r.Drills)
	}
	if len(r.Changes) != 2 || r.Standing.State != "available" || r.Standing.ReadableUntil == nil || r.Region != "eu-central-1" {
		t.Errorf("changes: %+v, standing: %+v in %s", r.Changes, r.Standing, r.Region)
	}
}

func (l *life) wantUsage(t *testing.T) {
	want := usageSum{Sealed: l.sealed, Opened: l.opened, Refused: l.refused}
	var got usageSum
	l.wait("usage recorded", func() bool {
		got = l.report("--count", countNone).Usage.Total
		return got.Sealed >= want.Sealed && got.Opened >= want.Opened && fmt.Sprint(got.Fetched) >= l.fetches()
	})
	if fmt.Sprint(got.Fetched) != l.fetches() {
		t.Errorf("%d fetches, the metrics say %s", got.Fetched, l.fetches())
	}
	if want.Fetched = got.Fetched; got != want {
		t.Errorf("usage %+v, done was %+v", got, want)
	}
}

func (l *life) wantUsageErrors(t *testing.T) {
	for _, args := range [][]string{{"--since", "yesterday"}, {"--count", "all"}, {"--since", "2026-02-02", "--until", "2026-02-01"}, {"--count-time", "0s"}} {
		l.reportRefused(t, exitUsage, args...)
	}
	if r := l.report("--since", "2020-01-01", "--until", "2020-12-31"); len(r.Usage.Days)+len(r.Drills)+len(r.Changes) != 0 || len(r.History) != 6 {
		t.Errorf("of another year: %+v", r)
	}
}

// wantOthers: a key that another tenant hangs on is needed, though not by this one.
func (l *life) wantOthers(t *testing.T) {
	l.run("tenant", "add", "beta", "--provider", "aws-kms", "--key", l.first)
	if then := l.report().MasterKeys[1]; then.MayDelete != deleteNo || !slices.Equal(then.Others, []string{"beta (database dealroom)"}) {
		t.Errorf("with another tenant: %+v", then)
	}
	l.run("key", "set-arn", "beta", l.second)
	if then := l.report().MasterKeys[1]; then.MayDelete != deleteWithoutBackups {
		t.Errorf("after the other tenant has moved: %+v", then)
	}
}

// wantOtherDatabases: a database of the configuration that cannot be asked may hold a tenant that hangs on the key.
func (l *life) wantOtherDatabases(t *testing.T) {
	usual := l.config
	defer func() { l.config = usual }()
	data, err := os.ReadFile(usual)
	if err != nil {
		t.Fatal(err)
	}
	l.config = strings.TrimSuffix(usual, "pgseal.yaml") + "two.yaml"
	l.write(l.config, strings.Replace(string(data), "databases: {", `databases: {gone: {control: "user=app", tenant: {fixed: acme}, policy: policy.yaml}, `, 1))
	then := l.report("--database", "dealroom").MasterKeys[1]
	if then.MayDelete != deleteNo || !strings.Contains(strings.Join(then.Reasons, " "), "database gone could not be asked") {
		t.Errorf("with a database that is not there: %+v", then)
	}
}

// wantProviderChange: what was made before the customer brought its key is told.
func (l *life) wantProviderChange(t *testing.T) {
	l.write(strings.TrimSuffix(l.config, "pgseal.yaml")+"master.key", strings.Repeat("5a", 32)+"\n")
	l.run("tenant", "add", "gamma", "--provider", "local")
	l.run("tenant", "set-provider", "gamma", "--provider", "aws-kms", "--key", l.second)
	r := told[reportView](l.deployment, "key", "report", "gamma")
	if len(r.MasterKeys) != 2 || r.MasterKeys[0].Provider != keysource.ProviderAWS || r.MasterKeys[1].Provider != keysource.ProviderLocal ||
		r.MasterKeys[0].MayDelete != deleteNo || len(r.MasterKeys[0].Others) == 0 || r.MasterKeys[1].MayDelete != deleteWithoutBackups {
		t.Errorf("master keys: %+v", r.MasterKeys)
	}
	var text bytes.Buffer
	if code := runContext(t.Context(), []string{"pgseal", "key", "report", "gamma", "--config", l.config}, &text, &text); code != exitDone {
		t.Fatal(text.String())
	}
	for _, want := range []string{"rotated, provider changed", "was made under a key of the provider local", "The data keys of other tenants hang on it: acme (database dealroom), beta (database dealroom)."} {
		if !strings.Contains(strings.Join(strings.Fields(text.String()), " "), want) {
			t.Errorf("%q is not in the report:\n%s", want, text.String())
		}
	}
}

// wantUsageAtShutdown: a proxy that is stopped has written what it did to the end.
func (l *life) wantUsageAtShutdown(t *testing.T) {
	before := l.report("--count", countNone).Usage.Total.Sealed
	config, err := loadConfig(l.config)
	if err != nil {
		t.Fatal(err)
	}
	second, err := startService(t.Context(), config, config.logger(io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), strings.Replace(l.cluster.URL("dealroom", ""), l.cluster.Address(), second.address().String(), 1))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if _, err := conn.Exec(t.Context(), "INSERT INTO matters VALUES ($1, $2)", 100+i, fmt.Sprintf("canary %d", 100+i)); err != nil {
			t.Error(err)
		}
	}
	_ = conn.Close(t.Context())
	if err := second.close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := l.report("--count", countNone).Usage.Total.Sealed - before; got != 3 {
		t.Errorf("%d values were recorded by the end of the proxy, want 3", got)
	}
}

// wantDeletion deletes the keys: what the report said does not need the first still opens, and a copy of its time does not, as it said.
func (l *life) wantDeletion(t *testing.T) {
	wrappers, err := l.service.config.wrappers()
	if err != nil {
		t.Fatal(err)
	}
	opens := func() error {
		spec, ok := l.export.Spec(l.copied)
		if !ok {
			t.Fatal("the copy does not have the data key of its time")
		}
		all, err := l.export.Open(t.Context(), spec, wrappers[keysource.ProviderAWS])
		for _, g := range all {
			g.Destroy()
		}
		return err
	}
	if err := opens(); err != nil {
		t.Errorf("the copy, before: %v", err)
	}
	if err := l.kms.DeleteKey(l.first); err != nil {
		t.Fatal(err)
	}
	l.ask(l.conn)
	l.until(l.conn, "")
	l.readAll()
	if err := opens(); keysource.KindOf(err) != keysource.KeyNotFound {
		t.Errorf("the copy, after: %v", err)
	}
}

// wantAltered changes records by hand: the report says so, and fails.
func (l *life) wantAltered(t *testing.T) {
	for _, tt := range []struct{ name, do, undo, says string }{
		{"usage", "UPDATE pgseal.usage SET opened = opened + 1", "UPDATE pgseal.usage SET opened = opened - 1", "usage of "},
		{"column", "UPDATE pgseal.column_state SET pad = pad + 16 WHERE column_name = 'email'", "UPDATE pgseal.column_state SET pad = pad - 16 WHERE column_name = 'email'", "pgseal.column_state"},
		{"event", "UPDATE pgseal.event SET detail = 'x' WHERE kind = 'locked'", "UPDATE pgseal.event SET detail = '' WHERE kind = 'locked'", "event"},
		{"history", "UPDATE pgseal.key_history SET actor = actor || 'x' WHERE position = 2", "UPDATE pgseal.key_history SET actor = left(actor, -1) WHERE position = 2", "key_history"},
		{"history taken away", "CREATE TABLE kept AS SELECT * FROM pgseal.key_history WHERE position = 3; DELETE FROM pgseal.key_history WHERE position = 3",
			"INSERT INTO pgseal.key_history TABLE kept; DROP TABLE kept", "not complete: 1 of the rows between 2 and 4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l.cluster.Exec(t, "dealroom", "ALTER TABLE pgseal.key_history DISABLE TRIGGER ALL; ALTER TABLE pgseal.event DISABLE TRIGGER ALL; "+tt.do)
			if said := l.reportRefused(t, exitFailed); !strings.Contains(said, "NOT VERIFIABLE") || !strings.Contains(said, tt.says) {
				t.Errorf("the report says: %s", said)
			}
			if strings.HasPrefix(tt.name, "history") {
				if said := l.deployment.refused(exitFailed, "key", "history", "acme"); !strings.Contains(said, tt.says) {
					t.Errorf("the history says: %s", said)
				}
			}
			l.cluster.Exec(t, "dealroom", tt.undo+"; ALTER TABLE pgseal.key_history ENABLE ALWAYS TRIGGER refuse_change")
			if r := l.report(); len(r.Problems) != 0 {
				t.Errorf("undone: %v", r.Problems)
			}
		})
	}
}

// reportRefused runs a report that must fail.
func (l *life) reportRefused(t *testing.T, code int, args ...string) string {
	t.Helper()
	return l.deployment.refused(code, append([]string{"key", "report", "acme"}, args...)...)
}

// A proxy that is not live any more may still hold the key, and a report has to say until when.
func TestStatusOfSilentProxy(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	proxy := func(name string, age time.Duration, state string, left time.Duration) pgstore.Proxy {
		until := now.Add(left)
		return pgstore.Proxy{Name: name, Heartbeat: now.Add(-age), Age: age, Keys: []pgstore.KeyReport{{Tenant: "acme", State: state, ReadableUntil: &until}}}
	}
	tenant := &pgstore.Tenant{TenantRecord: keysource.TenantRecord{Name: "acme"}}
	v := statusOf(tenant, []pgstore.Proxy{proxy("live", time.Second, "available", time.Minute), proxy("cut off", time.Minute, "available", time.Hour),
		proxy("dead", 2*time.Hour, "available", -time.Hour)}, now.Add(time.Hour))
	if len(v.Proxies) != 2 || v.State != "available" || v.Proxies[0].Silent != nil || v.Proxies[1].Silent == nil || !v.ReadableUntil.Equal(now.Add(time.Hour)) {
		t.Errorf("%+v", v)
	}
	if v = statusOf(tenant, []pgstore.Proxy{proxy("cut off", time.Minute, "available", time.Hour)}, now.Add(time.Hour)); v.State != "unused" || v.ReadableUntil == nil {
		t.Errorf("without a live proxy: %+v", v)
	}
	if v = statusOf(tenant, []pgstore.Proxy{proxy("first", time.Second, "available", time.Minute), proxy("last", time.Second, "available", time.Hour)}, time.Time{}); v.ReadableUntil == nil ||
		!v.ReadableUntil.Equal(now.Add(time.Hour)) {
		t.Errorf("with a register that was lost: %+v", v)
	}
	if v = statusOf(tenant, []pgstore.Proxy{proxy("idle", time.Second, "unknown", -time.Hour)}, time.Time{}); v.State != "unused" || v.Proxies[0].State != "unused" {
		t.Errorf("nobody has asked lately: %+v", v)
	}
	// Somebody has taken away the rows of pgseal.key_hold.
	if v = statusOf(tenant, []pgstore.Proxy{proxy("live", time.Second, "available", time.Minute), proxy("dead", 2*time.Hour, "available", -time.Hour)}, time.Time{}); v.ReadableUntil == nil ||
		!v.ReadableUntil.Equal(now.Add(time.Minute)) {
		t.Errorf("without a hold: %+v", v)
	}
}

// TestMayDeleteWithoutADataKey: a data key that the store has lost is wrapped in copies alone, by a key that nothing else needs any more.
func TestMayDeleteWithoutADataKey(t *testing.T) {
	r := &reportView{DataKeys: []dataKeyView{{Number: "2"}, {Number: "3"}}}
	for _, tt := range []struct {
		once []string
		want string
	}{{[]string{"2", "3"}, deleteWithoutBackups}, {[]string{"1", "2"}, deleteNo}} {
		m := masterKeyView{Key: "former", Once: tt.once}
		if m.answer(r, keyUsers{}); m.MayDelete != tt.want || tt.want == deleteNo && !strings.Contains(m.Reasons[0], "data key 1") {
			t.Errorf("wrapped %v once: %s, %s", tt.once, m.MayDelete, m.Reasons)
		}
	}
}
