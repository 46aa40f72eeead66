package decode

import "fmt"

// transaction follows the status byte of ReadyForQuery. What a statement does
// to the transaction is known only by its command tag, so some steps can be
// told to be wrong, not all.
type transaction struct {
	now    byte // status of the last ReadyForQuery, 0 before the first
	begun  bool // since then: a transaction may have begun
	ended  bool // since then: one may have ended, or gone back to a savepoint
	failed bool // since then: an error was sent
}

// completed notes a command tag.
func (t *transaction) completed(tag string) {
	switch tag {
	case "BEGIN", "START TRANSACTION":
		t.begun = true
	case "COMMIT", "ROLLBACK", "PREPARE TRANSACTION":
		t.ended = true
	}
}

// ready judges the status of a ReadyForQuery, which closes what was noted.
func (t *transaction) ready(status byte) error {
	before := *t
	*t = transaction{now: status}
	wrong := func(why string) error {
		return fmt.Errorf("transaction status %q after %q: %s", status, before.now, why)
	}
	switch {
	case status != 'I' && status != 'T' && status != 'E':
		return wrong("no such status")
	case before.now == 0 && status != 'I':
		return wrong("a connection starts idle")
	case before.failed && status == 'T':
		return wrong("an error fails the transaction")
	case before.begun && !before.ended && status == 'I':
		return wrong("a transaction was begun")
	case before.now == 'I' && !before.begun && status != 'I':
		return wrong("no transaction was begun")
	case before.now == 'T' && !before.ended && !before.failed && status != 'T':
		return wrong("nothing ended or failed the transaction")
	case before.now == 'E' && !before.ended && status != 'E':
		return wrong("nothing ended the failed transaction")
	}
	return nil
}
