package main

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/backup"
)

// backupCheckView is what a check of a backup has found.
type backupCheckView struct {
	Name      string       `json:"name"`
	Kind      backup.Kind  `json:"kind"`
	How       string       `json:"how_read"`
	SHA256    string       `json:"sha256"`
	Size      int64        `json:"size"`
	Made      *time.Time   `json:"made,omitempty"`
	Archive   bool         `json:"wal_archive,omitempty"`
	Database  string       `json:"database"`
	Databases []string     `json:"databases,omitempty"` // of a dump that names them
	Listed    bool         `json:"listed"`
	Plaintext int64        `json:"plaintext"`
	Spoilt    int64        `json:"not_authentic"`
	Columns   []columnSeen `json:"columns"`
	Stray     []straySeen  `json:"sealed_elsewhere,omitempty"`
	Keys      []neededView `json:"keys"`
	Lost      []dataNeeded `json:"unknown_data_keys,omitempty"`
	Records   string       `json:"records"` // here, none, or another store's
	Missing   []string     `json:"missing_records"`
	Problems  []string     `json:"problems"`

	sum  [32]byte
	dump bool // it begins as a dump does
}

// columnSeen is a column that is to be sealed, as the backup has it.
type columnSeen struct {
	Column   string         `json:"column"`
	Data     bool           `json:"in_backup"`
	Rows     int64          `json:"rows"`
	Null     int64          `json:"null"`
	Sealed   int64          `json:"sealed"`
	ByKey    []dataNeeded   `json:"by_data_key,omitempty"`
	Plain    int64          `json:"plaintext"`
	Allowed  bool           `json:"plaintext_allowed,omitempty"` // the column is being opened for good
	PlainAt  []backup.Place `json:"plaintext_at,omitempty"`
	Opened   int64          `json:"opened"`
	NotKnown int64          `json:"not_opened_for_want_of_a_key,omitempty"`
	Spoilt   int64          `json:"not_authentic,omitempty"`
	SpoiltAt []backup.Place `json:"not_authentic_at,omitempty"`
}

// straySeen are sealed values where no column is listed.
type straySeen struct {
	Column string `json:"column"`
	dataNeeded
}

// What a backup has of the store.
const (
	recordsHere    = "here"
	recordsNone    = "none"
	recordsForeign = "of another store"
)

// neededTables are the tables of the schema pgseal without which a restore is no working system, or has lost its past.
func neededTables() []string {
	return []string{"store", "tenant", "data_key", "key_history", "column_state", "column_pin", "event", "event_head"}
}

func viewOfCheck(source *backupSource, found *backup.Result, dumped *pgstore.Dumped, keys *backupKeys) *backupCheckView {
	v := &backupCheckView{Kind: source.kind, How: source.how, SHA256: hex.EncodeToString(source.sum[:]), Size: source.size, Databases: found.Databases, sum: source.sum, dump: found.Begun,
		Columns: []columnSeen{}, Keys: []neededView{}, Missing: []string{}, Problems: []string{}}
	if !source.made.IsZero() {
		v.Made = &source.made
	}
	if at, err := time.Parse("2006-01-02 15:04:05 MST", found.Started); err == nil && v.Made == nil {
		v.Made = &at
	}
	for _, c := range found.Columns {
		v.add(c)
	}
	for _, s := range found.Stray {
		v.Stray = append(v.Stray, straySeen{s.Name, dataNeeded{dataKeyName(s.Number), s.Values}})
	}
	needed, lost, outside := keys.needed(found.Numbers(), dumped)
	v.Keys, v.Lost = append(v.Keys, needed...), lost
	v.missing(found, dumped, outside)
	v.Problems = append(append(v.Problems, found.Problems...), dumped.Problems...)
	for _, name := range keys.invalid {
		v.Problems = append(v.Problems, fmt.Sprintf("the record of tenant %q in the store does not verify: nothing of it was opened", name))
	}
	return v
}

func (v *backupCheckView) add(c *backup.Column) {
	seen := columnSeen{Column: c.Name(), Data: c.Data, Rows: c.Rows, Null: c.Null, Plain: c.Plain, Allowed: c.Watched.Plain, PlainAt: c.PlainAt,
		Opened: c.Opened, NotKnown: c.NotKnown, Spoilt: c.Spoilt, SpoiltAt: c.SpoiltAt}
	for _, n := range slices.Sorted(maps.Keys(c.Sealed)) {
		seen.ByKey = append(seen.ByKey, dataNeeded{dataKeyName(n), c.Sealed[n]})
		seen.Sealed += c.Sealed[n]
	}
	if !seen.Allowed {
		v.Plaintext += c.Plain
	}
	v.Spoilt += c.Spoilt
	v.Columns = append(v.Columns, seen)
}

// missing says which control records the backup lacks.
func (v *backupCheckView) missing(found *backup.Result, dumped *pgstore.Dumped, outside []string) {
	v.Records = recordsHere
	switch dumped.Whose {
	case pgstore.OfAnother:
		v.Records = recordsForeign
		v.Problems = append(v.Problems, "the control records in the backup are another store's, were altered, or were signed with another control key")
		return
	case pgstore.OfNoStore:
		if len(found.Counts) == 0 {
			v.Records = recordsNone
			v.Missing = append(v.Missing, "the schema pgseal: without it and without a key export nothing in the backup opens")
			return
		}
	}
	for _, table := range neededTables() {
		if n, ok := found.Counts[table]; !ok || n == 0 && table == "store" {
			v.Missing = append(v.Missing, "the rows of pgseal."+table)
		}
	}
	for _, number := range outside {
		v.Missing = append(v.Missing, "data key "+number+", which the store has")
	}
}

// print writes the report for people.
func (v *backupCheckView) print(out *table) {
	out.row("BACKUP", v.Name)
	out.pair("kind", string(v.Kind)+", read "+v.How)
	out.pair("size", grouped(v.Size)+" bytes")
	out.pair("sha256", v.SHA256)
	made := "not known (--made says it)"
	if v.Made != nil {
		made = clock(*v.Made)
	}
	out.pair("made", made)
	out.pair("database", v.Database)
	if len(v.Databases) > 0 {
		out.pair("it has", strings.Join(v.Databases, ", "))
	}
	out.row()
	out.row("COLUMN", "ROWS", "SEALED", "PLAINTEXT", "OPENED", "")
	for _, c := range v.Columns {
		if !c.Data {
			out.row(c.Column, "-", "-", "-", "-", "no data of it in the backup")
			continue
		}
		out.row(c.Column, grouped(c.Rows), grouped(c.Sealed), grouped(c.Plain), grouped(c.Opened), c.note())
	}
	for _, c := range v.Columns {
		if c.Plain > 0 && !c.Allowed {
			out.paragraph(fmt.Sprintf("PLAINTEXT: %s holds %s that ought to be sealed, in %s.", c.Column, countedIn(c.Plain, "value"), placesText(c.PlainAt, c.Plain)))
		}
		if c.Spoilt > 0 {
			out.paragraph(fmt.Sprintf("NOT AUTHENTIC: %s holds %s that look sealed and do not open with the key that they name, in %s: altered, of another column, or plaintext.",
				c.Column, countedIn(c.Spoilt, "value"), placesText(c.SpoiltAt, c.Spoilt)))
		}
	}
	for _, s := range v.Stray {
		out.paragraph(fmt.Sprintf("%s, which is not listed, holds %s of data key %s.", s.Column, countedIn(s.Values, "sealed value"), s.Number))
	}
	v.printKeys(out)
}

func (v *backupCheckView) printKeys(out *table) {
	out.row()
	out.row("TENANT", "NEEDS THE KEY", "DATA KEYS", "VALUES", "OPENS NOW")
	for _, k := range v.Keys {
		var numbers []string
		for _, d := range k.DataKeys {
			numbers = append(numbers, d.Number)
		}
		opens := "yes"
		if !k.Opens {
			opens = "NO: " + strings.TrimSpace(k.Code+" "+k.Reason)
		}
		out.row(k.Tenant, k.Key, strings.Join(numbers, ", "), grouped(k.Values), opens)
	}
	for _, k := range v.Keys {
		if !k.Inside {
			out.paragraph(fmt.Sprintf("The data keys of tenant %s are not in the backup: they are the store's, or a key export's.", k.Tenant))
		}
	}
	for _, d := range v.Lost {
		out.paragraph(fmt.Sprintf("LOST: %s of data key %s, which neither the store nor the backup has: they do not open.", countedIn(d.Values, "value"), d.Number))
	}
	for _, m := range v.Missing {
		out.row("MISSING: " + m)
	}
	for _, p := range v.Problems {
		out.row("PROBLEM: " + p)
	}
	if v.Listed {
		out.row("listed: pgseal backup list")
	}
}

func (c *columnSeen) note() string {
	var notes []string
	if c.Allowed {
		notes = append(notes, "plaintext is allowed: the column is not to be sealed")
	}
	if c.NotKnown > 0 {
		notes = append(notes, grouped(c.NotKnown)+" not opened for want of a key")
	}
	return strings.Join(notes, "; ")
}

func countedIn(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}

// placesText names rows, and says if there are more.
func placesText(places []backup.Place, n int64) string {
	var all []string
	table := ""
	for _, p := range places {
		if p.Table != table {
			table = p.Table
			all = append(all, table+" row "+fmt.Sprint(p.Row))
			continue
		}
		all = append(all, fmt.Sprint(p.Row))
	}
	text := strings.Join(all, ", ")
	if int64(len(places)) < n {
		text += " and more"
	}
	return text
}
