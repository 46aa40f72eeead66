package page_test

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// double is the operations of one database, in memory. It refuses what it is told to, and keeps what it was asked for.
type double struct {
	mu        sync.Mutex
	keys      map[string]*admin.Key
	proposals []admin.Proposal
	asked     []string
	fail      map[string]error // by what is asked
	nothing   bool             // there is nothing to rotate
	unread    string           // why the store cannot be read
	work      admin.Work
}

var begin = time.Date(2026, 1, 10, 9, 30, 0, 0, time.UTC)

const (
	arn      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	otherARN = "arn:aws:kms:eu-central-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321"
)

func newDouble() *double {
	d := &double{keys: map[string]*admin.Key{}, fail: map[string]error{}}
	d.work = admin.Work{Kind: "encrypt", Status: "running", Phase: "sealing", Pass: 1, Total: 120000, Seen: 43210, Written: 43000, Started: begin, Actor: "ops"}
	for _, name := range []string{"acme", "globex", "initech"} {
		until, since, rotated := time.Now().Add(4*time.Minute), time.Now().Add(-time.Hour), begin
		d.keys[name] = &admin.Key{State: "available", Since: &since, Why: "the key service said yes when it was last asked", ReadableUntil: &until, Rotated: &rotated,
			Tenant:   admin.Tenant{Name: name, ID: "id-" + name, Provider: "aws-kms", Key: arn, ResolvedKey: arn, Material: "8f3a90c27d115e66", CacheTime: "5m0s", Generations: 1, CreatedAt: &rotated, KeySince: &rotated},
			Proxies:  []admin.KeyProxy{{Name: "proxy-1:4711", State: "available", Since: &since, ReadableUntil: &until}, {Name: "proxy-2:99", State: "unused"}},
			Rotation: &admin.Material{CheckedAt: begin}}
	}
	d.keys["initech"].Tenant.Provider, d.keys["initech"].Tenant.Key = "local", ""
	return d
}

// change alters a key as something outside would.
func (d *double) change(tenant string, f func(*admin.Key)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f(d.keys[tenant])
}

func (d *double) said(what string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, a := range d.asked {
		if strings.HasPrefix(a, what) {
			return true
		}
	}
	return false
}

// do keeps what was asked, and lets it be done.
func (d *double) do(what string, by admin.Actor, tenant string, f func(*admin.Key)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, what+" "+tenant+" "+string(by))
	if err := d.fail[what]; err != nil {
		return err
	}
	if k := d.keys[tenant]; k != nil {
		f(k)
		return nil
	}
	return admin.ErrUnknown
}

func (d *double) Databases(context.Context) ([]admin.Database, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.unread != "" {
		return []admin.Database{{Name: "app", Problem: d.unread}}, nil
	}
	db := admin.Database{Name: "app"}
	for _, name := range []string{"acme", "globex", "initech"} {
		k := d.keys[name]
		db.Tenants = append(db.Tenants, admin.TenantSummary{Name: name, Provider: k.Tenant.Provider, State: k.State, Code: k.Code, ReadableUntil: k.ReadableUntil, Drill: k.Drill != nil})
	}
	return []admin.Database{db}, nil
}

func (d *double) Key(_ context.Context, t admin.TenantRef) (*admin.Key, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.unread != "" {
		return nil, &admin.Failure{Message: d.unread}
	}
	if err := d.fail["key"]; err != nil {
		return nil, err
	}
	k, ok := d.keys[t.Name]
	if !ok || t.Database != "app" {
		return nil, admin.ErrUnknown
	}
	c := *k
	return &c, nil
}

func (d *double) History(context.Context, admin.TenantRef) (*admin.History, error) {
	return &admin.History{
		Entries: []admin.HistoryEntry{{At: begin, Action: "key changed", DataKey: "00c0ffee", Provider: "aws-kms", Key: arn, Material: "8f3a90c27d115e66", Actor: "olga", Present: true},
			{At: begin.Add(-48 * time.Hour), Action: "first data key", DataKey: "00c0ffee", Provider: "aws-kms", Key: otherARN, Actor: "ops"}},
		MasterKeys: []admin.MasterKeyUse{{Provider: "aws-kms", Key: arn, DataKeys: []string{"00c0ffee"}, Others: []string{"globex"}, MayDelete: "no", Reasons: []string{"The tenant's data key opens through it."}},
			{Provider: "aws-kms", Key: otherARN, MayDelete: "only_without_backups", Reasons: []string{"Backups made before 2026-01-10 09:30:00 need it."}}},
	}, nil
}

func (d *double) Events(_ context.Context, q admin.EventQuery) (*admin.Events, error) {
	if q.Since == "nonsense" {
		return nil, &admin.Failure{Message: `"nonsense" is no time: 2026-01-31, 2026-01-31T12:00:00Z, 24h or 30d`}
	}
	all := []admin.Event{{At: begin, Tenant: q.Name, Kind: "cache time set", Actor: "olga", Detail: "5m0s"}, {At: begin, Tenant: q.Name, Kind: "key fetched", Actor: "proxy-1:4711", Requests: []string{"11112222"}}}
	out := &admin.Events{Kinds: []string{"cache time set", "key fetched"}}
	for _, e := range all {
		if q.Kind == "" || q.Kind == e.Kind {
			out.Events = append(out.Events, e)
		}
	}
	return out, nil
}

func (d *double) WriteEvents(_ context.Context, w io.Writer, q admin.EventQuery, _ string) error {
	_, err := fmt.Fprintf(w, "at,tenant,kind\n2026-01-10,%s,%s\n", q.Name, q.Kind)
	return err
}

func (d *double) Usage(_ context.Context, _ admin.TenantRef, _, _ string) (*admin.Usage, error) {
	u := &admin.Usage{Since: "2026-01-01", Until: "2026-01-30"}
	for i := range 30 {
		day := admin.UsageDay{Day: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Proxies: 2,
			UsageSum: admin.UsageSum{Sealed: int64(900 + 137*(i%7)), Opened: int64(4100 + 911*(i*i%11)), Fetched: 288, Refused: int64(i % 9 / 8 * 41), Failed: int64(i % 9 / 8 * 12)}}
		u.Days = append(u.Days, day)
		u.Total.Sealed += day.Sealed
		u.Total.Opened += day.Opened
		u.Total.Fetched += day.Fetched
		u.Total.Refused += day.Refused
		u.Total.Failed += day.Failed
	}
	return u, nil
}

func (d *double) Report(_ context.Context, t admin.TenantRef, _, _ string) (*admin.Report, error) {
	return &admin.Report{Text: "REPORT ON THE KEY OF TENANT " + t.Name + "\n\n1. The tenant and its key now\n----------------------------\n"}, nil
}

func (d *double) Onboarding(_ context.Context, q admin.OnboardingQuery) (*admin.Onboarding, error) {
	if !strings.HasPrefix(q.Principal, "arn:aws:iam::") {
		return nil, &admin.Failure{Message: fmt.Sprintf("%q is no ARN of a role", q.Principal)}
	}
	return &admin.Onboarding{Text: "Key for pgseal: tenant " + q.Name + "\n1. Make a symmetric key in " + q.Region + "."}, nil
}

func (d *double) Check(context.Context, admin.TenantRef) (*admin.Check, error) {
	return &admin.Check{Problem: "the key lacks something that pgseal cannot do without", Findings: []admin.Finding{
		{What: "kms:Decrypt", For: "opening the data key", OK: true, Needed: true},
		{What: "kms:ReEncryptTo", For: "moving to another key", Needed: true, Code: "KU001", Reason: "kms:ReEncryptTo has to be allowed to the role, by the key's policy or by a grant."}}}, nil
}

func (d *double) AddTenant(_ context.Context, by admin.Actor, n admin.NewTenant) error {
	if err := d.fail["add"]; err != nil {
		return err
	}
	d.mu.Lock()
	d.keys[n.Name] = &admin.Key{State: "unused", Tenant: admin.Tenant{Name: n.Name, Provider: n.Provider, Key: n.MasterKey.Key, CacheTime: n.CacheTime.String()}}
	d.mu.Unlock()
	return d.do("add", by, n.Name, func(*admin.Key) {})
}

func (d *double) Rotate(_ context.Context, by admin.Actor, t admin.TenantRef, newDataKey bool) (*admin.Rotation, error) {
	out := "rotated"
	switch {
	case newDataKey:
		out = "new_data_key"
	case d.nothing:
		out = "nothing_to_rotate"
	}
	return &admin.Rotation{Outcome: out}, d.do("rotate", by, t.Name, func(k *admin.Key) {
		if out != "nothing_to_rotate" {
			now := time.Now()
			k.Rotated = &now
		}
	})
}

func (d *double) SetKey(_ context.Context, by admin.Actor, t admin.TenantRef, m admin.MasterKey) (*admin.Rotation, error) {
	return &admin.Rotation{Outcome: "rotated"}, d.do("set-key", by, t.Name, func(k *admin.Key) { k.Tenant.Key, k.Tenant.Provider = m.Key, m.Provider })
}

func (d *double) SetCacheTime(_ context.Context, by admin.Actor, t admin.TenantRef, c time.Duration) error {
	return d.do("cache-time", by, t.Name, func(k *admin.Key) { k.Tenant.CacheTime = c.String() })
}

func (d *double) Lock(_ context.Context, by admin.Actor, t admin.TenantRef) error {
	return d.do("lock", by, t.Name, func(k *admin.Key) {
		now := time.Now()
		k.State, k.Code, k.Tenant.Locked, k.Tenant.LockedBy, k.Tenant.LockedSince, k.ReadableUntil = "locked", "KU009", true, string(by), &now, nil
		k.Why = "an operator of pgseal has locked the tenant; it says nothing about the customer's key"
	})
}

func (d *double) Unlock(_ context.Context, by admin.Actor, t admin.TenantRef) error {
	return d.do("unlock", by, t.Name, func(k *admin.Key) { k.State, k.Code, k.Tenant.Locked, k.Tenant.LockedBy = "unused", "", false, "" })
}

func (d *double) Probe(_ context.Context, by admin.Actor, t admin.TenantRef) (*admin.Probe, error) {
	if err := d.fail["probe"]; err != nil {
		return &admin.Probe{Code: "KU001", Reason: err.Error()}, nil
	}
	return &admin.Probe{Usable: true}, d.do("probe", by, t.Name, func(*admin.Key) {})
}

func (d *double) BeginDrill(_ context.Context, by admin.Actor, t admin.TenantRef, long time.Duration) error {
	return d.do("drill", by, t.Name, func(k *admin.Key) {
		k.Drill = &admin.Drill{Ordered: time.Now(), Until: time.Now().Add(long), By: string(by)}
	})
}

func (d *double) EndDrill(_ context.Context, by admin.Actor, t admin.TenantRef) error {
	return d.do("end-drill", by, t.Name, func(k *admin.Key) { k.Drill = nil })
}

func (d *double) Proposals(_ context.Context, t admin.TenantRef) (out []admin.Proposal, _ error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.proposals {
		if p.TenantRef == t {
			out = append(out, p)
		}
	}
	return out, nil
}

func (d *double) Propose(_ context.Context, by admin.Actor, p admin.Proposal) error {
	return d.do("propose", by, p.Name, func(*admin.Key) {
		p.ID, p.At = fmt.Sprint(len(d.proposals)+1), time.Now()
		d.proposals = append(d.proposals, p)
	})
}

func (d *double) Decide(_ context.Context, by admin.Actor, t admin.TenantRef, id string, approve bool) (*admin.Rotation, error) {
	return nil, d.do("decide", by, t.Name, func(k *admin.Key) {
		for _, p := range d.proposals {
			if p.ID == id && approve {
				k.Tenant.Key = p.Key
			}
		}
		d.proposals = nil
	})
}

func (d *double) Withdraw(_ context.Context, by admin.Actor, t admin.TenantRef, id string) error {
	return d.do("withdraw", by, t.Name, func(*admin.Key) {
		d.proposals = slices.DeleteFunc(d.proposals, func(p admin.Proposal) bool { return p.ID == id })
	})
}

func (d *double) Columns(context.Context, string) (*admin.Columns, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.fail["columns"]; err != nil {
		panic(err)
	}
	w := d.work
	return &admin.Columns{Database: "app", Columns: []admin.Column{{Column: "public.matters.title", Mode: "randomized", State: "sealed"}, {Column: "public.matters.client_email", Mode: "deterministic", State: "sealing", Work: &w}}}, nil
}

func (d *double) ColumnWork(_ context.Context, by admin.Actor, _, column, what string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, what+" "+column+" "+string(by))
	d.work.Status = map[string]string{"pause": "paused", "resume": "running", "cancel": "cancelled"}[what]
	return d.fail[what]
}

func (d *double) Proxies(context.Context, string) (*admin.Proxies, error) {
	return &admin.Proxies{Policy: "b5bb9d80", Drift: "1 of 2 live proxies has another policy than this one.", Proxies: []admin.Proxy{{Name: "proxy-1:4711", Live: true, Heartbeat: begin, Policy: "b5bb9d80", Same: true, Keys: 2},
		{Name: "proxy-2:99", Live: true, Heartbeat: begin, Policy: "0c1d2e3f", Keys: 1}}}, nil
}
