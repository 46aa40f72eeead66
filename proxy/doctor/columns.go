package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/guard"
)

// columns reports how far the protection of each listed column has come, how its guard stands, and whether plaintext is
// left in it.
func (e *examination) columns(ctx context.Context) error {
	if e.Status == nil {
		e.withoutStore()
		return nil
	}
	if e.Status.Stale != "" {
		e.note(Finding{Severity: Error, Kind: "store", Object: "policy", Message: "protected tables are refused: " + e.Status.Stale})
	}
	for i := range e.Status.Columns {
		c := &e.Status.Columns[i]
		e.state(c)
		look := e.plaintext
		switch {
		case c.Opening():
			look = e.sealedValues
		case rankOf(c) < sealing:
			continue
		default:
			e.guard(c)
			e.remains(c)
		}
		err := look(ctx, c)
		if err != nil && !denied(err) {
			return err
		}
		if err != nil {
			e.note(Finding{Severity: Warning, Kind: "plaintext", Object: c.Column.String(), Message: "the control role may not look into the column",
				Mend: "make the control role a member of the role that owns the table"})
		}
	}
	return nil
}

// withoutStore reports the columns of a policy that no init has seen.
func (e *examination) withoutStore() {
	pol := e.Policy.Enforced()
	for _, name := range pol.Names() {
		t := pol.Table(name)
		for _, column := range t.ColumnNames() {
			if c := t.Columns[column]; c.Mode.Sealed() {
				e.note(Finding{Severity: Error, Kind: "state", Object: columnName(name, column), Message: "the column is listed, and nothing of it is sealed: its values are stored as plaintext",
					Evidence: "the database has no store of pgseal", Mend: "pgseal init"})
			}
		}
	}
}

func columnName(t policy.TableName, column string) string {
	return crypto.NewColumnID(t.Schema, t.Name, column).String()
}

// sealing is the rank of the first state in which writes are sealed.
const sealing = 2

func rankOf(c *guard.ColumnStatus) int {
	switch c.State() {
	case pgstore.ColumnReadable:
		return 1
	case pgstore.ColumnSealing:
		return sealing
	case pgstore.ColumnSealed:
		return sealing + 1
	}
	return 0
}

// state reports a column whose writes are not sealed.
func (e *examination) state(c *guard.ColumnStatus) {
	if c.Opening() {
		e.note(openedFinding(c))
		return
	}
	if rankOf(c) >= sealing {
		return
	}
	f := Finding{Severity: Error, Kind: "state", Object: c.Column.String(), Evidence: "state " + string(c.State()), Mend: "pgseal init",
		Message: "the column is listed, and what is written to it is not sealed: its values are stored as plaintext"}
	if c.Note != "" {
		f.Message += ", since " + c.Note
	}
	if c.Held != nil {
		f.Mend = "pgseal column encrypt " + c.Column.String()
	}
	e.note(f)
}

// openedFinding reports a listed column that is to be plain by an operator's order.
func openedFinding(c *guard.ColumnStatus) Finding {
	f := Finding{Severity: Warning, Kind: "state", Object: c.Column.String(), Evidence: "state " + string(c.State()),
		Mend:    "take the column off the policy, or have it sealed again: pgseal column encrypt " + c.Column.String(),
		Message: fmt.Sprintf("the column is listed, and open by order of %s since %s: its values are stored as plaintext", c.Order.By, c.Order.Since.UTC().Format(time.RFC3339))}
	if c.State() != pgstore.ColumnPlain {
		f.Message = fmt.Sprintf("the column is being opened for good, by order of %s since %s", c.Order.By, c.Order.Since.UTC().Format(time.RFC3339))
	}
	if c.SQL != "" {
		f.Mend += "\nwhere the control role may not take the guard off:\n" + c.SQL
	}
	if back := c.TypeBack(); back != "" {
		f.Evidence += "; its type is text still, until " + back
	}
	return f
}

// sealedValues reports values that are sealed in a column that is plain by order: they read as they lie there.
func (e *examination) sealedValues(ctx context.Context, c *guard.ColumnStatus) error {
	if c.State() != pgstore.ColumnPlain || !c.Armoured() {
		return nil
	}
	sealed, err := c.HoldsSealed(ctx, e.DB, e.Tag)
	if err != nil || !sealed {
		return err
	}
	e.note(Finding{Severity: Error, Kind: "state", Object: c.Column.String(), Evidence: "state plain",
		Message: "the column was opened for good, and holds sealed values again (a dump of before was loaded into it?): applications read them as they lie there",
		Mend:    "pgseal column decrypt " + c.Column.String()})
	return nil
}

// guard reports what is not as it was made.
func (e *examination) guard(c *guard.ColumnStatus) {
	r, sealed := &c.Guard, c.State() == pgstore.ColumnSealed
	f := Finding{Severity: Error, Kind: "guard", Object: c.Column.String(), Evidence: r.String(), Mend: c.SQL}
	switch {
	case !r.Guarded():
		f.Message = "the guard in the database does not keep plaintext out of the column: " + triggersOf(r)
		e.note(f)
	case sealed && r.Check != guard.Whole:
		f.Message = fmt.Sprintf("the check that proves the column to be sealed is %s", r.Check)
		e.note(f)
	}
	for _, trigger := range r.Earlier {
		e.note(Finding{Severity: Warning, Kind: "guard", Object: c.Column.String(), Evidence: "trigger " + trigger,
			Message: "a trigger fires before the guard and sees a plaintext that the guard is about to refuse",
			Mend:    "rename the trigger, so that its name sorts behind the guard's (which begin with two blanks)"})
	}
}

// remains reports a sealed column whose old values may still lie in the database's files. Whether it ever held any is not known.
func (e *examination) remains(c *guard.ColumnStatus) {
	if c.Called() == pgstore.ColumnSealed {
		e.note(Finding{Severity: Information, Kind: "remains", Object: c.Column.String(), Evidence: "never scrubbed since it was sealed",
			Message: "values from before it was sealed, if it held any, may still lie in the database's files: in dead rows, indexes and old statistics",
			Mend:    "pgseal column scrub " + c.Column.String()})
	}
}

// triggersOf says which of the triggers stand how.
func triggersOf(r *guard.Report) string {
	var parts []string
	for _, t := range []struct {
		name string
		is   guard.Condition
	}{{"BEFORE", r.Before}, {"AFTER", r.After}} {
		if t.is != guard.Whole {
			parts = append(parts, fmt.Sprintf("the %s trigger is %s", t.name, t.is))
		}
	}
	return strings.Join(parts, ", ")
}

// plaintext reports values that are not sealed.
func (e *examination) plaintext(ctx context.Context, c *guard.ColumnStatus) error {
	found, err := c.FindPlaintext(ctx, e.DB, e.Tag, e.Budget)
	if err != nil {
		return err
	}
	f := Finding{Severity: Error, Kind: "plaintext", Object: c.Column.String()}
	switch {
	case found.Hidden:
		f.Severity, f.Message = Warning, "row-level security hides rows of the table from the control role, so that they were not looked through for plaintext"
		f.Mend = "give the control role BYPASSRLS"
	case found.Foreign:
		f.Message = "the column's type in the database is none that holds sealed values"
		f.Mend = "give the column the type back that it had: text for text and varchar, else bytea"
	case found.Count == 0:
		return nil
	case c.State() == pgstore.ColumnSealed:
		f.Message = "the column is sealed, and holds plaintext: it was written past the guard, and reading it is refused (KD003)"
		f.Mend = "find out how it came there; write the values anew through pgseal, or delete them"
	default:
		f.Message = "the column is being sealed, and still holds plaintext from before"
		f.Mend = "pgseal column encrypt " + c.Column.String()
	}
	if found.Count > 0 {
		f.Evidence = countOf(found)
	}
	e.note(f)
	return nil
}

func countOf(p guard.Plaintext) string {
	s := fmt.Sprintf("%d values are not sealed", p.Count)
	if p.Percent < 100 {
		return fmt.Sprintf("%s in the %.3g %% of the table that were looked at", s, p.Percent)
	}
	if p.More() {
		return "at least " + s
	}
	return s
}
