package page

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// stateLabel is a state in a word or two; those of the commands.
func stateLabel(state string) string {
	if state == "" {
		return "unknown"
	}
	return state
}

// stateKind is how serious a state is, as a class of the style sheet.
func stateKind(state string) string {
	switch state {
	case "available":
		return "good"
	case "withdrawn", "invalid", "problem":
		return "bad"
	case "unreachable", "locked", "drill":
		return "warn"
	}
	return "idle"
}

// situation says what a key's state means for whoever uses the application, and what to do.
type situation struct {
	Kind  string // a class of the style sheet
	Lines []string
	Do    []string
}

// situationOf puts it into words. The reason itself is the key's Why, which the commands and the application's errors have as well.
func situationOf(k *admin.Key, now time.Time) situation {
	live := 0
	for _, p := range k.Proxies {
		if p.Silent == nil {
			live++
		}
	}
	held := k.ReadableUntil != nil && k.ReadableUntil.After(now)
	s := situation{Kind: stateKind(k.State)}
	switch {
	case k.Drill != nil:
		s.Kind = "warn"
		s.Lines = []string{"A DRILL is under way: pgseal behaves as if the key service had denied the key. Nobody has withdrawn it. Statements that need the key fail with KU001.",
			"It ends by itself."}
	case k.Tenant.Retired:
		s.Lines = []string{"The tenant is retired: its key is not asked for any more, and statements that need it fail with KU010."}
		s.Do = []string{"An operator takes it into use again with: pgseal tenant restore " + k.Tenant.Name}
	case k.Tenant.Locked:
		s.Lines = []string{"The tenant is locked here: every statement that needs its key fails with KU009 until it is unlocked. This says nothing about the key at the key service."}
		s.Do = []string{"Unlock it when the reason for the lock is gone."}
	case k.State == "withdrawn":
		s.Lines = []string{"The key service says no: sealed values of this tenant can neither be read nor written. Everything else goes on."}
		s.Do = []string{"Whoever manages the key at the key service can give it back: enable it, cancel its deletion, or restore the permission that is missing. pgseal asks again by itself, and at once with Probe.",
			"Permissions shows which of them are there."}
	case k.State == "unreachable" && held:
		s.Lines = []string{"The key service does not answer. What was fetched before is used until the cache time is over; after that, statements that need the key fail until it answers again."}
		s.Do = []string{"Look at the way to the key service: network, the endpoint, pgseal's own credentials. pgseal keeps asking.", "A longer cache time bridges a longer outage, but makes a withdrawal that pgseal cannot hear of count later."}
	case k.State == "unreachable":
		s.Kind = "bad"
		s.Lines = []string{"The key service does not answer, and the cache time is over: statements that need the key fail until it answers again. Nobody has withdrawn the key."}
		s.Do = []string{"Look at the way to the key service: network, the endpoint, pgseal's own credentials. pgseal keeps asking."}
	case k.State == "invalid":
		s.Lines = []string{"Something in the database is not as pgseal has written it, or the wrapped key does not open under the key that is configured. What is held is used until its time is over; nothing new is taken."}
		s.Do = []string{"Find out who changed the records: see Events, and pgseal key events --verify."}
	case k.State == "available":
		s.Lines = []string{"The key service said yes when it was last asked."}
	case live == 0 && len(k.Proxies) > 0:
		s.Kind = "warn"
		s.Lines = []string{"No proxy is live: what is shown is the last that was heard. A process that is cut off from the database may use the key until its time is over."}
	default:
		s.Lines = []string{"No proxy has used the key lately. It is asked for when the next statement needs it."}
	}
	return s
}

// stamp is a time for machines, when one for people; whenever takes one that may be missing.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
func when(t time.Time) string  { return t.UTC().Format("2006-01-02 15:04:05") }
func clock(t time.Time) string { return t.UTC().Format("15:04:05") }

func whenever(t *time.Time) string {
	if t == nil || t.IsZero() {
		return "-"
	}
	return when(*t)
}

// count writes a number with its thousands apart.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func join(parts []string) string { return strings.Join(parts, ", ") }

// percent is how much of the whole is done, from 0 to 100.
func percent(done, total int64) int64 {
	if total <= 0 {
		return 0
	}
	return min(max(done*100/total, 0), 100)
}

// tenantPath is the address of a tenant's page.
func tenantPath(t admin.TenantRef) string {
	return "/t/" + url.PathEscape(t.Database) + "/" + url.PathEscape(t.Name)
}
