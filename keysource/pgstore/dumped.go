package pgstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Dumped are the control records of a dump, as far as they verify.
type Dumped struct {
	Whose    StoreOf
	Tenants  []*Tenant // as they were then, with their data keys as they were wrapped then
	Columns  []Column  // with the names that they had then
	Proposed []Proposal
	Problems []string // records that do not verify, for people
}

// StoreOf says whose records a dump has.
type StoreOf int

// Of no store, of this one, of another (or with another control key).
const (
	OfNoStore StoreOf = iota
	OfThisStore
	OfAnother
)

// ReadDumped verifies control records that a dump has, by table, each a row's texts by column; a value that is NULL is missing. What was seen later does not count:
// a dump is of its time. bytea reads a value's text in either of its forms.
func (s *Store) ReadDumped(rows map[string][]map[string]string, bytea byteaReader) *Dumped {
	d := &Dumped{}
	if !s.dumpedStore(d, rows["store"], bytea) {
		return d
	}
	keys := map[crypto.TenantID][]dataKey{}
	for _, row := range rows["data_key"] {
		k, err := s.dumpedKey(row, bytea)
		if err != nil {
			d.Problems = append(d.Problems, err.Error())
			continue
		}
		keys[k.tenant] = append(keys[k.tenant], k)
	}
	for _, row := range rows["tenant"] {
		t, err := s.dumpedTenant(row, keys, bytea)
		if err != nil {
			d.Problems = append(d.Problems, err.Error())
			continue
		}
		d.Tenants = append(d.Tenants, t)
	}
	for _, row := range rows["column_state"] {
		c, err := s.dumpedColumn(row, bytea)
		if err != nil {
			d.Problems = append(d.Problems, err.Error())
			continue
		}
		d.Columns = append(d.Columns, c)
	}
	for _, row := range rows["proposal"] {
		p, err := s.dumpedProposal(row, bytea)
		if err != nil {
			d.Problems = append(d.Problems, err.Error())
			continue
		}
		d.Proposed = append(d.Proposed, p)
	}
	return d
}

// dumpedStore looks at the store's own row.
func (s *Store) dumpedStore(d *Dumped, rows []map[string]string, bytea byteaReader) bool {
	if len(rows) != 1 {
		if len(rows) > 1 {
			d.Problems = append(d.Problems, "there are several stores in the dump")
		}
		return false
	}
	t := texts{row: rows[0], read: bytea}
	r := storeRow{id: t.uuid("id"), family: t.uuid("family"), epoch: t.number("epoch"), policy: t.bytea("policy"), created: t.time("created_at"), version: t.number("version")}
	copy(r.tag[:], t.bytea("tag"))
	d.Whose = OfThisStore
	if t.err != nil || r.id != s.id || r.tag != s.tag || r.record().verify(s.key, t.bytea("mac"), "store") != nil {
		d.Whose = OfAnother
	}
	return d.Whose == OfThisStore
}

func (s *Store) dumpedKey(row map[string]string, bytea byteaReader) (dataKey, error) {
	t := texts{row: row, read: bytea}
	k := dataKey{number: crypto.KeyNumber(t.number("key_number")), tenant: t.uuid("tenant"), wrappedBy: crypto.KeyNumber(t.number("wrapped_by")), wrapped: t.bytea("wrapped"),
		keyARN: t.text("key_arn"), materialID: t.text("material_id"), created: t.time("created_at"), version: t.number("version"), mac: t.bytea("mac")}
	what := "data key " + hexNumber(k.number)
	return k, t.verified(what, k.record(s.id).verify(s.key, k.mac, what))
}

func (s *Store) dumpedTenant(row map[string]string, all map[crypto.TenantID][]dataKey, bytea byteaReader) (*Tenant, error) {
	r := texts{row: row, read: bytea}
	t := &Tenant{CreatedAt: r.time("created_at")}
	t.Tag, t.ID, t.Name, t.Version = s.tag, r.uuid("id"), r.text("name"), r.number("version")
	t.Spec = keysource.KeySpec{TenantID: t.ID, TenantName: t.Name, Provider: r.text("provider"), KeyARN: r.text("key_arn"), ResolvedARN: r.text("resolved_arn"),
		RoleARN: r.text("role_arn"), ExternalID: r.text("external_id"), Endpoint: r.text("endpoint"), KeyNumber: crypto.KeyNumber(r.number("current_key"))}
	t.CacheTime = time.Duration(r.number("cache_ms")) * time.Millisecond
	t.Locked, t.LockedSince, t.LockedBy, t.Retired = r.flag("locked"), r.time("locked_since"), r.text("locked_by"), r.flag("retired")
	t.Drill, t.Probes, t.Current.Number = r.drill(), r.number("probes"), t.Spec.KeyNumber
	keys := all[t.ID]
	slices.SortFunc(keys, func(a, b dataKey) int { return int(int64(a.number) - int64(b.number)) })
	what := fmt.Sprintf("tenant %q", t.Name)
	if err := r.verified(what, t.record(s.id, keys).verify(s.key, r.bytea("mac"), what)); err != nil {
		return nil, err
	}
	return t, r.verified(what, generations(t, keys))
}

func (s *Store) dumpedColumn(row map[string]string, bytea byteaReader) (Column, error) {
	t := texts{row: row, read: bytea}
	c := Column{ID: t.uuid("id"), Schema: t.text("schema_name"), Table: t.text("table_name"), Name: t.text("column_name"), Origin: t.text("origin"),
		Relation: uint32(t.number("relation")), Attnum: int16(t.number("attnum")), TypeOID: uint32(t.number("type_oid")), Typmod: int32(t.number("typmod")),
		Mode: crypto.Mode(t.number("mode")), Domain: t.text("domain"), Normalize: t.list("normalize"), Unicode: t.text("unicode"), Pad: int(t.number("pad")),
		State: ColumnState(t.text("state")), Wanted: ColumnState(t.text("wanted")), NextMode: crypto.Mode(t.number("next_mode")), Round: int(t.number("round")), Turned: t.flag("turned"), Before: t.list("before"),
		Scrubbed: t.time("scrubbed_at"), Retired: t.flag("retired"), Changed: t.time("changed_at"), Version: t.number("version")}
	c.Key.Family = t.text("family")
	what := fmt.Sprintf("column %s.%s.%s", c.Schema, c.Table, c.Name)
	id, err := crypto.ParseColumnID(t.bytea("column_id"))
	if err != nil {
		return c, t.verified(what, err)
	}
	c.Key.ID = id
	r, err := c.record(s.id)
	if err == nil {
		err = r.verify(s.key, t.bytea("mac"), what)
	}
	return c, t.verified(what, err)
}

func (s *Store) dumpedProposal(row map[string]string, bytea byteaReader) (Proposal, error) {
	t := texts{row: row, read: bytea}
	p := Proposal{ID: t.uuid("id"), Tenant: t.uuid("tenant"), OfVersion: t.number("tenant_version"), Kind: ProposalKind(t.text("kind")),
		To:        MasterKey{t.text("provider"), t.text("key_arn"), t.text("role_arn"), t.text("external_id"), t.text("endpoint")},
		CacheTime: time.Duration(t.number("cache_ms")) * time.Millisecond, Proposer: t.text("proposer"), Actor: t.text("actor"), Proposed: t.time("proposed_at"), Expires: t.time("expires_at"),
		State: ProposalState(t.text("state")), DecidedBy: t.text("decided_by"), Decided: t.time("decided_at"), Outcome: t.text("outcome"), Version: t.number("version")}
	return p, t.verified(p.what(), p.record(s.id).verify(s.key, t.bytea("mac"), p.what()))
}

// Generations has the customer's key open the data keys of a tenant's record as it is, a dump's too, by way of the driver. The caller destroys them.
func (s *Store) Generations(ctx context.Context, t *Tenant, wrapper keysource.Wrapper) (map[crypto.KeyNumber]*crypto.Generation, error) {
	all, err := s.openGenerations(ctx, t, wrapper)
	return all, ofTenant(err, t.Name)
}

// texts reads a row's values in their text form. The first that cannot be read is kept.
type texts struct {
	row  map[string]string
	read byteaReader
	err  error
}

// byteaReader reads the text of a bytea.
type byteaReader = func(text []byte) (raw []byte, ok bool)

// verified is nil for a row that could be read and verifies.
func (t *texts) verified(what string, err error) error {
	if err = errors.Join(t.err, err); err != nil {
		return fmt.Errorf("the record of %s does not verify: it was altered, or is of another version of pgseal", what)
	}
	return nil
}

func (t *texts) scan(name string, oid uint32, into any) {
	text, ok := t.row[name]
	if !ok || t.err != nil {
		return
	}
	if err := pgtype.NewMap().Scan(oid, pgtype.TextFormatCode, []byte(text), into); err != nil {
		t.err = fmt.Errorf("pgstore: %s: %w", name, err)
	}
}

func (t *texts) text(name string) string { return t.row[name] }

func (t *texts) number(name string) (n int64) {
	t.scan(name, pgtype.Int8OID, &n)
	return n
}

func (t *texts) flag(name string) (b bool) {
	t.scan(name, pgtype.BoolOID, &b)
	return b
}

func (t *texts) bytea(name string) []byte {
	text, ok := t.row[name]
	if !ok {
		return nil
	}
	raw, ok := t.read([]byte(text))
	if !ok {
		t.err = errors.Join(t.err, fmt.Errorf("pgstore: %s is no bytea", name))
	}
	return raw
}

func (t *texts) uuid(name string) (id [16]byte) {
	t.scan(name, pgtype.UUIDOID, &id)
	return id
}

func (t *texts) list(name string) (all []string) {
	t.scan(name, pgtype.TextArrayOID, &all)
	return all
}

// time is the zero time for NULL.
func (t *texts) time(name string) (at time.Time) {
	t.scan(name, pgtype.TimestamptzOID, &at)
	return at
}

func (t *texts) drill() *keysource.Drill {
	d := drillRow{by: t.text("drill_by"), proxies: t.list("drill_proxies")}
	if _, ok := t.row["drill_id"]; ok {
		id := t.uuid("drill_id")
		d.id = &id
	}
	for name, at := range map[string]**time.Time{"drill_ordered": &d.ordered, "drill_until": &d.until} {
		if _, ok := t.row[name]; ok {
			moment := t.time(name)
			*at = &moment
		}
	}
	return d.drill()
}
