package pgstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource"
)

// ProxyLifetime is how long after its last heartbeat a proxy counts as live. A
// proxy that has not got through for that long must take itself for dead.
const ProxyLifetime = 10 * time.Second

// PolicyHash is the canonical hash of a policy. The zero hash is none.
type PolicyHash [32]byte

// String is a short form for people.
func (h PolicyHash) String() string {
	if h == (PolicyHash{}) {
		return "none"
	}
	return hex.EncodeToString(h[:6])
}

// ProxyID is drawn at random by each process that serves.
type ProxyID [16]byte

// NewProxyID draws an id.
func NewProxyID() ProxyID { return newID() }

// Proxy is the record of a serving process: what it holds and what it has
// acknowledged.
type Proxy struct {
	ID      ProxyID
	Name    string // for people: host and process
	Started time.Time
	Policy  PolicyHash
	Acks    map[string]ColumnState // column record's id in hex -> the state that the proxy works by
	Keys    []KeyReport            // not read by Tx.Proxies
	Seen    Seen                   // highest versions of control records that it has seen; not read by Tx.Proxies

	Heartbeat time.Time     // by the database's clock
	Age       time.Duration // of the heartbeat, when it was read
	version   int64
	written   proxyText // as last written
	reported  []KeyReport
	reportAt  time.Time // of written.keys
}

// proxyText is the JSON of a record's compound fields as it is stored. With
// many tenants keys and seen are long: their digests go into the MAC, so that
// whoever has no use for them need not read them.
type proxyText struct {
	acks, keys, seen       string
	keysDigest, seenDigest []byte
}

func (p *Proxy) encode() (proxyText, error) {
	keys := p.Keys
	if keys == nil {
		keys = []KeyReport{}
	}
	a, errA := json.Marshal(p.Acks)
	k, errK := json.Marshal(keys)
	s, errS := json.Marshal(p.Seen)
	text := proxyText{acks: string(a), keys: string(k), seen: string(s)}
	text.keysDigest, text.seenDigest = digestOf(text.keys), digestOf(text.seen)
	return text, errors.Join(errA, errK, errS)
}

func (p *Proxy) decodeAcks(text proxyText) error { return json.Unmarshal([]byte(text.acks), &p.Acks) }

func (p *Proxy) decodeAll(text proxyText) error {
	if err := text.verify("proxy " + p.Name); err != nil {
		return err
	}
	return errors.Join(p.decodeAcks(text), json.Unmarshal([]byte(text.keys), &p.Keys), json.Unmarshal([]byte(text.seen), &p.Seen))
}

func digestOf(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// verify holds the long fields against the digests, which the record's MAC covers.
func (t *proxyText) verify(what string) error {
	if bytes.Equal(t.keysDigest, digestOf(t.keys)) && bytes.Equal(t.seenDigest, digestOf(t.seen)) {
		return nil
	}
	return invalid(what, fmt.Errorf("pgstore: keys or versions of %s in pgseal.proxy are not those that were written", what))
}

// reportGap is how often what a proxy holds is written although only the
// deadlines have moved, which with many tenants they always do.
const reportGap = 5 * time.Second

// report takes over Keys, unless nothing but deadlines would be new and those
// were written not long ago.
func (p *Proxy) report() {
	sameState := func(a, b KeyReport) bool {
		a.ReadableUntil, b.ReadableUntil = nil, nil
		return reflect.DeepEqual(a, b)
	}
	if p.version > 1 && p.Heartbeat.Sub(p.reportAt) < reportGap && slices.EqualFunc(p.Keys, p.reported, sameState) {
		p.Keys = p.reported
		return
	}
	p.reported, p.reportAt = p.Keys, p.Heartbeat
}

// KeyReport is what a proxy holds of a tenant's key. It is shown by the view
// pgseal.tenant_state.
type KeyReport struct {
	Tenant        string     `json:"tenant"`
	State         string     `json:"state"` // as the keyring calls it: available, withdrawn, unreachable ...
	Code          string     `json:"code"`  // the error's SQLSTATE, or empty
	Since         *time.Time `json:"since"`
	ReadableUntil *time.Time `json:"readable_until"`

	DrillUntil *time.Time           `json:"drill_until,omitempty"` // the state is a drill's
	Rehearsed  *keysource.Rehearsed `json:"rehearsed,omitempty"`   // what the last drill did
}

// Live tells whether the proxy's last heartbeat is recent enough.
func (p *Proxy) Live() bool { return p.Age < ProxyLifetime }

// AckKey is how Acks names a column.
func AckKey(column [16]byte) string { return hex.EncodeToString(column[:]) }

func (p *Proxy) record(store storeID, text proxyText) *record {
	return newRecord(store, "proxy").bytes(p.ID[:]).text(p.Name).time(p.Started).time(p.Heartbeat).bytes(p.Policy[:]).
		text(text.acks).bytes(text.keysDigest, text.seenDigest).number(p.version)
}

// Heartbeat writes the proxy's record with the database's time. What the store
// has seen is filled in. p is this process's own and not used concurrently.
// ErrConflict: somebody else has written it; register under a new id.
func (s *Store) Heartbeat(ctx context.Context, p *Proxy) error {
	next := *p
	next.version++
	next.Started = micro(p.Started)
	next.Seen, _ = s.memory.copy()
	if err := s.Conns(ctx).QueryRow(ctx, "SELECT clock_timestamp()").Scan(&next.Heartbeat); err != nil {
		return err
	}
	next.report()
	text, err := next.encode()
	if err != nil {
		return err
	}
	mac := next.record(s.id, text).sign(s.key)
	done, err := s.beat(ctx, &next, text, mac)
	if err == nil && !done {
		done, err = s.register(ctx, &next, text, mac)
	}
	if err == nil && !done {
		return ErrConflict
	}
	if err != nil {
		return err
	}
	next.written = text
	*p = next
	if p.version%forgetEvery == 1 {
		_ = s.ForgetProxies(ctx, proxiesKept) // it is tried again, and no reason to take this proxy for dead
	}
	return nil
}

// Records of proxies that were killed are removed by those that live, now and then. What a dead proxy has seen counts for nobody any more: whoever starts
// asks those that live, and its own state folder.
const (
	proxiesKept = 24 * time.Hour
	forgetEvery = 3600 // heartbeats
)

// beat renews a record that is there. Of the long fields, what has not changed
// is not written again.
func (s *Store) beat(ctx context.Context, p *Proxy, text proxyText, mac []byte) (bool, error) {
	sql := "UPDATE pgseal.proxy SET name = $2, heartbeat_at = $3, policy = $4, acks = $5::text::json, version = $6, mac = $7"
	args := []any{[16]byte(p.ID), p.Name, p.Heartbeat, p.Policy[:], text.acks, p.version, mac}
	for _, long := range []struct {
		name, now, before string
		digest            []byte
	}{{"keys", text.keys, p.written.keys, text.keysDigest}, {"seen", text.seen, p.written.seen, text.seenDigest}} {
		if long.now != long.before {
			args = append(args, long.now, long.digest)
			sql += fmt.Sprintf(", %s = $%d::text::json, %[1]s_digest = $%[3]d", long.name, len(args)-1, len(args))
		}
	}
	tag, err := s.Conns(ctx).Exec(ctx, sql+" WHERE id = $1 AND version = $6 - 1", args...)
	return tag.RowsAffected() == 1, err
}

// register writes a record where there is none.
func (s *Store) register(ctx context.Context, p *Proxy, text proxyText, mac []byte) (bool, error) {
	tag, err := s.Conns(ctx).Exec(ctx, `INSERT INTO pgseal.proxy (id, name, started_at, heartbeat_at, policy, acks, keys, keys_digest, seen, seen_digest, version, mac)
		VALUES ($1, $2, $3, $4, $5, $6::text::json, $7::text::json, $8, $9::text::json, $10, $11, $12) ON CONFLICT DO NOTHING`,
		[16]byte(p.ID), p.Name, p.Started, p.Heartbeat, p.Policy[:], text.acks, text.keys, text.keysDigest, text.seen, text.seenDigest, p.version, mac)
	return tag.RowsAffected() == 1, err
}

// Unregister takes the proxy's record away: it serves no more.
func (s *Store) Unregister(ctx context.Context, id ProxyID) error {
	_, err := s.Conns(ctx).Exec(ctx, "DELETE FROM pgseal.proxy WHERE id = $1", [16]byte(id))
	return err
}

// ForgetProxies removes the records of proxies that have been dead for longer
// than age.
func (s *Store) ForgetProxies(ctx context.Context, age time.Duration) error {
	_, err := s.Conns(ctx).Exec(ctx, "DELETE FROM pgseal.proxy WHERE heartbeat_at < clock_timestamp() - $1::interval", age)
	return err
}

// Proxies gives the records of all proxies, live or not, verified.
func (s *Store) Proxies(ctx context.Context) ([]Proxy, error) {
	return s.readProxies(ctx, s.Conns(ctx))
}

func (s *Store) readProxies(ctx context.Context, db querier) ([]Proxy, error) {
	return s.listProxies(ctx, db, "keys::text, seen::text", (*Proxy).decodeAll)
}

// briefProxies are Proxies without Keys and Seen.
func (s *Store) briefProxies(ctx context.Context, db querier) ([]Proxy, error) {
	return s.listProxies(ctx, db, "'', ''", (*Proxy).decodeAcks)
}

func (s *Store) listProxies(ctx context.Context, db querier, long string, decode func(*Proxy, proxyText) error) ([]Proxy, error) {
	rows, err := db.Query(ctx, `SELECT id, name, started_at, heartbeat_at, clock_timestamp(), policy, acks::text, `+long+`, keys_digest, seen_digest, version, mac
		FROM pgseal.proxy ORDER BY started_at, id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Proxy, error) {
		var p Proxy
		var now time.Time
		var text proxyText
		var policy, mac []byte
		err := row.Scan((*[16]byte)(&p.ID), &p.Name, &p.Started, &p.Heartbeat, &now, &policy, &text.acks, &text.keys, &text.seen,
			&text.keysDigest, &text.seenDigest, &p.version, &mac)
		if err != nil {
			return p, err
		}
		p.Policy, p.Age = policyHash(policy), now.Sub(p.Heartbeat)
		if err := p.record(s.id, text).verify(s.key, mac, "proxy "+p.Name); err != nil {
			return p, err
		}
		return p, decode(&p, text)
	})
}

func policyHash(b []byte) (h PolicyHash) {
	copy(h[:], b)
	return h
}

// ReportStatus is what a keyring says about a tenant's key.
func ReportStatus(s keysource.Status) KeyReport {
	r := KeyReport{Tenant: s.Tenant, State: s.State.String(), Code: s.Kind.Code(), Since: nullable(s.Since), ReadableUntil: nullable(s.ReadableUntil),
		Rehearsed: s.Rehearsed}
	if s.Drill != nil {
		r.DrillUntil = &s.Drill.Until
	}
	return r
}

// Forget makes the next heartbeat one of a proxy that was never heard of, under
// the id that the caller has drawn anew.
func (p *Proxy) Forget() { p.version, p.written, p.reported = 0, proxyText{}, nil }
