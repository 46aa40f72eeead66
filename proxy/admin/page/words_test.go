package page

import (
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// TestSituations: each state says what has happened, and what to do where somebody has to do something.
func TestSituations(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	later, earlier := now.Add(time.Minute), now.Add(-time.Minute)
	for name, c := range map[string]struct {
		key         admin.Key
		kind, says  string
		mustBeDone  bool
		alsoWritten string
	}{
		"available":   {key: admin.Key{State: "available"}, kind: "good", says: "said yes"},
		"withdrawn":   {key: admin.Key{State: "withdrawn"}, kind: "bad", says: "says no", mustBeDone: true},
		"outage":      {key: admin.Key{State: "unreachable", ReadableUntil: &later}, kind: "warn", says: "until the cache time is over", mustBeDone: true},
		"long outage": {key: admin.Key{State: "unreachable", ReadableUntil: &earlier}, kind: "bad", says: "the cache time is over", mustBeDone: true, alsoWritten: "Nobody has withdrawn"},
		"locked":      {key: admin.Key{State: "locked", Tenant: admin.Tenant{Locked: true}}, kind: "warn", says: "KU009", mustBeDone: true},
		"drill":       {key: admin.Key{State: "withdrawn", Drill: &admin.Drill{}}, kind: "warn", says: "DRILL", alsoWritten: "Nobody has withdrawn it"},
		"retired":     {key: admin.Key{State: "retired", Tenant: admin.Tenant{Name: "acme", Retired: true}}, kind: "idle", says: "KU010", mustBeDone: true},
		"invalid":     {key: admin.Key{State: "invalid"}, kind: "bad", says: "not as pgseal has written", mustBeDone: true},
		"no proxy":    {key: admin.Key{State: "unused", Proxies: []admin.KeyProxy{{Silent: &earlier}}}, kind: "warn", says: "No proxy is live"},
		"unused":      {key: admin.Key{State: "unused"}, kind: "idle", says: "lately"},
	} {
		s := situationOf(&c.key, now)
		text := strings.Join(s.Lines, " ")
		if s.Kind != c.kind || !strings.Contains(text, c.says) || !strings.Contains(text, c.alsoWritten) || c.mustBeDone && len(s.Do) == 0 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// TestSpelt: cache times are said as people say them.
func TestSpelt(t *testing.T) {
	for text, want := range map[string]string{"1m0s": "1 minute", "5m0s": "5 minutes", "24h0m0s": "24 hours", "1h0m0s": "1 hour", "1m30s": "90 seconds", "1.5s": "1.5s", "": ""} {
		if got := spelt(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
