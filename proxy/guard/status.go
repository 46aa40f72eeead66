package guard

import (
	"maps"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/plan"
)

// Status is what a Tick has found.
type Status struct {
	Policy  pgstore.PolicyHash // that it was found under
	Columns []ColumnStatus     // the listed columns, in the policy's order
	// Stale, when not empty, says why no statement on a protected table may be
	// planned by this proxy.
	Stale string
	// Term is how long statements may be planned by it; nil for a process that does not serve. It is extended by each heartbeat that gets through in
	// time. Behind one that came too late the status is of another.
	Term *plan.Term
	// Again: something is under way; it goes on with the next Tick, and sooner is
	// better.
	Again bool
}

// ColumnStatus is how far the protection of one listed column has come.
type ColumnStatus struct {
	Column
	Record *pgstore.Column // nil where the column has none yet
	Guard  Report          // looked at from sealing on; else everything is missing
	Damage string          // what of a sealed column's guard was not whole when the look began; else empty
	Note   string          // why it does not go on, for people; empty when it does or is done
	Proves bool            // the rows are being looked through just now; not known to Look
	Turned bool            // it is sealed anew, every live proxy writes so, and nothing from before is under way; not known to Look
	Held   *Held           // why it waits for an operator to have it converted at once; else nil
	AtOnce *Held           // why it, being sealed, is opened all at once only; not known to Tick while no column is to be opened; else nil
	SQL    string          // for the table's owner, where the control role may not do it; else empty
	Order  *Order          // by which it is opened for good, or was; else nil
}

// State is what statements on the column are planned by.
func (c *ColumnStatus) State() pgstore.ColumnState {
	if c.Record == nil {
		return pgstore.ColumnPlain
	}
	return c.Record.State
}

// Scrubbed is what people are told of a sealed column of whose old values nothing
// is left in the database's files. It is no state of a record: statements are
// planned as for any sealed column.
const Scrubbed pgstore.ColumnState = "scrubbed"

// Called is the state that people are told: a column without its guard is never
// called sealed.
func (c *ColumnStatus) Called() pgstore.ColumnState {
	switch {
	case c.bare():
		return pgstore.ColumnSealing
	case c.Done() && !c.Record.Scrubbed.IsZero():
		return Scrubbed
	}
	return c.State()
}

// bare tells whether the column is sealed and its guard is not whole.
func (c *ColumnStatus) bare() bool { return c.State() == pgstore.ColumnSealed && !c.Guard.Whole() }

// Opening tells whether an operator has ordered the column to be opened for good: it is on the way to plain, or stays so.
func (c *ColumnStatus) Opening() bool { return c.Record != nil && opening(c.Record) }

// Arrived tells whether the column is where it is to be: sealed and guarded, or plain by order.
func (c *ColumnStatus) Arrived() bool {
	if c.Opening() {
		return c.State() == pgstore.ColumnPlain
	}
	return c.Done()
}

// Done tells whether the column is sealed and guarded.
func (c *ColumnStatus) Done() bool { return c.State() == pgstore.ColumnSealed && c.Guard.Whole() }

// AcknowledgedAs tells whether a proxy that acknowledged s has thereby acknowledged other, too. An order that was given up and came again between two looks
// leaves the planning as it was, and is waited for nevertheless.
func (s *Status) AcknowledgedAs(other *Status) bool { return maps.Equal(s.acks(), other.acks()) }

// acks are the states that a proxy works by once it has put the status in force.
func (s *Status) acks() map[string]pgstore.ColumnState {
	acks := make(map[string]pgstore.ColumnState)
	for i := range s.Columns {
		if r := s.Columns[i].Record; r != nil {
			acks[pgstore.AckKey(r.ID)] = r.State
			if s.Columns[i].OpensAtOnce() {
				acks[openKey(r.ID)] = openAck(r)
			}
			if a := moveAck(r); a != "" {
				acks[moveKey(r.ID)] = a
			}
			if a := orderAck(r.Before); a != "" {
				acks[orderKey(r.ID)] = a
			}
		}
	}
	return acks
}
