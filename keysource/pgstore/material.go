package pgstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// KeyMaterial is what the KMS last said that a tenant's master key is made of. It is for people: nothing is decided by it, and an older row that somebody
// puts back only hides a rotation until the KMS is asked again.
type KeyMaterial struct {
	Tenant    crypto.TenantID
	Key       string // the key or alias that was asked about
	CheckedAt time.Time
	NoticedAt time.Time // when this material was first seen not to be what wraps the data key; zero otherwise
	Problem   string    // why the KMS did not tell, or empty; what it told before stands then
	keysource.Material
	version int64
}

func (m *KeyMaterial) record(store storeID) *record {
	return newRecord(store, "key_material").bytes(m.Tenant[:]).text(m.Key).time(m.CheckedAt).time(m.NoticedAt).text(m.Problem, m.KeyARN, m.MaterialID).
		time(m.RotatedAt).text(m.How).number(m.version)
}

// Pending tells whether the KMS would now wrap the tenant's data key with something else than what wraps it.
func (m *KeyMaterial) Pending(t *Tenant) bool {
	if m == nil || m.KeyARN == "" || m.Key != t.Spec.KeyARN {
		return false
	}
	w := t.Current.Wrapped
	return m.KeyARN != w.KeyARN || m.MaterialID != "" && w.MaterialID != "" && m.MaterialID != w.MaterialID
}

// Material is what the KMS last said about the tenant's master key; nil when it was never asked.
func (s *Store) Material(ctx context.Context, t *Tenant) (m *KeyMaterial, err error) {
	err = s.read(ctx, func(tx pgx.Tx, _ storeRow) error {
		m, err = s.readMaterial(ctx, tx, t.ID, "")
		return err
	})
	return m, err
}

// Materials is Material of several tenants at once. One that is not to be believed is left out.
func (s *Store) Materials(ctx context.Context, tenants ...crypto.TenantID) (map[crypto.TenantID]*KeyMaterial, error) {
	rows, err := s.Conns(ctx).Query(ctx, selectMaterial+"tenant = ANY ($1)", rawIDs(tenants))
	if err != nil {
		return nil, err
	}
	all := make(map[crypto.TenantID]*KeyMaterial)
	for rows.Next() {
		m, err := s.scanMaterial(rows)
		switch {
		case err == nil:
			all[m.Tenant] = m
		case !isInvalid(err):
			rows.Close()
			return nil, err
		}
	}
	return all, rows.Err()
}

const selectMaterial = `SELECT tenant, key, checked_at, noticed_at, problem, key_arn, material_id, rotated_at, how, version, mac
		FROM pgseal.key_material WHERE `

func (s *Store) readMaterial(ctx context.Context, db querier, tenant crypto.TenantID, lock string) (*KeyMaterial, error) {
	m, err := s.scanMaterial(db.QueryRow(ctx, selectMaterial+"tenant = $1"+lock, [16]byte(tenant)))
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return m, err
}

// scanMaterial reads and verifies a row of selectMaterial.
func (s *Store) scanMaterial(row pgx.Row) (*KeyMaterial, error) {
	m := &KeyMaterial{}
	var noticed, rotated *time.Time
	var mac []byte
	err := row.Scan((*[16]byte)(&m.Tenant), &m.Key, &m.CheckedAt, &noticed, &m.Problem, &m.KeyARN, &m.MaterialID, &rotated, &m.How, &m.version, &mac)
	if err != nil {
		return nil, err
	}
	if noticed != nil {
		m.NoticedAt = *noticed
	}
	if rotated != nil {
		m.RotatedAt = *rotated
	}
	return m, m.record(s.id).verify(s.key, mac, "key_material of tenant "+m.Tenant.String())
}

func (m *KeyMaterial) save(ctx context.Context, w writer) error {
	m.version++
	m.CheckedAt, m.NoticedAt, m.RotatedAt = micro(m.CheckedAt), microOrZero(m.NoticedAt), microOrZero(m.RotatedAt)
	sql := `UPDATE pgseal.key_material SET key = $2, checked_at = $3, noticed_at = $4, problem = $5, key_arn = $6, material_id = $7, rotated_at = $8,
		how = $9, version = $10, mac = $11 WHERE tenant = $1 AND version = $10 - 1`
	if m.version == 1 {
		sql = `INSERT INTO pgseal.key_material (tenant, key, checked_at, noticed_at, problem, key_arn, material_id, rotated_at, how, version, mac)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`
	}
	tag, err := w.tx.Exec(ctx, sql, [16]byte(m.Tenant), m.Key, m.CheckedAt, nullable(m.NoticedAt), m.Problem, m.KeyARN, m.MaterialID, nullable(m.RotatedAt),
		m.How, m.version, m.record(w.store).sign(w.key))
	if err == nil && tag.RowsAffected() != 1 {
		return ErrConflict
	}
	return err
}

func microOrZero(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return micro(t)
}

// MaterialCheck is what came of CheckMaterial.
type MaterialCheck struct {
	*KeyMaterial // nil when another proxy is asking for the first time
	Tenant       *Tenant
	Asked        bool // the KMS was asked, by this process
	News         bool // and it uses material that nobody here had noticed yet
}

// CheckMaterial asks the KMS what the tenant's master key is made of, unless some proxy has asked within the last interval: of several that notice at the same
// moment that it is time, one asks. That the KMS does not tell is no error; it is noted.
func (s *Store) CheckMaterial(ctx context.Context, name, actor string, interval time.Duration, describer keysource.Describer) (MaterialCheck, error) {
	c, err := s.materialOf(ctx, name)
	if err != nil || c.KeyMaterial != nil && !c.due(c.Tenant, s.now(), interval) {
		return c, err
	}
	c, err = s.claimMaterialCheck(ctx, name, interval)
	if errors.Is(err, ErrConflict) { // somebody else asks just now
		return MaterialCheck{Tenant: c.Tenant}, nil
	}
	if err != nil || !c.Asked {
		return c, err
	}
	got, err := describer.Describe(ctx, c.Tenant.Spec, c.Tenant.Current.Wrapped)
	if err != nil && ctx.Err() != nil {
		return c, err
	}
	err = s.write(ctx, func(w writer, row storeRow) error { return s.noteMaterial(ctx, w, row, &c, got, err, actor) })
	if errors.Is(err, ErrConflict) {
		return c, nil
	}
	return c, err
}

// materialOf reads a tenant and what is known about its key. A row that does not verify is none.
func (s *Store) materialOf(ctx context.Context, name string) (c MaterialCheck, err error) {
	err = s.read(ctx, func(tx pgx.Tx, row storeRow) error {
		if c.Tenant, _, err = s.readTenant(ctx, tx, row, name, false); err != nil {
			return err
		}
		if c.KeyMaterial, err = s.readMaterial(ctx, tx, c.Tenant.ID, ""); isInvalid(err) {
			c.KeyMaterial, err = nil, nil
		}
		return err
	})
	return c, err
}

// clockSlack is how far clocks of proxies may be apart, and how long one may have waited for the other since it has looked at its own.
const clockSlack = time.Minute

// due tells whether it is time to ask. A time far in the future is somebody's wrong clock.
func (m *KeyMaterial) due(t *Tenant, now time.Time, interval time.Duration) bool {
	age := now.Sub(m.CheckedAt)
	return m.Key != t.Spec.KeyARN || age < -clockSlack || age >= interval
}

// claimMaterialCheck writes that the KMS is asked now, if it is time.
func (s *Store) claimMaterialCheck(ctx context.Context, name string, interval time.Duration) (c MaterialCheck, err error) {
	err = s.write(ctx, func(w writer, row storeRow) error {
		t, _, err := s.readTenant(ctx, w.tx, row, name, false)
		if err != nil {
			return err
		}
		c.Tenant = t
		m, err := s.readMaterial(ctx, w.tx, t.ID, " FOR UPDATE")
		if err != nil && !isInvalid(err) {
			return err
		}
		if m == nil {
			m = &KeyMaterial{Tenant: t.ID}
		}
		if err == nil && !m.due(t, w.now, interval) {
			c.KeyMaterial = m
			return nil
		}
		if err != nil || m.Key != t.Spec.KeyARN { // what was said about another key, or by somebody else, counts no more
			m = &KeyMaterial{Tenant: t.ID, Key: t.Spec.KeyARN, version: m.version}
		}
		m.CheckedAt = w.now
		if err := m.save(ctx, w); err != nil {
			return err
		}
		c.KeyMaterial, c.Asked = m, true
		return nil
	})
	return c, err
}

// noteMaterial writes what the KMS said, if nobody else has asked since.
func (s *Store) noteMaterial(ctx context.Context, w writer, row storeRow, c *MaterialCheck, got keysource.Material, problem error, actor string) error {
	t, _, err := s.readTenant(ctx, w.tx, row, c.Tenant.Name, false)
	if err != nil {
		return err
	}
	if t.Spec.KeyARN != c.Key {
		return ErrConflict
	}
	m := *c.KeyMaterial
	m.Problem = ""
	if problem != nil {
		m.Problem = problemOf(problem)
	} else {
		m.Material = got
	}
	pending := m.Pending(t)
	switch known := c.KeyMaterial; {
	case !pending:
		m.NoticedAt = time.Time{}
	case m.NoticedAt.IsZero() || m.KeyARN != known.KeyARN || m.MaterialID != known.MaterialID:
		m.NoticedAt, c.News = w.now, true
	}
	if err := m.save(ctx, w); err != nil {
		return err
	}
	c.KeyMaterial, c.Tenant = &m, t
	if !c.News {
		return nil
	}
	return w.event(ctx, Event{Tenant: t.ID, Kind: EventMaterial, Actor: actor, Detail: fmt.Sprintf("now %s %s, not re-wrapped here yet", m.KeyARN, m.MaterialID)})
}

// problemOf is why the KMS did not tell, in one line for people.
func problemOf(err error) string {
	var e *keysource.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if e.Refused != "" {
		return fmt.Sprintf("%s (%s)", e.Kind, e.Refused)
	}
	return e.Kind.String()
}
