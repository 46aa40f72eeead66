package policy

import (
	"maps"
	"slices"
)

// Mode says how a listed column is protected.
type Mode string

// The modes of a column.
const (
	Randomized    Mode = "randomized"    // sealed, equal values look different; nothing can be searched
	Deterministic Mode = "deterministic" // sealed, equal values look equal; =, IN, UNIQUE and joins work
	Plain         Mode = "plain"         // not sealed; listed because it requires the key
)

// Sealed tells whether the mode stores sealed values.
func (m Mode) Sealed() bool { return m == Randomized || m == Deterministic }

// State says whether a listed column is in force.
type State string

// Observe: nothing of the column is sealed or refused; what would be is told.
const Observe State = "observe"

// Access says which statements need the tenant's key although nothing is sealed or opened.
type Access struct{ Read, Write bool }

// Any tells whether either kind of statement needs the key.
func (a Access) Any() bool { return a.Read || a.Write }

// Position is a place in the policy file, lines and columns counted from 1 (columns in characters). The zero Position
// is no place.
type Position struct {
	File         string
	Line, Column int
}

// Policy is a loaded policy file. It must not be changed.
type Policy struct {
	// UnknownFunctions says what happens to calls of functions that the proxy has not looked into: allow or refuse.
	UnknownFunctions string
	Tables           map[TableName]*Table
	Roles            map[string]*Role
	// SeveralTenants: sessions of more than one tenant use the database, so that equal values may look different. It is no part of the file;
	// whoever has loaded it says so.
	SeveralTenants bool
	// TenantSetting is the setting that names the tenant, so that each sealed table has to say whose its rows are; empty: none does. It is no part of the file either.
	TenantSetting string
}

// The values of unknown_functions.
const (
	allowFunctions  = "allow"
	refuseFunctions = "refuse"
)

// RefusesUnknown tells whether calls of functions are refused that the proxy has not looked into.
func (p *Policy) RefusesUnknown() bool { return p.UnknownFunctions == refuseFunctions }

// Role is a listed log-in role of the database.
type Role struct {
	Name    string
	Raw     bool     // sees sealed values as they are stored, and may write only such: for backups
	Tenants []string // that its sessions may use, sorted; nil: any
	Where   Position
}

// MayUse tells whether sessions of a log-in role may use a tenant's key.
func (p *Policy) MayUse(role, tenant string) bool {
	r := p.Roles[role]
	return r == nil || r.Tenants == nil || slices.Contains(r.Tenants, tenant)
}

// Raw tells whether a log-in role is one for backups.
func (p *Policy) Raw(role string) bool {
	r := p.Roles[role]
	return r != nil && r.Raw
}

// Table is one listed table.
type Table struct {
	Name                TableName
	RequiresKey         Access   // of any statement that reads or writes the table, sealed column or not
	AcknowledgeTriggers []string // triggers that the author knows to work with sealed values; sorted
	TenantColumn        string   // holds the name of the tenant whose row it is; empty: none does
	Columns             map[string]*Column
	Where               Position
}

// Column is one listed column.
type Column struct {
	Name        string
	Mode        Mode
	Type        string   // logical type in its canonical spelling ("varchar(20)"); empty: the column's own
	Normalize   []string // steps in the order in which they are applied: trim, lower, nfc
	RequiresKey Access
	Domain      string // equality domain; empty: the column is alone
	Pad         int    // block in bytes that the plaintext is padded to; 0: none
	State       State  // empty: in force
	Where       Position
}

// Names returns the listed tables in order.
func (p *Policy) Names() []TableName {
	return slices.SortedFunc(maps.Keys(p.Tables), TableName.Compare)
}

// ColumnNames returns the listed columns in order.
func (t *Table) ColumnNames() []string { return slices.Sorted(maps.Keys(t.Columns)) }

// Sealed tells whether a column of the table is sealed.
func (t *Table) Sealed() bool {
	for _, c := range t.Columns {
		if c.Mode.Sealed() {
			return true
		}
	}
	return false
}

// Table returns the listed table of that name, or nil.
func (p *Policy) Table(n TableName) *Table { return p.Tables[n] }
