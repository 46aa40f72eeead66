package pgstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// VerifyEvents checks the whole event log in one snapshot: every event's MAC, that
// each writer's chain is whole, that it has every head that another writer, the
// writer's head record or the caller (noted, from the log or the metrics of a
// proxy) has seen, and that there are as many events as were seen here before.
// tenant, if not empty, has the events about it counted. An error means that it
// could not be found out; what is wrong with the log is in the proof.
func (s *Store) VerifyEvents(ctx context.Context, tenant string, noted []NotedHead) (*EventProof, error) {
	var proof *EventProof
	seen, _ := s.memory.copy() // before the snapshot: what is written meanwhile is not in it
	err := s.readOnce(ctx, func(tx pgx.Tx, row storeRow) error {
		v := &verifier{s: s, proof: &EventProof{heads: map[WriterID]Head{}}, claims: map[WriterID][]claim{}, bases: map[WriterID]Head{}}
		proof = v.proof
		if tenant != "" {
			t, _, err := s.readTenant(ctx, tx, row, tenant, false)
			if err != nil {
				return ofTenant(err, tenant)
			}
			v.tenant = t.ID
		}
		for _, h := range noted {
			v.claims[h.Writer] = append(v.claims[h.Writer], claim{h.Seq, h.Prefix, "it was noted", 0})
		}
		if err := v.readWitnesses(ctx, tx); err != nil {
			return err
		}
		if seen.Epoch == row.epoch {
			v.seen = seen.Versions[seenEvents]
		}
		if err := v.readHeads(ctx, tx, row); err != nil {
			return err
		}
		if err := v.readChains(ctx, tx); err != nil {
			return err
		}
		v.settle()
		return nil
	})
	return proof, err
}

// verifier is one pass over the log.
type verifier struct {
	s        *Store
	proof    *EventProof
	tenant   crypto.TenantID
	seen     int64 // how many events there were at least
	claims   map[WriterID][]claim
	bases    map[WriterID]Head // up to where retention has deleted, by its signed records
	restores []restore
}

// claim is that a head was seen by somebody.
type claim struct {
	seq   int64
	hash  []byte // the beginning of the event's MAC
	by    string
	epoch int64 // of the store, when it was seen; 0: not to be excused
}

// restore is an operator's word that the log of an earlier time is meant.
type restore struct {
	epoch int64
	heads map[WriterID]int64
}

func (v *verifier) claim(h Head, by string, epoch int64) {
	v.claims[h.Writer] = append(v.claims[h.Writer], claim{h.Seq, h.Hash[:], by, epoch})
}

// readWitnesses collects what events say of other chains. Only those count that
// verify; the others are told of when their chain is read.
func (v *verifier) readWitnesses(ctx context.Context, tx pgx.Tx) error {
	return v.each(ctx, tx, "WHERE octet_length(e.witness) > 0 OR e.kind = '"+EventRestored+"'", func(e *eventRow) {
		if e.record(v.s.id).verify(v.s.key, e.mac, "") != nil {
			return
		}
		heads := unpackHeads(e.witness)
		switch e.Kind {
		case EventForgotten:
			v.proof.Forgotten = append(v.proof.Forgotten, Forgetting{e.Event, len(heads)})
			for _, h := range heads {
				if h.Seq > v.bases[h.Writer].Seq {
					v.bases[h.Writer] = h
				}
			}
			return
		case EventRestored:
			v.proof.Restored = append(v.proof.Restored, e.Event)
			r := restore{e.epoch, map[WriterID]int64{}}
			for _, h := range heads {
				r.heads[h.Writer] = h.Seq
			}
			v.restores = append(v.restores, r)
		}
		for _, h := range heads {
			v.claim(h, fmt.Sprintf("event %d of writer %s of %s has seen it", e.Seq, e.Writer, e.At.UTC().Format("2006-01-02 15:04:05")), e.epoch)
		}
	})
}

// readHeads takes the head records for claims, and holds their sum against the
// number of events that were seen here before, or that live proxies have seen.
func (v *verifier) readHeads(ctx context.Context, tx pgx.Tx, row storeRow) error {
	rows, err := readHeads(ctx, tx, time.Unix(0, 0), 1<<31-1)
	if err != nil {
		return err
	}
	total := int64(0)
	for _, h := range rows {
		total += h.seq
		if h.record(v.s.id).verify(v.s.key, h.mac, h.what()) != nil {
			v.proof.problem(h.writer, "the record of its head does not verify: somebody has changed it")
			continue
		}
		v.proof.heads[h.writer] = h.head()
		v.claim(h.head(), "the record of its head says so", row.epoch)
	}
	if total < v.seen {
		v.proof.problem(WriterID{}, "at least %d events were written, as this machine or a proxy that runs has seen, and the log has had %d: the log is of an earlier time",
			v.seen, total)
	}
	if total == 0 {
		var history bool
		if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pgseal.key_history)").Scan(&history); err != nil {
			return err
		}
		if history {
			v.proof.problem(WriterID{}, "there is no event at all, and the key history says that there were")
		}
	}
	return nil
}

// readChains walks through all chains in order.
func (v *verifier) readChains(ctx context.Context, tx pgx.Tx) error {
	var at *walk
	err := v.each(ctx, tx, "", func(e *eventRow) {
		if at == nil || at.writer != e.Writer {
			at.end()
			at = v.begin(e.Writer)
		}
		at.step(e)
	})
	at.end()
	return err
}

// each calls f for the rows in the order of the chains.
func (v *verifier) each(ctx context.Context, tx pgx.Tx, where string, f func(e *eventRow)) error {
	rows, err := tx.Query(ctx, "SELECT "+eventColumns+" FROM pgseal.event e "+where+" ORDER BY e.writer, e.seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanEvent(rows)
		if err != nil {
			return err
		}
		f(&e)
	}
	return rows.Err()
}

// settle tells of chains of which nothing is there.
func (v *verifier) settle() {
	for writer := range v.claims {
		w := v.begin(writer)
		w.end()
	}
	slices.SortStableFunc(v.proof.Problems, func(a, b EventProblem) int { return slices.Compare(a.Writer[:], b.Writer[:]) })
	slices.SortFunc(v.proof.Forgotten, func(a, b Forgetting) int { return a.At.Compare(b.At) })
	slices.SortFunc(v.proof.Restored, func(a, b Event) int { return a.At.Compare(b.At) })
}

// excused tells whether an operator has accepted that a head is gone: the log
// that a restore has brought does not have it.
func (v *verifier) excused(writer WriterID, c claim) bool {
	return c.epoch > 0 && slices.ContainsFunc(v.restores, func(r restore) bool { return r.epoch > c.epoch && r.heads[writer] < c.seq })
}

// claimsOf takes a writer's claims in order.
func (v *verifier) claimsOf(writer WriterID) []claim {
	claims := v.claims[writer]
	delete(v.claims, writer)
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(a.seq, b.seq) })
	return claims
}
