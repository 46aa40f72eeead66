package bulk

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// summed are the values of one pass: how many they are, and their checksum. It does not depend on their order, and it tells whoever has no key of their
// tenant nothing: each value counts as the digest of what it is sealed to under a column id of its own, deterministically, so that the same plaintext counts
// alike whatever it lies as. The generation is pinned, as every deterministic column's is.
type summed struct {
	column crypto.Column
	count  int64
	sum    [sha256.Size]byte // little endian
	buffer []byte
}

// sumID is the column id that checksums of a column are made under.
func sumID(column [16]byte) crypto.ColumnID {
	return crypto.NewColumnID("pgseal", "sum", hex.EncodeToString(column[:]))
}

// IsSum tells whether a column id is one that checksums are made under.
func IsSum(id crypto.ColumnID) bool { return strings.HasPrefix(id.String(), "pgseal.sum.") }

// sumOf goes on with a sum of a record.
func sumOf(record *pgstore.Column, count int64, sum []byte) *summed {
	s := &summed{column: crypto.Column{ID: sumID(record.ID), Family: record.Key.Family}, count: count}
	copy(s.sum[:], sum)
	return s
}

// add counts a plaintext.
func (s *summed) add(key Key, plain []byte) (err error) {
	if s.buffer, err = key.Seal(s.buffer[:0], s.column, crypto.Deterministic, plain); err != nil {
		return err
	}
	digest := sha256.Sum256(s.buffer)
	var carry uint64
	for i := 0; i < len(digest); i += 8 {
		var n uint64
		n, carry = bits.Add64(binary.LittleEndian.Uint64(s.sum[i:]), binary.LittleEndian.Uint64(digest[i:]), carry)
		binary.LittleEndian.PutUint64(s.sum[i:], n)
	}
	s.count++
	return nil
}

// begun is where a batch goes on with the sums of its pass: the first one that writes is summed, and each that looks once more. nil: neither.
func begun(record *pgstore.Column, b *pgstore.Bulk) *summed {
	switch {
	case b.Phase == phaseVerifying:
		return sumOf(record, b.CountAfter, b.SumAfter)
	case b.Pass == 1:
		return sumOf(record, b.Count, b.Sum)
	}
	return nil
}

// keep puts the sum into the record.
func (s *summed) keep(b *pgstore.Bulk) {
	switch {
	case s == nil:
	case b.Phase == phaseVerifying:
		b.CountAfter, b.SumAfter = s.count, s.sum[:]
	default:
		b.Count, b.Sum = s.count, s.sum[:]
	}
}
