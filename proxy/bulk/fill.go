package bulk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// filling puts sealed values into a second column, beside the values that they are of.
type filling struct{ r *Runner }

func (*filling) phase() string { return "filling" }

// fills tells whether the work is on a second column.
func (s *stretch) fills() bool {
	_, fills := s.kind.(*filling)
	return fills
}

func (k *filling) ready(ctx context.Context, c *guard.ColumnStatus) (behind bool, err error) {
	if c.State() == pgstore.ColumnReadable { // nobody has the turn then, so that it becomes plain again
		return false, &halt{waits: true, reason: "the column is readable: waiting for it to be plain again"}
	}
	if c.Opening() || c.State() != pgstore.ColumnPlain {
		return false, &halt{reason: fmt.Sprintf("the column is %s: a second one is filled beside a plain column alone", c.State())}
	}
	there, err := HasSecond(ctx, k.r.o.Pool, c.Record)
	if err == nil && !there {
		err = &halt{reason: "the column has no second one: pgseal column encrypt --route column makes it"}
	}
	if err != nil {
		return false, err
	}
	b, err := k.r.o.Store.Bulk(ctx, c.Record.ID)
	if err != nil || b == nil {
		return false, err
	}
	settings, err := settingsOf(b.Settings)
	if err == nil && settings.Form != FormDigest(c.Record) {
		err = errForm
	}
	return false, err
}

// errForm: what was filled is of no use any more.
var errForm = &halt{reason: "the policy has changed what the column is to be sealed as while its second column was being filled: pgseal column cancel takes that away, then begin anew"}

// FormDigest stands for what values of a column are sealed as.
func FormDigest(r *pgstore.Column) string {
	digest := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%d|%d|%d|%d|%q|%s|%d", r.Key.ID, r.Key.Family, r.TypeOID, r.Typmod, r.Mode, r.Round, r.Normalize, r.Unicode, r.Pad))
	return fmt.Sprintf("%x", digest[:8])
}

// treat gets what lies in both columns (second.pair).
func (*filling) treat(f form, key Key, stored []byte) (plain, next []byte, err error) {
	sealed, own, ok := bytes.Cut(stored, []byte{' '})
	if !ok {
		return nil, nil, errNotProved
	}
	if plain, err = f.plain(key, own); err != nil {
		return nil, nil, err
	}
	if len(sealed) > 0 {
		now, err := f.opened(key, sealed)
		switch {
		case err != nil && !errors.Is(err, errNotOpened):
			return nil, nil, err
		case err == nil && now != nil && bytes.Equal(now, plain):
			return plain, nil, nil
		}
	}
	next, err = f.seal(key, plain)
	return plain, next, err
}

// settle: the second column takes the place of the first when the command that began it says so.
func (*filling) settle(context.Context, [16]byte) (string, error) { return "", nil }
