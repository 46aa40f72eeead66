package pgstore

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// usageBatch bounds how many rows are written in one transaction.
const usageBatch = 500

// UsageLog records what this process does with tenants' keys. It keeps the totals of the day, and writes those that have changed: a row that could not be
// written, or whose fate is not known because the connection broke, is written again with the next ones, so that nothing is lost or counted twice while the
// process lives. A row that somebody else has deleted or put back is written again; one that somebody has changed stays as it is, for the report to tell, and
// the counting goes on in another. For one goroutine.
type UsageLog struct {
	store *Store
	id    ProxyID
	name  string
	log   *slog.Logger
	rows  map[usageKey]*usageTotals
}

type usageKey struct {
	tenant crypto.TenantID
	day    time.Time
}

type usageTotals struct {
	Usage
	saved   Usage // as last written
	changed bool  // since it was last written
}

// NewUsageLog makes the log of a process of that name.
func (s *Store) NewUsageLog(name string) *UsageLog {
	return &UsageLog{store: s, id: NewProxyID(), name: name, log: s.log, rows: make(map[usageKey]*usageTotals)}
}

// Add enters what was done since the last time. It counts for the present day.
func (l *UsageLog) Add(done []keysource.Usage) {
	day := l.store.now().UTC().Truncate(24 * time.Hour)
	for _, u := range done {
		key := usageKey{u.Tenant, day}
		t := l.rows[key]
		if t == nil {
			t = &usageTotals{Usage: Usage{Tenant: u.Tenant, Day: day, Proxy: l.id, Name: l.name}}
			l.rows[key] = t
		}
		t.Sealed += u.Sealed
		t.Opened += u.Opened
		t.Fetched += u.Fetched
		t.Failed += u.Failed
		t.Refused += u.Refused
		t.changed = true
	}
}

// Save writes what has changed. After an error the rest is still to be written.
func (l *UsageLog) Save(ctx context.Context) error {
	var changed []*usageTotals
	for _, t := range l.rows {
		if t.changed {
			changed = append(changed, t)
		}
	}
	slices.SortFunc(changed, func(a, b *usageTotals) int { // all processes alike, so that no two wait for one another
		if c := a.Day.Compare(b.Day); c != 0 {
			return c
		}
		return strings.Compare(string(a.Tenant[:]), string(b.Tenant[:]))
	})
	for batch := range slices.Chunk(changed, usageBatch) {
		if err := l.write(ctx, batch); err != nil {
			return fmt.Errorf("pgstore: usage: %w", err)
		}
	}
	l.forget()
	return nil
}

func (l *UsageLog) write(ctx context.Context, batch []*usageTotals) error {
	rows := make([]usageWrite, len(batch))
	for i, t := range batch {
		t.version++
		t.Updated = micro(l.store.now())
		rows[i] = usageWrite{t.Usage, t.saved.version}
	}
	foreign, err := l.store.saveUsage(ctx, rows)
	if err != nil {
		return err
	}
	for i, t := range batch {
		if slices.Contains(foreign, i) {
			l.log.Error("ALARM: a usage record in the database was changed by somebody; it stays as it is, and another one goes on", "record", t.what())
			t.beginAnew()
			continue
		}
		t.saved, t.changed = t.Usage, false
	}
	return nil
}

// beginAnew goes on in a row of its own with what the last one did not have yet.
func (t *usageTotals) beginAnew() {
	s := &t.saved
	t.Usage = Usage{Tenant: t.Tenant, Day: t.Day, Proxy: NewProxyID(), Name: t.Name, Sealed: t.Sealed - s.Sealed, Opened: t.Opened - s.Opened,
		Fetched: t.Fetched - s.Fetched, Failed: t.Failed - s.Failed, Refused: t.Refused - s.Refused}
	t.saved = Usage{}
}

// forget drops the days that are over and written.
func (l *UsageLog) forget() {
	today := l.store.now().UTC().Truncate(24 * time.Hour)
	for key, t := range l.rows {
		if key.day.Before(today) && !t.changed {
			delete(l.rows, key)
		}
	}
}
