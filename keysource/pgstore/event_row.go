package pgstore

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// eventRow is one row of pgseal.event.
type eventRow struct {
	Event
	epoch    int64
	witness  []byte // packed heads
	previous []byte // MAC of the writer's event before; empty for its first
	mac      []byte
}

func (e *eventRow) what() string { return fmt.Sprintf("event %d of writer %s", e.Seq, e.Writer) }

func (e *eventRow) record(store storeID) *record {
	return newRecord(store, "event").bytes(e.Writer[:]).number(e.Seq, e.epoch).time(e.At).bytes(e.Tenant[:]).
		text(e.Kind, e.Actor, e.Detail, e.Key).texts(e.Requests).bytes(e.witness, e.previous)
}

func (e *eventRow) sign(w writer) {
	e.At = micro(e.At)
	e.mac = e.record(w.store).sign(w.key)
}

// insertEvents writes signed rows in one round trip.
func insertEvents(ctx context.Context, tx pgx.Tx, rows []eventRow) error {
	batch := &pgx.Batch{}
	for i := range rows {
		e := &rows[i]
		var tenant *[16]byte
		if e.Tenant != (Event{}).Tenant {
			tenant = (*[16]byte)(&e.Tenant)
		}
		batch.Queue(`INSERT INTO pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, [16]byte(e.Writer), e.Seq, e.epoch, e.At, tenant, e.Kind, e.Actor,
			e.Detail, e.Key, e.Requests, e.witness, e.previous, e.mac)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// eventColumns are those that scanEvent takes.
const eventColumns = "e.writer, e.seq, e.epoch, e.at, e.tenant, e.kind, e.actor, e.detail, e.key_arn, e.requests, e.witness, e.previous, e.mac"

func scanEvent(row pgx.CollectableRow) (e eventRow, err error) {
	var tenant *[16]byte
	err = row.Scan((*[16]byte)(&e.Writer), &e.Seq, &e.epoch, &e.At, &tenant, &e.Kind, &e.Actor, &e.Detail, &e.Key, &e.Requests, &e.witness,
		&e.previous, &e.mac)
	if tenant != nil {
		e.Tenant = *tenant
	}
	copy(e.Hash[:], e.mac)
	return e, err
}
