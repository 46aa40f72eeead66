package pgstore

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/legatics/pgseal/keysource"
)

// keep leaves the store's record of a tenant as it is. Data keys of the export that it does not know are added to it.
func (im *importer) keep(ctx context.Context, x exportedTenant, theirs, ours *tenantRows, out *ImportedTenant) error {
	out.Outcome = ImportKept
	t := ours.tenant
	if im.o.Replace && (t.Version < theirs.tenant.Version || im.o.AcceptOlder && !bytes.Equal(t.Current.Wrapped.Ciphertext, theirs.tenant.Current.Wrapped.Ciphertext)) {
		return im.replace(ctx, x, theirs, ours, out)
	}
	switch {
	case t.Version > theirs.tenant.Version:
		out.note("the store's record is newer than the export's: version %d, and the export has %d", t.Version, theirs.tenant.Version)
	case t.Version < theirs.tenant.Version:
		out.note("the export's record is newer: version %d, and the store has %d, whose settings stay, and the key that wraps its data keys; --replace takes the export's",
			theirs.tenant.Version, t.Version)
	}
	var missing []dataKey
	for _, k := range theirs.keys {
		if ours.key(k.number) == nil {
			missing = append(missing, k)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	out.Outcome, out.DataKeys = ImportMerged, numbersLacking(missing, ours)
	return im.merge(ctx, x, ours, missing, out)
}

// merge adds data keys that the store does not know to a tenant's elder ones. They are wrapped anew for that, under the store's current data key, for which
// the master keys of both are asked.
func (im *importer) merge(ctx context.Context, x exportedTenant, ours *tenantRows, missing []dataKey, out *ImportedTenant) error {
	out.note("for that the customer's key is asked")
	if im.o.DryRun {
		return nil
	}
	if im.o.Wrapper == nil {
		return errors.New("pgstore: no driver to merge data keys with")
	}
	spec, _ := im.e.Spec(x.Current)
	from, err := im.o.Wrapper(x.Provider)
	if err != nil {
		return err
	}
	into, err := im.o.Wrapper(ours.tenant.Spec.Provider)
	if err != nil {
		return err
	}
	theirs, err := im.e.Open(ctx, spec, from)
	if err != nil {
		return err
	}
	defer destroyAll(theirs)
	s := im.blank()
	t, keys, err := s.readTenant(ctx, im.tx, im.row, x.Name, true)
	if err != nil {
		return err
	}
	current, err := s.unwrap(ctx, t.Spec, t.Current.Wrapped, into)
	if err != nil {
		return err
	}
	defer current.Destroy()
	for _, k := range missing {
		wrapped, err := current.WrapElder(theirs[k.number])
		if err != nil {
			return err
		}
		k.wrapped, k.wrappedBy, k.materialID = wrapped, t.Current.Number, ""
		if err := im.resign(ctx, &k, k.version); err != nil {
			return err
		}
		keys = append(keys, k)
	}
	sortKeys(keys)
	return t.update(ctx, im.w, keys)
}

// resign writes a data key under a version above the given one, signed anew.
func (im *importer) resign(ctx context.Context, k *dataKey, above int64) error {
	k.version = max(k.version, above, im.seen.seen.Versions[k.what()])
	if err := k.insertAs(ctx, im.tx); err != nil {
		return err
	}
	return k.save(ctx, im.w)
}

// older puts a tenant back as it was exported, with versions above whatever was seen, and locked: what was withdrawn or locked since then is not known any
// more. Data keys that the store still holds are kept, newer ones too.
func (im *importer) older(ctx context.Context, x exportedTenant, theirs, ours *tenantRows, seen int64, out *ImportedTenant) error {
	out.Outcome = ImportOlder
	keys := mergedKeys(theirs, ours)
	if currentOf(keys) == nil {
		if !im.o.Replace && len(numbersLacking(keys, theirs)) > 0 {
			im.refuse("data keys %v of tenant %q are in the store, but what wraps them is lost, and the export does not have it; a later export may", numbersLacking(keys, theirs), x.Name)
			return nil
		}
		keys = slices.Clone(theirs.keys)
	}
	out.note("it is locked: what was locked or changed since the export is not known any more. Look at key status and history, then unlock it with pgseal key unlock")
	return im.rewrite(ctx, x, theirs, ours, keys, seen, true, out)
}

// replace puts the export's record in the place of the store's: its settings, and the wrapping of the data keys. A lock of either stays, and an
// older one comes back locked.
func (im *importer) replace(ctx context.Context, x exportedTenant, theirs, ours *tenantRows, out *ImportedTenant) error {
	out.Outcome = ImportReplaced
	keys := slices.Clone(theirs.keys)
	for _, k := range ours.keys {
		if theirs.key(k.number) == nil {
			keys = append(keys, k)
		}
	}
	sortKeys(keys)
	if currentOf(keys) == nil {
		im.refuse("tenant %q has been given a new data key since its record was set back, which the export does not know: its record cannot be replaced. "+
			"Import without --replace adds the export's data keys to it", x.Name)
		return nil
	}
	theirs.tenant.Retired = theirs.tenant.Retired || ours.tenant.Retired
	locked := ours.tenant.Locked || ours.tenant.Version >= theirs.tenant.Version
	return im.rewrite(ctx, x, theirs, ours, keys, 0, locked, out)
}

// rewrite writes the export's record of a tenant with these data keys, signed anew, above every version that was there.
func (im *importer) rewrite(ctx context.Context, x exportedTenant, theirs, ours *tenantRows, keys []dataKey, seen int64, locked bool, out *ImportedTenant) error {
	out.DataKeys = numbersLacking(keys, ours)
	current := currentOf(keys)
	number, keyARN := current.number, current.keyARN
	version := max(seen, theirs.tenant.Version)
	if ours.tenant != nil {
		version = max(version, ours.tenant.Version)
	}
	if err := im.clear(ctx, im.tx, x); err != nil {
		return err
	}
	if err := im.putTenant(ctx, im.tx, x, version); err != nil {
		return err
	}
	for i := range keys {
		above := int64(0)
		if k := ours.key(keys[i].number); k != nil {
			above = k.version
		}
		if err := im.resign(ctx, &keys[i], above); err != nil {
			return err
		}
	}
	t := *theirs.tenant
	t.Version = version
	if number != t.Current.Number || keyARN != t.Current.Wrapped.KeyARN {
		out.note("its data key is wrapped under %s; role, endpoint and cache time are those of the export", keyARN)
		t.Spec.KeyARN, t.Spec.ResolvedARN = keyARN, keyARN
	}
	t.Current = keysource.WrappedGeneration{Number: number}
	if locked && !t.Locked {
		t.Locked, t.LockedSince, t.LockedBy = true, im.w.now, im.o.Actor
	}
	return t.update(ctx, im.w, keys)
}

// currentOf is the data key that all others are wrapped by; nil where they do not hang together so.
func currentOf(keys []dataKey) *dataKey {
	var current *dataKey
	for i := range keys {
		if keys[i].wrappedBy == 0 {
			if current != nil {
				return nil
			}
			current = &keys[i]
		}
	}
	for _, k := range keys {
		if current == nil || k.wrappedBy != 0 && k.wrappedBy != current.number {
			return nil
		}
	}
	return current
}
