package guard

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/legatics/pgseal/crypto"
)

// part is one of the objects that a column's guard consists of.
type part int

// The parts. Triggers on INSERT and UPDATE are apart because only an UPDATE has
// an old value: a row that still holds plaintext may be updated in its other
// columns.
const (
	beforeInsert part = iota
	beforeUpdate
	afterInsert
	afterUpdate
	check
)

// triggerParts are the parts that are triggers.
var triggerParts = [...]part{beforeInsert, beforeUpdate, afterInsert, afterUpdate}

// after tells the constraint triggers.
func (p part) after() bool { return p == afterInsert || p == afterUpdate }

func (p part) event() string {
	if p == beforeUpdate || p == afterUpdate {
		return "UPDATE"
	}
	return "INSERT"
}

// tgtype is pg_trigger.tgtype: bits ROW 1, BEFORE 2, INSERT 4, UPDATE 16.
func (p part) tgtype() int16 {
	return [...]int16{beforeInsert: 7, beforeUpdate: 19, afterInsert: 5, afterUpdate: 17}[p]
}

// Names of the guard's objects. Triggers of one kind fire in the order of their
// names' bytes: blanks come before whatever people call theirs.
const (
	TriggerPrefix = "  pgseal "
	checkPrefix   = "pgseal_sealed_"
)

// name is the object's name: that of the column, cut, with a hash that keeps cut
// names apart. It has at most 63 bytes.
func (p part) name(column string) string {
	hash := sha256.Sum256([]byte(column))
	if p == check {
		return fmt.Sprintf("%s%s_%x", checkPrefix, cut(column, 40), hash[:4])
	}
	place := [...]string{beforeInsert: "before insert", beforeUpdate: "before update", afterInsert: "after insert", afterUpdate: "after update"}[p]
	return fmt.Sprintf("%s%s %s %x", TriggerPrefix, place, cut(column, 31), hash[:4])
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// condition is the WHEN of a trigger, or the expression of the CHECK, as
// PostgreSQL prints it. quoted is the column's name as quote_ident gives it.
func (p part) condition(tag crypto.StoreTag, armoured bool, quoted string) string {
	switch p {
	case check:
		return expression(tag, armoured, quoted)
	case beforeUpdate, afterUpdate:
		return "((NOT " + expression(tag, armoured, "new."+quoted) + ") AND " + changed(armoured, quoted) + ")"
	}
	return "(NOT " + expression(tag, armoured, "new."+quoted) + ")"
}

// create is the statement that makes the part, without anything that it needs
// before or after.
func (p part) create(tag crypto.StoreTag, t *target) string {
	name, when := quoteName(p.name(t.column)), p.condition(tag, t.armoured, t.quoted)
	switch {
	case p == check:
		return fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s) NOT VALID", t.relation, name, when)
	case p.after():
		return fmt.Sprintf("CREATE CONSTRAINT TRIGGER %s AFTER %s ON %s NOT DEFERRABLE FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %s(%s)",
			name, p.event(), t.relation, when, functionName, quoteLiteral(t.column))
	}
	return fmt.Sprintf("CREATE TRIGGER %s BEFORE %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %s(%s)",
		name, p.event(), t.relation, when, functionName, quoteLiteral(t.column))
}

// target is one relation's column, as statements name it.
type target struct {
	relation string // schema and name, quoted
	column   string // the name as it is
	quoted   string // as quote_ident gives it
	armoured bool
}

func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// quoteLiteral needs standard_conforming_strings to be on, or no backslash in
// the text.
func quoteLiteral(text string) string {
	literal := "'" + strings.ReplaceAll(text, "'", "''") + "'"
	if strings.Contains(text, `\`) {
		return " E" + strings.ReplaceAll(literal, `\`, `\\`)
	}
	return literal
}
