package pgstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// WriterID names a chain of events. Each serving process and each run of a
// command draws its own; a process draws another when it cannot know what became
// of its last event.
type WriterID [16]byte

// String is the id as PostgreSQL writes it.
func (w WriterID) String() string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", w[:4], w[4:6], w[6:8], w[8:10], w[10:])
}

// ParseWriterID reads what String writes.
func ParseWriterID(text string) (w WriterID, err error) {
	raw, err := hex.DecodeString(string(bytes.ReplaceAll([]byte(text), []byte("-"), nil)))
	if err != nil || len(raw) != len(w) {
		return w, errors.New("pgstore: not the id of a writer")
	}
	return WriterID(raw), nil
}

// Head is the last event of a chain, as somebody has seen it.
type Head struct {
	Writer WriterID
	Seq    int64
	Hash   [16]byte // the beginning of the event's MAC
}

// Number is the first 48 bits of the hash as a number: what a metric can carry.
func (h Head) Number() int64 {
	return int64(binary.BigEndian.Uint64(h.Hash[:8]) >> 16)
}

// String is the head as ParseHead reads it.
func (h Head) String() string {
	return fmt.Sprintf("%s:%d:%x", h.Writer, h.Seq, h.Hash[:8])
}

// headSize is the length of a head among an event's witnesses.
const headSize = 16 + 8 + 16

func packHeads(heads []Head) []byte {
	packed := make([]byte, 0, len(heads)*headSize)
	for _, h := range heads {
		packed = append(packed, h.Writer[:]...)
		packed = binary.BigEndian.AppendUint64(packed, uint64(h.Seq))
		packed = append(packed, h.Hash[:]...)
	}
	return packed
}

func unpackHeads(packed []byte) []Head {
	heads := make([]Head, 0, len(packed)/headSize)
	for ; len(packed) >= headSize; packed = packed[headSize:] {
		heads = append(heads, Head{WriterID(packed[:16]), int64(binary.BigEndian.Uint64(packed[16:24])), [16]byte(packed[24:40])})
	}
	return heads
}

// shortHash is what of a MAC stands for it in a head. Empty for none.
func shortHash(mac []byte) (short [16]byte) {
	copy(short[:], mac)
	return short
}

// headRow is one row of pgseal.event_head.
type headRow struct {
	writer  WriterID
	seq     int64
	hash    []byte
	changed time.Time
	mac     []byte
}

func (h *headRow) what() string { return "event_head " + h.writer.String() }

func (h *headRow) head() Head { return Head{h.writer, h.seq, shortHash(h.hash)} }

func (h *headRow) record(store storeID) *record {
	return newRecord(store, "event_head").bytes(h.writer[:]).number(h.seq).bytes(h.hash).time(h.changed)
}

// save puts the head in the place of the writer's former one.
func (h *headRow) save(ctx context.Context, w writer) error {
	_, err := w.tx.Exec(ctx, `INSERT INTO pgseal.event_head AS h (writer, seq, hash, changed_at, mac) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (writer) DO UPDATE SET seq = $2, hash = $3, changed_at = $4, mac = $5`,
		[16]byte(h.writer), h.seq, h.hash, h.changed, h.record(w.store).sign(w.key))
	return err
}

// readHeads reads heads, the latest first, without verifying them.
func readHeads(ctx context.Context, db querier, since time.Time, limit int) ([]headRow, error) {
	rows, err := db.Query(ctx, `SELECT writer, seq, hash, changed_at, mac FROM pgseal.event_head
		WHERE changed_at >= $1 ORDER BY changed_at DESC, writer LIMIT $2`, since, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (headRow, error) {
		var h headRow
		err := row.Scan((*[16]byte)(&h.writer), &h.seq, &h.hash, &h.changed, &h.mac)
		return h, err
	})
}

// verifiedHeads are all heads that verify.
func verifiedHeads(ctx context.Context, w writer) ([]Head, error) {
	rows, err := readHeads(ctx, w.tx, time.Unix(0, 0), 1<<31-1)
	if err != nil {
		return nil, err
	}
	heads := make([]Head, 0, len(rows))
	for _, row := range rows {
		if row.record(w.store).verify(w.key, row.mac, row.what()) == nil {
			heads = append(heads, row.head())
		}
	}
	return heads, nil
}
