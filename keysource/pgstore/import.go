package pgstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// ActionImported is what the key history records of a tenant that an import has brought back, or whose data keys it has.
const ActionImported = "imported"

// Errors of an import. Nothing has been written then.
var (
	// ErrExportForeign: another control key signed the export, or somebody has changed it.
	ErrExportForeign = errors.New("pgstore: the key export was not written with this deployment's control key, or somebody has changed it")
	// ErrOtherStore: the export is of another store than the database's.
	ErrOtherStore = errors.New("pgstore: the key export is of another store")
)

// ImportRefused is the error of an import that would lose something. Nothing has been written then.
type ImportRefused struct{ Problems []string }

func (e *ImportRefused) Error() string { return "pgstore: " + strings.Join(e.Problems, "; ") }

// ImportOptions say what an import may do.
type ImportOptions struct {
	Tenant      string // only this one of the export's; empty: all
	Actor       string
	Now         time.Time
	StateDir    string // where the versions seen are kept
	DryRun      bool   // find out, and write nothing
	AcceptOlder bool   // put back records that are older than ones that were seen; such a tenant comes back locked
	Replace     bool   // put back what something else has taken the place of
	Join        bool   // where there is no store, make one that shares the export's tag, tenants and data keys, and is another
	// Wrapper gives a provider's driver. It is asked where the store has a tenant's record and lacks some of its data keys.
	Wrapper func(provider string) (keysource.Wrapper, error)
}

// Imported is what an import did, or would do.
type Imported struct {
	StoreMade bool             `json:"store_made"` // the store's own row was lost, or there was none to be joined
	Joined    bool             `json:"joined"`     // the export is of another store, with which this one shares tag, tenants and data keys
	Made      []string         `json:"made"`       // tables and other objects of the schema that were missing
	Tenants   []ImportedTenant `json:"tenants"`
	Columns   []ImportedColumn `json:"columns"`
	Changed   bool             `json:"changed"`
}

// settingEvents are the kinds of events that an older export would undo.
func settingEvents() []string {
	return []string{EventLocked, EventUnlocked, EventCacheTime, EventTenantRetired, EventTenantRestored}
}

// importer is one import, in its transaction.
type importer struct {
	tx   pgx.Tx
	key  *crypto.ControlKey
	e    *Export
	o    ImportOptions
	row  storeRow
	seen memory
	w    writer
	done Imported

	problems []string
}

// errDryRun ends the transaction of a dry run.
var errDryRun = errors.New("dry run")

// Import brings back what a store has lost and an export of it still has: tables, the store's own row, tenants with their data keys, history and pins, and
// the columns' records. What the store has stays, unless it is older or does not verify. It is one transaction; a second run changes nothing. conn comes
// from Connect. Errors: ErrExportForeign, ErrOtherStore, *ImportRefused, KeyRecordInvalid where the control key is not the store's, the driver's.
func Import(ctx context.Context, conn *pgx.Conn, key *crypto.ControlKey, e *Export, o ImportOptions) (*Imported, error) {
	if err := e.verify(key); err != nil {
		return nil, err
	}
	im := &importer{key: key, e: e, o: o, done: Imported{Made: []string{}, Tenants: []ImportedTenant{}, Columns: []ImportedColumn{}}}
	t := &turn{c: newChain(nil, slog.New(slog.DiscardHandler))}
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		im.tx = tx
		if err := im.run(ctx); err != nil {
			return err
		}
		if len(im.problems) > 0 {
			return &ImportRefused{im.problems}
		}
		if o.DryRun {
			return errDryRun
		}
		if _, err := tx.Exec(ctx, "SELECT pg_notify($1, '')", HintChannel); err != nil {
			return err
		}
		return t.append(ctx, im.w, im.row.epoch)
	})
	t.end(err)
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return &im.done, err
}

func (im *importer) run(ctx context.Context) error {
	if err := im.tables(ctx); err != nil {
		return err
	}
	if _, err := im.tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(columnLock)); err != nil {
		return err
	}
	if err := im.storeItself(ctx); err != nil {
		return err
	}
	found := false
	for _, t := range im.e.rows.Tenant {
		if im.o.Tenant == "" || im.o.Tenant == t.Name {
			found = true
			bring := im.tenant
			if im.done.Joined {
				bring = im.carryTenant
			}
			if err := bring(ctx, t); err != nil {
				return ofTenant(err, t.Name)
			}
		}
	}
	if !found && im.o.Tenant != "" {
		return fmt.Errorf("the key export has no such tenant: %q", im.o.Tenant)
	}
	bring := im.columns
	if im.done.Joined {
		bring = im.carryColumns
	}
	if err := bring(ctx); err != nil {
		return err
	}
	return im.prove(ctx)
}

// tables brings the schema to what init makes, whatever was dropped of it.
func (im *importer) tables(ctx context.Context) error {
	missing, err := missingObjects(ctx, im.tx)
	if err != nil {
		return err
	}
	if err := migrate(ctx, im.tx); err != nil {
		return err
	}
	if len(missing) == 0 {
		return nil
	}
	im.done.Made = slices.Compact(slices.Sorted(slices.Values(append(im.done.Made, missing...)))) // triggers of several tables have one name
	im.done.Changed = true
	return repair(ctx, im.tx)
}

// storeItself reads the store's row, or brings it back.
func (im *importer) storeItself(ctx context.Context) error {
	exported := &im.e.rows.Store[0]
	row, err := readStoreRow(ctx, im.tx, im.key)
	lost := errors.Is(err, ErrNoStore)
	if lost && im.o.Join {
		row, err = im.makeJoined(ctx)
		lost = false
	}
	if lost {
		if err := put(ctx, im.tx, "store", im.e.rows.raw["store"], 0); err != nil {
			return err
		}
		row, err = readStoreRow(ctx, im.tx, im.key)
	}
	if err != nil {
		return err
	}
	if err := im.joins(row, exported); err != nil {
		return err
	}
	if !im.done.Joined && (row.id != storeID(exported.ID) || row.tag != crypto.StoreTag(exported.Tag)) {
		return fmt.Errorf("%w: %s with the tag %x, and the database has %s with the tag %x", ErrOtherStore, exported.ID, []byte(exported.Tag), crypto.TenantID(row.id), row.tag)
	}
	im.row, im.w = row, writer{im.tx, im.key, row.id, micro(im.o.Now), new([]Event), nil}
	if err := im.remember(ctx); err != nil {
		return err
	}
	if im.done.StoreMade {
		return im.w.event(ctx, Event{Kind: EventStoreJoined, Actor: im.o.Actor, Detail: "from a key export of " + im.e.At.Format(time.RFC3339) + ", of the store " + exported.ID.String()})
	}
	if !lost {
		return im.seen.note(row.epoch, "store", row.version)
	}
	// What proxies remember of the tenants stays in force, so that none of them takes an older record. The row itself, which says nothing of a tenant, is
	// above whatever they have seen of it.
	im.done.StoreMade, im.done.Changed = true, true
	im.row.epoch = max(row.epoch, im.seen.seen.Epoch)
	im.row.version = max(row.version, im.seen.seen.Versions["store"], im.o.Now.UnixMicro())
	if _, err := im.tx.Exec(ctx, "UPDATE pgseal.store SET version = $1", im.row.version); err != nil {
		return err
	}
	if err := im.row.update(ctx, im.tx, im.key); err != nil {
		return err
	}
	return im.w.event(ctx, Event{Kind: EventStoreBack, Actor: im.o.Actor, Detail: "from a key export of " + im.e.At.Format(time.RFC3339)})
}

// remember takes over what this machine, and live proxies, have seen of the store.
func (im *importer) remember(ctx context.Context) error {
	seen, err := remembers(ctx, im.tx, im.blank(), im.o.StateDir)
	if err == nil && seen.Versions != nil {
		im.seen.merge(seen)
	}
	return err
}

// blank reads and writes the store's records as if it had never seen any.
func (im *importer) blank() *Store {
	return &Store{key: im.key, id: im.row.id, tag: im.row.tag, now: func() time.Time { return im.o.Now }, log: slog.New(slog.DiscardHandler)}
}

// source reads the export's records, which its store has signed.
func (im *importer) source() *Store {
	s := im.blank()
	s.id = storeID(im.e.rows.Store[0].ID)
	return s
}

func (im *importer) refuse(format string, args ...any) {
	im.problems = append(im.problems, fmt.Sprintf(format, args...))
}

// prove reads everything as a proxy will, before it is committed.
func (im *importer) prove(ctx context.Context) error {
	if len(im.problems) > 0 {
		return nil
	}
	s := im.blank()
	for _, t := range im.done.Tenants {
		read, _, err := s.readTenant(ctx, im.tx, im.row, t.Name, false)
		if err != nil {
			return err
		}
		if err := s.verifyHistory(ctx, im.tx, read.ID); err != nil {
			return ofTenant(err, t.Name)
		}
	}
	_, err := s.readColumns(ctx, im.tx, im.row)
	return err
}
