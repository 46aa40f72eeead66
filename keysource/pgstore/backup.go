package pgstore

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Backup is the record of a backup that was looked into.
type Backup struct {
	Position  int64 // from 1, in the order in which they were listed
	SHA256    [32]byte
	Name      string // of the file, as it was given
	Kind      string // plain, custom, directory, tar; base for a base backup
	Size      int64
	Made      time.Time // zero: not known; it is no younger than Checked
	Archive   bool      // WAL is archived behind it, with which it can be restored to any later time
	Needs     []BackupNeed
	Sealed    int64     // values
	Plaintext int64     // values that ought to be sealed
	Problems  int64     // why Needs may not be all that it needs
	Checked   time.Time // for the first time
	Actor     string
	Forgotten time.Time // when it was destroyed, by somebody's word; zero: it was not
	By        string    // whose word
	Version   int64

	mac []byte
}

// BackupNeed is what of one tenant's a backup needs to be read.
type BackupNeed struct {
	Tenant   string `json:"tenant"`
	ID       string `json:"id"`
	Provider string `json:"provider"`
	Key      string `json:"key"` // ARN of the master key that wraps the data keys as the backup has them
	// Inside tells that the backup has the wrapped data keys itself. Else they are the store's, or a key export's, and Key is what wrapped them at the time of the check.
	Inside bool     `json:"inside"`
	Keys   []string `json:"data_keys"` // by number
	Values int64    `json:"values"`
}

// BackupList is what is said of all backups together.
type BackupList struct {
	Complete time.Time // as of when somebody has said that every copy of the database is listed, or destroyed; zero: nobody has
	By       string    // whose word
	Actor    string    // who gave the command
	Version  int64     // 0: nothing was listed yet
}

// ErrNoBackup: there is no listed backup that the name fits, or several.
var ErrNoBackup = errors.New("pgstore: no listed backup")

func (b *Backup) needs() ([]byte, error) { return json.Marshal(b.Needs) }

func (b *Backup) record(store storeID, needs []byte) *record {
	return newRecord(store, "backup").number(b.Position).bytes(b.SHA256[:]).text(b.Name, b.Kind).number(b.Size).time(b.Made).flag(b.Archive).bytes(needs).
		number(b.Sealed, b.Plaintext, b.Problems).time(b.Checked).text(b.Actor).time(b.Forgotten).text(b.By).number(b.Version)
}

// record has the rows of all backups in it, so that none of them can be taken away or put back by itself.
func (l *BackupList) record(store storeID, all []Backup) *record {
	r := newRecord(store, "backup_list").time(l.Complete).text(l.By, l.Actor).number(l.Version, int64(len(all)))
	for _, b := range all {
		r.number(b.Position, b.Version).bytes(b.mac)
	}
	return r
}

// Backups gives all backups that were listed, those that were destroyed too, in the order in which they were; KeyRecordInvalid where anything of the list was
// altered or is missing.
func (s *Store) Backups(ctx context.Context) (all []Backup, list BackupList, err error) {
	err = s.read(ctx, func(tx pgx.Tx, row storeRow) (err error) {
		all, list, err = s.readBackups(ctx, tx, row.epoch, false)
		return err
	})
	return all, list, err
}

func (s *Store) readBackups(ctx context.Context, db querier, epoch int64, forUpdate bool) (all []Backup, list BackupList, err error) {
	sql := "SELECT complete_at, complete_by, actor, version, mac FROM pgseal.backup_list"
	if forUpdate {
		sql += " FOR UPDATE"
	}
	var complete *time.Time
	var mac []byte
	err = db.QueryRow(ctx, sql).Scan(&complete, &list.By, &list.Actor, &list.Version, &mac)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, list, err
	}
	if complete != nil {
		list.Complete = *complete
	}
	const what = "backup_list"
	if all, err = s.scanBackups(ctx, db); err != nil {
		return nil, list, err
	}
	if list.Version == 0 && len(all) > 0 {
		return nil, list, invalid(what, errors.New("pgstore: the record of the list of backups is missing"))
	}
	if list.Version > 0 {
		if err := list.record(s.id, all).verify(s.key, mac, what); err != nil {
			return nil, list, err
		}
	}
	return all, list, s.memory.note(epoch, what, list.Version)
}

func (s *Store) scanBackups(ctx context.Context, db querier) ([]Backup, error) {
	rows, err := db.Query(ctx, `SELECT position, sha256, name, kind, size, made_at, archive, needs, sealed, plaintext, problems, checked_at, actor, forgotten_at, forgotten_by,
		version, mac FROM pgseal.backup ORDER BY position`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Backup, error) {
		var b Backup
		var sum []byte
		var needs string
		var made, forgotten *time.Time
		err := row.Scan(&b.Position, &sum, &b.Name, &b.Kind, &b.Size, &made, &b.Archive, &needs, &b.Sealed, &b.Plaintext, &b.Problems, &b.Checked, &b.Actor, &forgotten, &b.By,
			&b.Version, &b.mac)
		if err != nil {
			return b, err
		}
		copy(b.SHA256[:], sum)
		if made != nil {
			b.Made = *made
		}
		if forgotten != nil {
			b.Forgotten = *forgotten
		}
		what := fmt.Sprintf("backup %d", b.Position)
		if err := b.record(s.id, []byte(needs)).verify(s.key, b.mac, what); err != nil {
			return b, err
		}
		if err := json.Unmarshal([]byte(needs), &b.Needs); err != nil {
			return b, invalid(what, err)
		}
		return b, nil
	})
}

// ListBackup lists a backup, or again one that is listed already, by its hash: what is there now counts, and it is not destroyed. It gives b its place.
func (s *Store) ListBackup(ctx context.Context, b *Backup) error {
	return s.changeBackups(ctx, func(w writer, all *[]Backup, _ *BackupList) error {
		next := *b
		next.Position, next.Version, next.Checked, next.Made = int64(len(*all))+1, 0, w.now, microOrZero(b.Made)
		next.Forgotten, next.By = time.Time{}, ""
		for _, known := range *all {
			if known.SHA256 == b.SHA256 {
				next.Position, next.Version, next.Checked = known.Position, known.Version, known.Checked
			}
		}
		if err := next.save(ctx, w); err != nil {
			return err
		}
		*all = append((*all)[:next.Position-1:next.Position-1], append([]Backup{next}, (*all)[min(next.Position, int64(len(*all))):]...)...)
		*b = next
		return w.event(ctx, Event{Kind: EventBackupListed, Actor: b.Actor, Detail: b.brief()})
	})
}

// ForgetBackup notes that a backup was destroyed: nothing depends on what it needed any more. The hash may be cut short. Errors: ErrNoBackup.
func (s *Store) ForgetBackup(ctx context.Context, hash, actor string) (*Backup, error) {
	var found *Backup
	err := s.changeBackups(ctx, func(w writer, all *[]Backup, _ *BackupList) error {
		found = nil
		for i := range *all {
			b := &(*all)[i]
			if !bytes.HasPrefix([]byte(hex.EncodeToString(b.SHA256[:])), []byte(hash)) {
				continue
			}
			if found != nil {
				return fmt.Errorf("%w of one hash: several begin with %s", ErrNoBackup, hash)
			}
			found = b
		}
		switch {
		case found == nil:
			return fmt.Errorf("%w has the hash %s", ErrNoBackup, hash)
		case !found.Forgotten.IsZero():
			return errUnchanged
		}
		found.Forgotten, found.By = w.now, actor
		if err := found.save(ctx, w); err != nil {
			return err
		}
		return w.event(ctx, Event{Kind: EventBackupDestroyed, Actor: actor, Detail: found.brief()})
	})
	return found, err
}

// SayBackupsComplete notes somebody's word that every copy of the database that holds its wrapped keys and still exists is listed, as of now; withdraw takes it back.
func (s *Store) SayBackupsComplete(ctx context.Context, by, actor string, withdraw bool) (BackupList, error) {
	var said BackupList
	err := s.changeBackups(ctx, func(w writer, _ *[]Backup, list *BackupList) error {
		list.Complete, list.By, list.Actor = w.now, by, actor
		kind := EventBackupsComplete
		if withdraw {
			list.Complete, list.By, kind = time.Time{}, "", EventBackupsIncomplete
		}
		said = *list
		return w.event(ctx, Event{Kind: kind, Actor: actor, Detail: list.By})
	})
	return said, err
}

// errUnchanged ends a change that changes nothing.
var errUnchanged = errors.New("unchanged")

// backupLock is the key of the advisory lock of whoever changes the list.
const backupLock = 0x7067_7365_616c_03

// changeBackups runs f on the list, and signs it anew.
func (s *Store) changeBackups(ctx context.Context, f func(w writer, all *[]Backup, list *BackupList) error) (err error) {
	for range casAttempts {
		err = s.write(ctx, func(w writer, row storeRow) error {
			// Where nothing is listed yet there is no row to lock, and two statements would see two states.
			if _, err := w.tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(backupLock)); err != nil {
				return err
			}
			all, list, err := s.readBackups(ctx, w.tx, row.epoch, true)
			if err != nil {
				return err
			}
			if err := f(w, &all, &list); err != nil {
				return err
			}
			return list.save(ctx, w, all)
		})
		if !errors.Is(err, ErrConflict) {
			break
		}
	}
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

func (l *BackupList) save(ctx context.Context, w writer, all []Backup) error {
	l.Version++
	l.Complete = microOrZero(l.Complete)
	sql := "UPDATE pgseal.backup_list SET (complete_at, complete_by, actor, version, mac) = ($1, $2, $3, $4, $5) WHERE version = $4 - 1"
	if l.Version == 1 {
		sql = "INSERT INTO pgseal.backup_list (complete_at, complete_by, actor, version, mac) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
	}
	tag, err := w.tx.Exec(ctx, sql, nullable(l.Complete), l.By, l.Actor, l.Version, l.record(w.store, all).sign(w.key))
	if err == nil && tag.RowsAffected() != 1 {
		return ErrConflict
	}
	w.wrote("backup_list", l.Version)
	return err
}

func (b *Backup) save(ctx context.Context, w writer) error {
	b.Version++
	needs, err := b.needs()
	if err != nil {
		return err
	}
	b.mac = b.record(w.store, needs).sign(w.key)
	tag, err := w.tx.Exec(ctx, `INSERT INTO pgseal.backup AS b (position, sha256, name, kind, size, made_at, archive, needs, sealed, plaintext, problems, checked_at, actor,
			forgotten_at, forgotten_by, version, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
		ON CONFLICT (position) DO UPDATE SET (name, kind, size, made_at, archive, needs, sealed, plaintext, problems, actor, forgotten_at, forgotten_by, version, mac) =
			($3, $4, $5, $6, $7, $8, $9, $10, $11, $13, $14, $15, $16, $17) WHERE b.version = $16 - 1 AND b.sha256 = $2`,
		b.Position, b.SHA256[:], b.Name, b.Kind, b.Size, nullable(b.Made), b.Archive, string(needs), b.Sealed, b.Plaintext, b.Problems, b.Checked, b.Actor,
		nullable(b.Forgotten), b.By, b.Version, b.mac)
	if err == nil && tag.RowsAffected() != 1 {
		return ErrConflict
	}
	return err
}

// brief is the backup in an event.
func (b *Backup) brief() string {
	made := "at a time that is not known"
	if !b.Made.IsZero() {
		made = b.Made.UTC().Format(time.RFC3339)
	}
	return fmt.Sprintf("%s, %s, made %s, sha256 %x", b.Name, b.Kind, made, b.SHA256)
}
