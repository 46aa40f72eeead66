package main

import (
	"context"
	"fmt"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// kmsMaterialView is what the KMS last said that a tenant's master key is made of, as commands print it.
type kmsMaterialView struct {
	Pending   bool       `json:"pending"` // rotated there, not yet re-wrapped here
	Key       string     `json:"key,omitempty"`
	Material  string     `json:"key_material,omitempty"`
	How       string     `json:"how,omitempty"`        // automatic, on demand, manual
	RotatedAt *time.Time `json:"rotated_at,omitempty"` // where the KMS tells
	NoticedAt *time.Time `json:"noticed_at,omitempty"`
	CheckedAt time.Time  `json:"checked_at"`
	Problem   string     `json:"problem,omitempty"`
}

// materialView is nil where the KMS was never asked about the key that is configured now.
func (s *site) materialView(ctx context.Context, t *pgstore.Tenant) (*kmsMaterialView, error) {
	m, err := s.store.Material(ctx, t)
	if err != nil || m == nil || m.Key != t.Spec.KeyARN {
		return nil, err
	}
	v := &kmsMaterialView{Pending: m.Pending(t), Key: m.KeyARN, Material: m.MaterialID, CheckedAt: m.CheckedAt, Problem: m.Problem}
	if !v.Pending {
		return v, nil
	}
	v.How = m.How
	if !m.RotatedAt.IsZero() {
		v.RotatedAt = &m.RotatedAt
	}
	if !m.NoticedAt.IsZero() {
		v.NoticedAt = &m.NoticedAt
	}
	return v, nil
}

func (v *kmsMaterialView) print(out *table, tenant string) {
	switch {
	case v == nil:
		return
	case v.Pending:
		out.pair("rotation", v.sentence()+", not yet re-wrapped here: pgseal key rotate "+tenant)
	case v.Problem != "":
		out.pair("rotation", "not known whether the key was rotated: "+v.Problem)
	default:
		out.pair("rotation", "wrapped with what the key is made of now, as of "+v.CheckedAt.Format(time.RFC3339))
	}
}

// sentence says what happened to the key, and when as far as that is known.
func (v *kmsMaterialView) sentence() string {
	when := ""
	switch {
	case v.RotatedAt != nil:
		when = " on " + v.RotatedAt.Format(time.RFC3339)
	case v.NoticedAt != nil:
		when = ", as was noticed on " + v.NoticedAt.Format(time.RFC3339)
	}
	switch v.How {
	case keysource.RotatedManually:
		return fmt.Sprintf("the alias leads to another key (%s)%s", v.Key, when)
	case "":
		return "AWS rotated the key" + when
	}
	return fmt.Sprintf("AWS rotated the key (%s)%s", v.How, when)
}

// dueView is that a new data key is due, as commands print it.
type dueView struct {
	Since     time.Time `json:"due_since"`
	Why       string    `json:"why"`
	Automatic bool      `json:"automatic"` // a proxy that uses the key makes it
}

// dueView is nil where none is due.
func (s *site) dueView(ctx context.Context, t *pgstore.Tenant) (*dueView, error) {
	due, err := s.store.Due(ctx, t, s.config.Keys.NewDataKey.limits())
	if err != nil || due.Since.IsZero() {
		return nil, err
	}
	return &dueView{due.Since, due.Why, s.config.Keys.NewDataKey.Automatic}, nil
}

func (v *dueView) print(out *table, tenant string) {
	if v == nil {
		return
	}
	how := "pgseal key rotate --new-data-key " + tenant
	if v.Automatic {
		how = "the next proxy that looks makes it"
	}
	out.pair("", fmt.Sprintf("a new data key is due since %s, because %s: %s", v.Since.Format(time.RFC3339), v.Why, how))
}

// wanted tells, in a report, whether a rotation waits to be followed here and whether a new data key is due.
func (r *reportView) wanted(ctx context.Context, s *site, t *pgstore.Tenant, _ reportOptions) (err error) {
	if r.Rotation, err = s.materialView(ctx, t); keysource.KindOf(err) == keysource.KeyRecordInvalid {
		r.distrust(err)
	} else if err != nil {
		return err
	}
	r.NewDataKey, err = s.dueView(ctx, t)
	return err
}
