package pgstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// What an import does with a tenant.
const (
	ImportKept     = "kept"      // the store has it, whole
	ImportCarried  = "carried"   // taken over from a store that this one is joined with
	ImportBack     = "back"      // brought back as it was exported
	ImportRepaired = "repaired"  // the store's record is whole again with data keys that it had lost
	ImportMerged   = "merged"    // the store's record stands, with data keys besides that it did not know
	ImportReplaced = "replaced"  // the export's newer record in the place of the store's
	ImportOlder    = "older"     // put back as it was exported, though something newer was seen; locked
	ImportNothing  = "not taken" // see Notes
)

// ImportedTenant is what an import does with one tenant.
type ImportedTenant struct {
	Name     string   `json:"tenant"`
	Outcome  string   `json:"outcome"`
	DataKeys []string `json:"data_keys,omitempty"` // brought back
	Lost     []string `json:"lost,omitempty"`      // data keys that the history names, and neither the store nor the export has
	History  int      `json:"history_rows"`        // brought back
	Pins     int      `json:"pins"`                // brought back
	Notes    []string `json:"notes,omitempty"`

	id crypto.TenantID
}

func (t *ImportedTenant) note(format string, args ...any) {
	t.Notes = append(t.Notes, fmt.Sprintf(format, args...))
}

func (t *ImportedTenant) changed() bool {
	return t.Outcome != ImportKept && t.Outcome != ImportNothing || t.History > 0 || t.Pins > 0
}

// tenant brings back what the store has lost of one tenant.
func (im *importer) tenant(ctx context.Context, x exportedTenant) error {
	out := ImportedTenant{Name: x.Name, Outcome: ImportNothing, id: x.ID}
	spoilt, err := im.dropInvalidPins(ctx, x)
	if err != nil {
		return err
	}
	im.done.Changed = im.done.Changed || spoilt > 0
	theirs, err := im.exported(ctx, x)
	if err != nil {
		return err
	}
	ours, err := im.present(ctx, x)
	if err != nil {
		return err
	}
	if ours == nil {
		im.refuse("there is another tenant by the name of %q, added after the export's was lost; what the export's data keys sealed opens with pgseal open", x.Name)
		return nil
	}
	if err := im.settle(ctx, x, theirs, ours, &out); err != nil {
		return err
	}
	if out.Outcome != ImportNothing {
		if err := im.hangingOn(ctx, &out); err != nil {
			return err
		}
		if out.changed() {
			im.done.Changed = true
			err = im.record(ctx, &out)
		}
	}
	im.done.Tenants = append(im.done.Tenants, out)
	return err
}

// settle decides on the tenant's own record and data keys. No data key that the store holds is given up.
func (im *importer) settle(ctx context.Context, x exportedTenant, theirs, ours *tenantRows, out *ImportedTenant) error {
	seen, why := im.seenOf(x)
	if t := ours.tenant; t != nil && t.Version >= seen {
		return im.keep(ctx, x, theirs, ours, out)
	}
	merged := mergedKeys(theirs, ours)
	if ours.exists {
		if done, err := im.attempt(ctx, x, merged, nil, seen); err != nil || done {
			out.Outcome, out.DataKeys = ImportRepaired, numbersLacking(merged, ours)
			return err
		}
	}
	if seen <= x.Version {
		changes, err := im.changesSince(ctx, x)
		if err != nil {
			return err
		}
		if len(changes) > 0 {
			seen, why = x.Version+int64(len(changes)), "since then "+strings.Join(changes, ", ")
		}
	}
	if theirs.tenant.Version >= seen {
		if done, err := im.attempt(ctx, x, merged, theirs.tenant, seen); err != nil || done {
			out.Outcome, out.DataKeys = ImportBack, numbersLacking(merged, ours)
			return err
		}
	}
	if !im.o.AcceptOlder {
		im.refuse("the export of tenant %q is of %s, and older than what was there: %s. A lock, a rotation or another setting made since then would be undone",
			x.Name, im.e.At.Format(time.RFC3339), why)
		return nil
	}
	return im.older(ctx, x, theirs, ours, seen, out)
}

// seenOf is the highest version of a tenant's record that anybody is known to have seen, and how that is known.
func (im *importer) seenOf(x exportedTenant) (version int64, why string) {
	seen := &im.seen.seen
	if seen.Epoch == im.row.epoch {
		version = max(seen.Versions["tenant "+x.ID.String()], seen.Versions[nameKey(x.Name)])
	}
	if version <= x.Version && im.row.epoch > im.e.rows.Store[0].Epoch && seen.Epoch == im.row.epoch && im.done.StoreMade {
		return x.Version + 1, "an earlier state of the database was accepted since then"
	}
	return version, fmt.Sprintf("it has version %d of the tenant's record, and version %d was seen", x.Version, version)
}

// changesSince are the changes of a tenant's record that the store tells of, and the export does not know.
func (im *importer) changesSince(ctx context.Context, x exportedTenant) ([]string, error) {
	rows, err := im.tx.Query(ctx, `SELECT what || ' ' || to_char(at, 'YYYY-MM-DD HH24:MI:SS') FROM (
			SELECT at, action AS what FROM pgseal.key_history WHERE tenant = $1 AND action <> $2
				AND id NOT IN (SELECT (e ->> 'id')::uuid FROM jsonb_array_elements(coalesce($3::text::jsonb, '[]')) e)
			UNION ALL SELECT at, kind FROM pgseal.event WHERE tenant = $1 AND at > $4 AND kind = ANY ($5)) c ORDER BY at`,
		[16]byte(x.ID), ActionImported, im.historyText(), im.e.At, settingEvents())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func (im *importer) historyText() *string {
	data, err := json.Marshal(im.e.rows.raw["key_history"])
	if err != nil {
		return nil
	}
	text := string(data)
	return &text
}

// hangingOn brings back the tenant's history and pins.
func (im *importer) hangingOn(ctx context.Context, out *ImportedTenant) error {
	rows, err := im.e.rows.of("key_history", "tenant", out.id)
	if err != nil {
		return err
	}
	if rows, err = lacking(ctx, im.tx, "key_history", rows, "id"); err != nil {
		return err
	}
	out.History = len(rows)
	if err := put(ctx, im.tx, "key_history", rows, 0); err != nil {
		return err
	}
	if err := im.pins(ctx, out); err != nil {
		return err
	}
	lost, err := im.tx.Query(ctx, `SELECT DISTINCT key_number FROM pgseal.key_history WHERE tenant = $1
		AND key_number NOT IN (SELECT key_number FROM pgseal.data_key) ORDER BY 1`, [16]byte(out.id))
	if err != nil {
		return err
	}
	numbers, err := pgx.CollectRows(lost, pgx.RowTo[int64])
	for _, n := range numbers {
		if im.o.DryRun && slices.Contains(out.DataKeys, hexNumber(crypto.KeyNumber(n))) {
			continue // to be merged
		}
		out.Lost = append(out.Lost, hexNumber(crypto.KeyNumber(n)))
	}
	return err
}

// record writes down what was done to a tenant.
func (im *importer) record(ctx context.Context, out *ImportedTenant) error {
	t, _, err := im.blank().readTenant(ctx, im.tx, im.row, out.Name, false)
	if err != nil {
		return err
	}
	if out.Outcome != ImportKept {
		if err := im.w.history(ctx, historyOf(t, ActionImported, im.o.Actor)); err != nil {
			return err
		}
	}
	return im.w.event(ctx, Event{Tenant: t.ID, Kind: EventImported, Actor: im.o.Actor, Detail: fmt.Sprintf("%s, from a key export of %s: %d data keys, %d rows of history, %d pins",
		out.Outcome, im.e.At.Format(time.RFC3339), len(out.DataKeys), out.History, out.Pins)})
}
