package pgstore

import (
	"context"
	"fmt"
	"time"
)

// KeyLimits say when a tenant's data key has served long enough. Zero values are no limits.
type KeyLimits struct {
	After  time.Duration // its age
	Values int64         // sealed with it, in all columns together: no column's derived key has sealed more
}

// Due is that a tenant's data key is over a limit.
type Due struct {
	Since time.Time // zero: it is not due
	Why   string
}

// Due tells whether the tenant's current data key is over one of the limits, and since when. Values are counted by what live and former proxies have recorded
// of their use (pgseal.usage), by days: those of the day on which the data key was made are left out, since most of them may be the former one's, and a key that
// was just made must not be due for them. Rows that do not verify are not counted.
func (s *Store) Due(ctx context.Context, t *Tenant, limits KeyLimits) (Due, error) {
	var due Due
	if at := t.KeySince.Add(limits.After); limits.After > 0 && !s.now().Before(at) {
		due = Due{at, fmt.Sprintf("it was made on %s, more than %s ago", t.KeySince.Format(time.DateOnly), days(limits.After))}
	}
	if limits.Values <= 0 {
		return due, nil
	}
	rows, _, err := s.Usage(ctx, t.ID, t.KeySince.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1), time.Time{})
	if err != nil {
		return due, err
	}
	var sealed int64
	for _, u := range rows {
		if sealed += u.Sealed; sealed < limits.Values {
			continue
		}
		if due.Since.IsZero() || u.Day.Before(due.Since) {
			due = Due{u.Day, fmt.Sprintf("%d values or more were sealed with it", limits.Values)}
		}
		break
	}
	return due, nil
}

// days is a duration for people: whole days as such.
func days(d time.Duration) string {
	if day := 24 * time.Hour; d >= day && d%day == 0 {
		return fmt.Sprintf("%d days", d/day)
	}
	return d.String()
}
