package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/backup"
)

// backupKeys are the data keys that a check may open values with: those of the store's tenants, each tenant's key asked for once.
type backupKeys struct {
	ctx      context.Context // of the command
	site     *site
	tenants  []*pgstore.Tenant
	invalid  []string // tenants whose records do not verify
	whose    map[crypto.KeyNumber]*pgstore.Tenant
	asked    map[crypto.TenantID]error
	open     map[crypto.KeyNumber]*crypto.Generation
	wrappers map[string]keysource.Wrapper
}

func newBackupKeys(ctx context.Context, s *site) (*backupKeys, error) {
	wrappers, err := s.config.wrappers()
	if err != nil {
		return nil, err
	}
	k := &backupKeys{ctx: ctx, site: s, whose: map[crypto.KeyNumber]*pgstore.Tenant{}, asked: map[crypto.TenantID]error{}, open: map[crypto.KeyNumber]*crypto.Generation{}, wrappers: wrappers}
	list, err := s.store.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		if l.Err != nil {
			k.invalid = append(k.invalid, l.Name)
			continue
		}
		k.tenants = append(k.tenants, l.Tenant)
		for _, n := range numbersOf(l.Tenant) {
			k.whose[n] = l.Tenant
		}
	}
	return k, nil
}

func (k *backupKeys) destroy() {
	for _, g := range k.open {
		g.Destroy()
	}
}

// numbersOf are the data keys of a tenant, the current one first.
func numbersOf(t *pgstore.Tenant) []crypto.KeyNumber {
	all := []crypto.KeyNumber{t.Current.Number}
	for _, e := range t.Elders {
		all = append(all, e.Number)
	}
	return all
}

// errRefusedHere: an operator here has said no, which counts for commands as it does for proxies.
var errRefusedHere = errors.New("the tenant is locked or retired here")

// ask has the key service open the data keys of a record. It is the caller who destroys them.
func (k *backupKeys) ask(t *pgstore.Tenant) (map[crypto.KeyNumber]*crypto.Generation, error) {
	for _, now := range k.tenants {
		if now.ID == t.ID && (now.Locked || now.Retired) {
			kind := keysource.KeyLocked
			if now.Retired {
				kind = keysource.TenantUnknown
			}
			return nil, &keysource.Error{Kind: kind, Tenant: t.Name, Op: keysource.OpUnwrap, Cause: errRefusedHere}
		}
	}
	wrapper := k.wrappers[t.Spec.Provider]
	if wrapper == nil {
		return nil, errors.New("the provider " + t.Spec.Provider + " is not one of this environment")
	}
	return k.site.store.Generations(k.ctx, t, wrapper)
}

// generation is the data key of a number; nil where there is none to be had.
func (k *backupKeys) generation(n crypto.KeyNumber) *crypto.Generation {
	if g := k.open[n]; g != nil {
		return g
	}
	t := k.whose[n]
	if t == nil {
		return nil
	}
	if _, asked := k.asked[t.ID]; asked {
		return nil
	}
	all, err := k.ask(t)
	k.asked[t.ID] = err
	for number, g := range all {
		k.open[number] = g
	}
	return k.open[n]
}

// opens opens values of a column.
func (k *backupKeys) opens(c *pgstore.Column) func(sealed []byte) backup.Verdict {
	return func(sealed []byte) backup.Verdict {
		header, err := crypto.ParseHeader(sealed)
		if err != nil {
			return backup.NotItself
		}
		g := k.generation(header.Number)
		if g == nil {
			return backup.NotKnown
		}
		column, err := g.Column(c.Key)
		if err != nil {
			return backup.NotKnown
		}
		plain, err := column.Open(nil, sealed)
		if err == nil && c.Pad > 0 {
			_, err = crypto.Unpad(plain)
		}
		clear(plain)
		if err != nil {
			return backup.NotItself
		}
		return backup.Opened
	}
}

// neededView is what a backup needs of one tenant's.
type neededView struct {
	Tenant   string       `json:"tenant"`
	ID       string       `json:"id"`
	Provider string       `json:"provider"`
	Key      string       `json:"key"`    // that wraps the data keys: in the backup, or in the store where the backup does not have them
	Inside   bool         `json:"inside"` // the backup has the wrapped data keys itself
	Opens    bool         `json:"opens"`  // the key service has opened them just now
	Code     string       `json:"code,omitempty"`
	Reason   string       `json:"reason,omitempty"`
	DataKeys []dataNeeded `json:"data_keys"`
	Values   int64        `json:"values"`
}

type dataNeeded struct {
	Number string `json:"number"`
	Values int64  `json:"values"`
}

// needed says whose keys the values of a backup need, and asks whether each opens. lost are data keys that nobody has; outside are those that the backup lacks, though it
// has records, and the store still has.
func (k *backupKeys) needed(numbers map[crypto.KeyNumber]int64, dumped *pgstore.Dumped) (all []neededView, lost []dataNeeded, outside []string) {
	inside, covered := map[crypto.KeyNumber]bool{}, map[crypto.KeyNumber]bool{}
	add := func(tenants []*pgstore.Tenant, in bool) {
		for _, t := range tenants {
			v := neededView{Tenant: t.Name, ID: t.ID.String(), Provider: t.Spec.Provider, Key: t.Current.Wrapped.KeyARN, Inside: in}
			for _, n := range numbersOf(t) {
				if numbers[n] > 0 && !covered[n] {
					covered[n], inside[n] = true, in
					v.DataKeys = append(v.DataKeys, dataNeeded{dataKeyName(n), numbers[n]})
					v.Values += numbers[n]
				}
			}
			if len(v.DataKeys) > 0 {
				v.Opens, v.Code, v.Reason = k.opensToday(t)
				all = append(all, v)
			}
		}
	}
	add(dumped.Tenants, true)
	add(k.tenants, false)
	for n, count := range numbers {
		switch {
		case !covered[n]:
			lost = append(lost, dataNeeded{dataKeyName(n), count})
		case !inside[n] && dumped.Whose == pgstore.OfThisStore:
			outside = append(outside, dataKeyName(n))
		}
	}
	slices.SortFunc(lost, func(a, b dataNeeded) int { return strings.Compare(a.Number, b.Number) })
	slices.Sort(outside)
	return all, lost, outside
}

func (k *backupKeys) opensToday(t *pgstore.Tenant) (opens bool, code, reason string) {
	generations, err := k.ask(t)
	for _, g := range generations {
		g.Destroy()
	}
	if err == nil {
		return true, "", ""
	}
	var e *keysource.Error
	switch {
	case errors.Is(err, errRefusedHere):
		return false, keysource.KindOf(err).Code(), errRefusedHere.Error() + ", so that its key was not asked for"
	case errors.As(err, &e):
		return false, e.SQLState(), e.UserMessage()
	}
	return false, "", err.Error()
}
