package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// copiesOf is what one database's store knows of the copies that exist of it, and until when those that are made of it need which key.
type copiesOf struct {
	database string
	backups  []pgstore.Backup
	list     pgstore.BackupList
	until    map[wrapping]time.Time // when the last tenant here was moved from the key to another
	invalid  bool                   // the list does not verify
	unsure   string                 // why the list, or the times, are not known
	only     string                 // the id of the one tenant whose data keys in backups are told; empty: all
}

// wrapping names a key.
type wrapping struct{ provider, key string }

// listedBackupView is a backup that needs a key.
type listedBackupView struct {
	Database string     `json:"database"`
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`
	Made     *time.Time `json:"made,omitempty"`
	SHA256   string     `json:"sha256"`
	How      string     `json:"how"` // wrapped | archive | store | unclear
}

// How a backup needs a key.
const (
	needsWrapped = "wrapped" // it holds data keys that the key wraps
	needsArchive = "archive" // with the WAL archived behind it, it may be restored to a time in which the key wrapped them
	needsUnclear = "unclear" // not everything in it was understood
	needsStore   = "store"   // it holds no wrapped data keys: they are the store's, which the key wraps now
)

// readCopies reads the list of backups and the history of every tenant.
func readCopies(ctx context.Context, s *site, tenants []pgstore.Listed) (copiesOf, error) {
	c := copiesOf{database: s.name, until: map[wrapping]time.Time{}}
	var err error
	c.backups, c.list, err = s.store.Backups(ctx)
	if keysource.KindOf(err) == keysource.KeyRecordInvalid {
		c.invalid, c.unsure = true, "the list of backups does not verify"
	} else if err != nil {
		return c, err
	}
	for _, t := range tenants {
		if t.Err != nil {
			continue // told already
		}
		entries, problems, err := s.store.HistoryAsFound(ctx, t.Name)
		if err != nil {
			return c, err
		}
		if len(problems) > 0 && !c.invalid { // what is said of an invalid list is for officers, too
			c.unsure = "the key history of tenant " + t.Name + " does not verify"
		}
		for i := 1; i < len(entries); i++ {
			was, is := wrapping{entries[i-1].Provider, entries[i-1].KeyARN}, wrapping{entries[i].Provider, entries[i].KeyARN}
			if was != is && c.until[was].Before(entries[i].At) {
				c.until[was] = entries[i].At
			}
		}
	}
	return c, nil
}

// needing are the kept backups of the database that need a key, or may. present: it wraps data keys now, those of the tenant with the id among them.
func (c *copiesOf) needing(key wrapping, present bool, id string) (all []listedBackupView) {
	for i := range c.backups {
		b := &c.backups[i]
		if !b.Forgotten.IsZero() {
			continue
		}
		how := ""
		until, used := c.until[key]
		if b.Problems > 0 && (present || used) {
			how = needsUnclear
		}
		if b.Archive && (present || used && b.Made.Before(until)) { // a time that is not known is before all others
			how = needsArchive
		}
		for _, n := range b.Needs {
			switch {
			case n.Inside && (wrapping{n.Provider, n.Key}) == key && (c.only == "" || c.only == n.ID):
				how = needsWrapped
			case !n.Inside && present && n.ID == id && how == "":
				how = needsStore
			}
		}
		if how == "" {
			continue
		}
		v := listedBackupView{Database: c.database, Name: b.Name, Kind: b.Kind, SHA256: hex.EncodeToString(b.SHA256[:]), How: how}
		if !b.Made.IsZero() {
			made := b.Made.UTC()
			v.Made = &made
		}
		all = append(all, v)
	}
	return all
}

// String is the backup for people.
func (v *listedBackupView) String() string {
	made := "made at a time that is not known"
	if v.Made != nil {
		made = "made " + clock(*v.Made)
	}
	text := fmt.Sprintf("%s, %s, %s, sha256 %s", v.Name, v.Kind, made, v.SHA256[:shortHash])
	switch v.How {
	case needsArchive:
		text += ", with the WAL archived behind it"
	case needsUnclear:
		text += ", of which not everything was understood"
	case needsStore:
		text += ", which has no wrapped keys of its own"
	}
	return text
}

// stated tells whether somebody's word covers every copy that was made while the key wrapped anything in any database, and whose words those are.
func (u keyUsers) stated(key wrapping) (sentences []string, ok bool) {
	ok = len(u.unknown) == 0
	for _, c := range u.copies {
		until, used := c.until[key]
		switch {
		case c.unsure != "":
			ok = false
		case !used:
		case c.list.Complete.IsZero() || !c.list.Complete.After(until):
			ok = false
		default:
			said := statementView{c.list.Complete, c.list.By}
			sentences = append(sentences, "Database "+c.database+": "+said.sentence()+".")
		}
	}
	return sentences, ok && len(sentences) > 0
}

// tooEarly says of which databases the statement does not reach as far as the key was in use.
func (u keyUsers) tooEarly(key wrapping) (all []string) {
	for _, c := range u.copies {
		if until, used := c.until[key]; used && !c.list.Complete.IsZero() && !c.list.Complete.After(until) {
			all = append(all, fmt.Sprintf("%s (stated as of %s, the key was in use until %s)", c.database, clock(c.list.Complete), clock(until)))
		}
	}
	return all
}

// answerForBackups answers for a key on which nothing in any database depends.
func (m *masterKeyView) answerForBackups(users keyUsers) {
	key := wrapping{m.Provider, m.Key}
	if len(m.Backups) > 0 {
		m.Reasons = append(m.Reasons, fmt.Sprintf("Nothing in the database depends on it any more. But %s, listed above and kept, %s it, or may: the wrapped data keys in there open with this key and with no other, "+
			"so that without it they can be read only with the help of a later key export, if one is kept (pgseal key import --replace). "+
			"Destroy what is not needed any more, and say so (pgseal backup forget), or wait until it has expired.",
			countedIn(int64(len(m.Backups)), "backup"), plural(len(m.Backups), "needs", "need")))
		return
	}
	if said, ok := users.stated(key); ok {
		m.MayDelete = deleteAsStated
		m.Reasons = append(m.Reasons, "Nothing in this database depends on it any more, and none of the backups that are listed and kept does.",
			"That no other copy is kept which was made "+m.when()+" is not pgseal's knowledge but somebody's word. "+strings.Join(said, " ")+
				" If that is wrong, what was forgotten can never be read again: backups, dumps, snapshots, archived logs, key exports.",
			"Disable it first, and wait: that can be undone, deletion cannot.")
		return
	}
	m.MayDelete = deleteWithoutBackups
	m.Reasons = append(m.Reasons, "Nothing in this database depends on it any more: every data key, old ones too, opens through the present key, and with them every value that was sealed while this one was in use.",
		"But every copy of the database that was made "+m.when()+" opens with this key and with no other: backups, dumps, snapshots, archived logs, key exports. pgseal does not know which of them are kept. Delete the key only when none of them will ever have to be read, or each has been made anew since.",
		"Disable it first, and wait as long as the oldest of them is kept: that can be undone, deletion cannot.")
	if early := users.tooEarly(key); len(early) > 0 {
		m.Reasons = append(m.Reasons, "The statement that all backups are listed does not reach as far as the key was in use: "+strings.Join(early, "; ")+". Make it again: pgseal backup all-listed.")
	}
}
