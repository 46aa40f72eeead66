package keysource

import (
	"crypto/sha256"
	"fmt"

	"github.com/legatics/pgseal/crypto"
)

// PinOf is what the generation of a deterministic column is pinned under in a round. A column begins in round 0, and enters the next
// one each time that all of its values are sealed anew in another way: so a pin never changes, and no proxy can have an old one for a
// new one. No column or domain has such an id of its own: a zero byte is in no name.
func PinOf(col crypto.ColumnID, round int) crypto.ColumnID {
	if round == 0 {
		return col
	}
	canonical, _ := col.MarshalBinary() // it never fails
	return crypto.NewDomainID(fmt.Sprintf("\x00round %d of %x", round, sha256.Sum256(canonical)))
}

// Newest is the number of the tenant's current generation, as this handle knows it.
func (h *Handle) Newest() crypto.KeyNumber { return h.lease.current.Number() }

// Pinned is the number of the generation that the deterministic values of a column are sealed under in a round: the current one, which
// is recorded in the store, where none was yet.
func (h *Handle) Pinned(col crypto.ColumnID, round int) (crypto.KeyNumber, error) {
	if err := h.Check(); err != nil {
		return 0, err
	}
	return h.pinned(PinOf(col, round))
}
