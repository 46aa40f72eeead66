package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/census"
)

// masterKeys answers, for every key that ever wrapped the tenant's data key, whether it may be deleted.
func (r *reportView) masterKeys(ctx context.Context, s *site, t *pgstore.Tenant, o reportOptions) error {
	users, err := keyUsersOf(ctx, s, t, o.alone)
	if err != nil {
		return err
	}
	for _, c := range users.copies {
		if !c.list.Complete.IsZero() {
			r.Statements = append(r.Statements, databaseStatement{c.database, statementView{c.list.Complete.UTC(), c.list.By}})
		}
		if c.invalid && c.database == s.name {
			r.Problems = append(r.Problems, c.unsure)
		}
	}
	r.MasterKeys = r.everyMasterKey(t)
	for i := range r.MasterKeys {
		m := &r.MasterKeys[i]
		m.Others = users.of(m.Key)
		present := m.Key == t.Current.Wrapped.KeyARN && m.Provider == t.Spec.Provider
		if present {
			m.hang(r)
		}
		for j := range users.copies {
			m.Backups = append(m.Backups, users.copies[j].needing(wrapping{m.Provider, m.Key}, present || len(m.Others) > 0, t.ID.String())...)
		}
		m.answer(r, users)
		if o.alone {
			m.leaveOpen()
		}
	}
	return nil
}

// leaveOpen says, whether or not it is so, that others may need the key: who reads it must not learn whether there are any.
func (m *masterKeyView) leaveOpen() {
	if m.MayDelete == deleteAsStated {
		m.MayDelete = deleteWithoutBackups
	}
	if m.MayDelete != deleteNo {
		m.Reasons = append(m.Reasons, "Whether anything else hangs on it is not looked into here: ask whoever runs pgseal before it is deleted.")
	}
}

// everyMasterKey reads the history by master key, the present one first. The present one is there even where its row is not.
func (r *reportView) everyMasterKey(t *pgstore.Tenant) []masterKeyView {
	all := []masterKeyView{{Provider: t.Spec.Provider, Key: t.Current.Wrapped.KeyARN}}
	for i, h := range r.History {
		at := slices.IndexFunc(all, func(m masterKeyView) bool { return m.Provider == h.Provider && m.Key == h.Key })
		if at < 0 {
			at = len(all)
			all = append(all, masterKeyView{Provider: h.Provider, Key: h.Key})
		}
		m := &all[at]
		m.Named, m.Roles, m.Once = with(m.Named, h.Configured), with(m.Roles, h.Role), with(m.Once, h.DataKey)
		if n := len(m.Materials); h.Material != "" && (n == 0 || m.Materials[n-1].ID != h.Material) {
			m.Materials = append(m.Materials, materialView{h.Material, h.At})
		}
		if n := len(m.Periods); n == 0 || m.Periods[n-1].Until != nil {
			m.Periods = append(m.Periods, periodView{From: h.At})
		}
		if next := i + 1; next < len(r.History) && (r.History[next].Key != h.Key || r.History[next].Provider != h.Provider) {
			m.Periods[len(m.Periods)-1].Until = &r.History[next].At
		}
	}
	for i := range all {
		all[i].DataKeys = []string{}
	}
	slices.Reverse(all[1:])
	return all
}

// with adds what is not in the list yet.
func with(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// hang notes that everything hangs on the key: elder data keys are wrapped under the current one, which the key wraps.
func (m *masterKeyView) hang(r *reportView) {
	var sum census.Count
	for _, d := range r.DataKeys {
		m.DataKeys = append(m.DataKeys, d.Number)
		if d.Values != nil {
			sum = sum.Add(census.Count(*d.Values))
			count := viewOfCount(sum)
			m.Values = &count
		}
	}
}

func (m *masterKeyView) answer(r *reportView, users keyUsers) {
	m.MayDelete = deleteNo
	if n := len(m.DataKeys); n > 0 {
		m.Reasons = append(m.Reasons, fmt.Sprintf("It wraps the tenant's current data key, on which %s. Without it nothing that is sealed for %s in this database can be read ever again, by anybody, nor in any copy that was made of it %s.",
			plural(n, "its one data key depends", "all of its %d data keys depend"), r.Tenant.Name, m.when()))
		m.Reasons = append(m.Reasons, "To end the access, disable the key or take the permission away: that can be undone, deletion cannot.")
	}
	if len(m.Others) > 0 {
		m.Reasons = append(m.Reasons, "The data keys of other tenants hang on it: "+strings.Join(m.Others, ", ")+".")
	}
	lost := m.lost(r)
	if len(lost) > 0 {
		m.Reasons = append(m.Reasons, fmt.Sprintf("It has wrapped data key %s, which this store does not have any more: what is sealed under that can be read again only with a copy of it that was made %s, and with this key. "+
			"Bring it back first, from a key export or a backup: pgseal key import.", strings.Join(lost, ", "), m.when()))
	}
	if len(m.DataKeys) > 0 || len(m.Others) > 0 || len(lost) > 0 {
		return
	}
	if len(users.unknown) > 0 {
		m.Reasons = append(m.Reasons, "It cannot be ruled out that another tenant's data key hangs on it: "+strings.Join(users.unknown, "; ")+".")
		return
	}
	if len(r.Problems) > 0 {
		m.Reasons = append(m.Reasons, "Records do not verify (see above), so that what depends on it cannot be said for certain.")
		return
	}
	m.answerForBackups(users)
}

// lost are the data keys that the key has wrapped and that the store does not have any more.
func (m *masterKeyView) lost(r *reportView) []string {
	var lost []string
	for _, n := range m.Once {
		if !slices.ContainsFunc(r.DataKeys, func(d dataKeyView) bool { return d.Number == n }) {
			lost = append(lost, n)
		}
	}
	return lost
}

// when says in which times copies of the database hold wrappings by the key.
func (m *masterKeyView) when() string {
	var all []string
	for _, p := range m.Periods {
		until := "now"
		if p.Until != nil {
			until = clock(*p.Until)
		}
		all = append(all, "from "+clock(p.From)+" to "+until)
	}
	return strings.Join(all, ", and ")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

// keyUsers are the tenants, but for the report's own, by the key that wraps their data key.
type keyUsers struct {
	tenants map[string][]string // ARN -> tenants
	unknown []string            // what could not be looked into, and why
	copies  []copiesOf          // backups, by database
}

func (u keyUsers) of(key string) []string { return u.tenants[key] }

// keyUsersOf looks into every database of the configuration: a key may serve tenants of all of them. alone: for a reader who must learn nothing of those nothing
// of theirs is read, since the time that it takes would tell him how many there are.
func keyUsersOf(ctx context.Context, s *site, t *pgstore.Tenant, alone bool) (keyUsers, error) {
	if alone {
		copies, err := readCopies(ctx, s, []pgstore.Listed{{Name: t.Name, Tenant: t}})
		copies.only = t.ID.String()
		return keyUsers{copies: []copiesOf{copies}}, err
	}
	users := keyUsers{tenants: make(map[string][]string)}
	if err := users.read(ctx, s, func(name string) bool { return name == t.Name }); err != nil {
		return users, err
	}
	for _, name := range slices.Sorted(maps.Keys(s.config.Databases)) {
		if name == s.name {
			continue
		}
		other := &site{config: s.config, name: name, database: s.config.Databases[name], log: s.log}
		err := other.open(ctx)
		if err == nil {
			err = users.read(ctx, other, func(string) bool { return false })
		}
		other.close()
		if err != nil {
			users.unknown = append(users.unknown, "database "+name+" could not be asked")
		}
	}
	return users, nil
}

func (u *keyUsers) read(ctx context.Context, s *site, own func(name string) bool) error {
	list, err := s.store.Tenants(ctx)
	if err != nil {
		return err
	}
	unknown := 0
	for _, l := range list {
		switch {
		case own(l.Name):
		case l.Err != nil:
			unknown++
		default:
			key := l.Tenant.Current.Wrapped.KeyARN
			u.tenants[key] = append(u.tenants[key], l.Name+" (database "+s.name+")")
		}
	}
	if unknown > 0 {
		u.unknown = append(u.unknown, fmt.Sprintf("%d records of other tenants in database %s do not verify", unknown, s.name))
	}
	copies, err := readCopies(ctx, s, list)
	u.copies = append(u.copies, copies)
	return err
}
