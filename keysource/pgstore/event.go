package pgstore

import (
	"context"
	"strings"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// What events are of.
const (
	EventTenantAdded     = "tenant added"
	EventLocked          = "locked"
	EventUnlocked        = "unlocked"
	EventCacheTime       = "cache time set"
	EventRewrapped       = "key re-wrapped"   // the same data key, under the same master key's newer material
	EventKeyChanged      = "key changed"      // the same data key, under another master key
	EventNewDataKey      = "new data key"     // a new generation
	EventProviderChanged = "provider changed" // a new generation under a key of another provider
	EventTenantRetired   = "tenant retired"
	EventTenantRestored  = "tenant restored"
	EventExported        = "key exported"
	EventImported        = "keys imported"      // a tenant's records, from a key export
	EventStoreJoined     = "store joined"       // made from a key export of another store, with which it shares tag, tenants and data keys
	EventStoreBack       = "store brought back" // the store's own record, from a key export
	EventRestored        = "restore accepted"
	EventProbed          = "probed"                          // every proxy is to ask the key service now
	EventMaterial        = "key material changed at the KMS" // noticed, and not re-wrapped here yet

	EventProposed       = "proposed" // for an officer of the tenant to approve
	EventApproved       = "proposal approved"
	EventRejected       = "proposal rejected"
	EventWithdrawn      = "proposal withdrawn" // by whoever made it
	EventProposalDone   = "proposal carried out"
	EventProposalFailed = "proposal failed" // approved, but could not be carried out: nothing was changed

	EventBackupListed      = "backup listed"
	EventBackupDestroyed   = "backup destroyed"       // by an operator's word
	EventBackupsComplete   = "all backups listed"     // by an operator's word
	EventBackupsIncomplete = "backups not all listed" // that word taken back

	// Of proxies that serve.
	EventFetched     = "key fetched"     // the key service said yes
	EventDenied      = "key denied"      // it said no
	EventUnreachable = "key unreachable" // it gave no answer
	EventEvicted     = "key evicted"     // a key that was held is used no more
	EventBack        = "key back"        // the first yes after something else
	EventAlarm       = "alarm"           // a record or a wrapped key was changed by somebody

	// Of the log itself.
	EventCheckpoint = "checkpoint"       // the writer lives, and has seen these heads of others
	EventDropped    = "events dropped"   // more than could be written
	EventCut        = "log cut"          // events that this writer has seen are gone
	EventForgotten  = "events forgotten" // the signed end of what retention has deleted
)

// Event is something that was done to the store or became of a key, for people
// to read.
type Event struct {
	At       time.Time       // zero: now
	Tenant   crypto.TenantID // zero: not about one tenant
	Name     string          // the tenant's present name; filled by reading
	Kind     string
	Actor    string
	Detail   string   // never a value, a key or a statement
	Key      string   // ARN of the master key in question, or what its driver calls it
	Requests []string // the key service's ids of the calls in question, as CloudTrail has them

	Writer WriterID // filled by reading, as are the rest
	Seq    int64
	Hash   [32]byte // the event's MAC

	heads []Head // of EventForgotten: what was deleted, up to and including; of EventRestored: all heads that there were
}

// Bounds of the texts of an event, in bytes. The report of a drill is kept whole:
// it grows with the number of proxies.
const (
	maxEventText   = 2048
	maxDrillReport = 1 << 20
)

// clean makes the event one that can be written whatever it was made of: an
// event that the database refuses would hold up those behind it.
func (e *Event) clean() {
	limit := maxEventText
	if e.Kind == EventDrill {
		limit = maxDrillReport
	}
	e.Detail = cleanText(e.Detail, limit)
	for _, text := range []*string{&e.Kind, &e.Actor, &e.Key} {
		*text = cleanText(*text, maxEventText)
	}
	requests := make([]string, 0, len(e.Requests))
	for _, id := range e.Requests {
		requests = append(requests, cleanText(id, maxEventText))
	}
	e.Requests = requests
}

func cleanText(s string, limit int) string {
	if len(s) > limit {
		s = s[:limit] + "..."
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// event has an event written at the end of the transaction, as the next one of
// this process's chain.
func (w writer) event(_ context.Context, e Event) error {
	if e.At.IsZero() {
		e.At = w.now
	}
	*w.events = append(*w.events, e)
	return nil
}

// Record writes events in a transaction of their own.
func (s *Store) Record(ctx context.Context, events ...Event) error {
	return s.transact(ctx, false, func(w writer, _ storeRow) error {
		for _, e := range events {
			if err := w.event(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
}
