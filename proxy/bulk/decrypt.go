package bulk

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// decryption opens what lies in a column for good: what applications read lies there afterwards.
type decryption struct {
	prove func(ctx context.Context, column [16]byte) (note string, err error)
}

func (decryption) phase() string { return "opening" }

func (decryption) ready(_ context.Context, c *guard.ColumnStatus) (behind bool, err error) {
	switch {
	case !c.Opening():
		return false, &halt{reason: "the order to open the column for good was taken back"}
	case c.OpensAtOnce():
		return false, &halt{reason: "it is opened all at once, by pgseal column decrypt itself, for " + c.AtOnce.Reason}
	case c.State() == pgstore.ColumnPlain: // the guard was faster
		return true, nil
	case c.State() != pgstore.ColumnUnsealing:
		return false, notNow(c)
	}
	return false, nil
}

// errSealedInside: it could not lie there without being taken for sealed itself.
var errSealedInside = errors.New("a value opens to what carries this store's seal itself: an application has stored a sealed value as if it were text")

func (decryption) treat(f form, key Key, stored []byte) (plain, next []byte, err error) {
	if plain, err = f.opened(key, stored); err != nil {
		return nil, nil, err
	}
	if plain == nil && marked(key, stored) {
		return nil, nil, errNotOpened
	}
	if plain == nil {
		return f.asSealed(key, stored), nil, nil
	}
	if next, err = f.text(plain); err != nil {
		return nil, nil, err
	}
	if _, again := f.unarmoured(key, next); again {
		return nil, nil, errSealedInside
	}
	return plain, next, nil
}

// marked tells whether a value begins as the guard's expression has it, so that the column would not be called plain while it is there: its armour is spoilt.
func marked(key Key, stored []byte) bool {
	tag := key.Tag()
	for _, m := range []crypto.Mode{crypto.Randomized, crypto.Deterministic} {
		head := crypto.ArmourPrefix + base64.RawURLEncoding.EncodeToString([]byte{byte(m), tag[0], tag[1]})
		if bytes.HasPrefix(stored, []byte(head)) && len(stored) >= len(crypto.ArmourPrefix)+base64.RawURLEncoding.EncodedLen(crypto.OverheadDeterministic) {
			return true
		}
	}
	return false
}

// asSealed is what a plaintext counts as in the checksum: what would be sealed of it. One that would not be sealed, too long for the type that is not
// enforced meanwhile, counts as it lies there.
func (f form) asSealed(key Key, stored []byte) []byte {
	if plain, err := f.plain(key, stored); err == nil {
		return plain
	}
	return append([]byte{}, stored...)
}

// text gives what an application reads of an opened value.
func (f form) text(plain []byte) (text []byte, err error) {
	if f.record.Pad > 0 {
		if plain, err = crypto.Unpad(plain); err != nil {
			return nil, errNotOpened
		}
	}
	if text, err = f.typ.Wire([]byte{}, plain, 0, nil); err != nil {
		return nil, errNotOpened
	}
	return text, nil
}

func (d decryption) settle(ctx context.Context, column [16]byte) (string, error) {
	return d.prove(ctx, column)
}
