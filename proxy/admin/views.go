package admin

import (
	"errors"
	"time"
)

// TenantRef is a tenant of a database.
type TenantRef struct {
	Database string `json:"database"`
	Name     string `json:"tenant"`
}

// Actor is who asked, as history and events name him.
type Actor string

// ErrUnknown : there is no such database, tenant, column or proposal.
var ErrUnknown = errors.New("there is no such thing")

// CodeInput is a Failure's of what was asked for and cannot be: nothing was asked of anybody.
const CodeInput = "input"

// Failure is why something was not done, for people.
type Failure struct {
	Code    string   `json:"code,omitempty"` // SQLSTATE of DESIGN's table, or a word
	Message string   `json:"message"`
	Hints   []string `json:"hints,omitempty"` // what to do
	Cause   error    `json:"-"`
}

func (f *Failure) Error() string { return f.Message }
func (f *Failure) Unwrap() error { return f.Cause }

// Database is a configured database.
type Database struct {
	Name    string          `json:"database"`
	Problem string          `json:"problem,omitempty"` // its store cannot be read, and why
	Tenants []TenantSummary `json:"tenants"`
	// Concerns tells, of one with a Problem, that there are tenants of the user's in it.
	Concerns bool `json:"-"`
}

// TenantSummary is a line of the overview.
type TenantSummary struct {
	Name          string     `json:"tenant"`
	Provider      string     `json:"provider"`
	State         string     `json:"state"`
	Code          string     `json:"code,omitempty"`
	ReadableUntil *time.Time `json:"readable_until,omitempty"`
	Drill         bool       `json:"drill,omitempty"`
	Pending       bool       `json:"rotation_pending,omitempty"`
	Proposals     int        `json:"proposals,omitempty"`
	Problem       string     `json:"problem,omitempty"`
}

// Tenant is a tenant's settings.
type Tenant struct {
	Name        string     `json:"name"`
	ID          string     `json:"id,omitempty"`
	Provider    string     `json:"provider,omitempty"`
	Key         string     `json:"key,omitempty"`
	ResolvedKey string     `json:"resolved_key,omitempty"`
	Material    string     `json:"key_material,omitempty"`
	Role        string     `json:"role,omitempty"`
	ExternalID  string     `json:"external_id,omitempty"`
	Endpoint    string     `json:"endpoint,omitempty"`
	CacheTime   string     `json:"cache_time,omitempty"`
	Generations int        `json:"generations,omitempty"`
	Locked      bool       `json:"locked"`
	LockedSince *time.Time `json:"locked_since,omitempty"`
	LockedBy    string     `json:"locked_by,omitempty"`
	Retired     bool       `json:"retired,omitempty"`
	CreatedAt   *time.Time `json:"created_at,omitempty"`
	KeySince    *time.Time `json:"data_key_since,omitempty"`
}

// Key is how a tenant's key stands.
type Key struct {
	Tenant        Tenant     `json:"tenant"`
	State         string     `json:"state"`
	Code          string     `json:"code,omitempty"`
	Since         *time.Time `json:"since,omitempty"`
	Why           string     `json:"why"`
	ReadableUntil *time.Time `json:"readable_until,omitempty"`
	Rotated       *time.Time `json:"last_rotated,omitempty"` // in pgseal: when the data key was last wrapped anew
	Drill         *Drill     `json:"drill,omitempty"`
	Proxies       []KeyProxy `json:"proxies"`
	Rotation      *Material  `json:"rotation,omitempty"`
	NewDataKey    *Due       `json:"new_data_key,omitempty"`
}

// Drill is a drill that is under way.
type Drill struct {
	Until   time.Time `json:"until"`
	Ordered time.Time `json:"ordered"`
	By      string    `json:"ordered_by"`
	Proxies []string  `json:"proxies"`
}

// KeyProxy is how the key stands in one proxy.
type KeyProxy struct {
	Name          string     `json:"name"`
	State         string     `json:"state"`
	Code          string     `json:"code,omitempty"`
	Since         *time.Time `json:"since,omitempty"`
	ReadableUntil *time.Time `json:"readable_until,omitempty"`
	Silent        *time.Time `json:"silent_since,omitempty"`
	Drill         *time.Time `json:"drill_until,omitempty"`
}

// Material is what the key service last said that the key is made of.
type Material struct {
	Pending   bool       `json:"pending"`
	Key       string     `json:"key,omitempty"`
	Material  string     `json:"key_material,omitempty"`
	How       string     `json:"how,omitempty"`
	RotatedAt *time.Time `json:"rotated_at,omitempty"`
	NoticedAt *time.Time `json:"noticed_at,omitempty"`
	CheckedAt time.Time  `json:"checked_at"`
	Problem   string     `json:"problem,omitempty"`
}

// Due is that a new data key is due.
type Due struct {
	Since     time.Time `json:"due_since"`
	Why       string    `json:"why"`
	Automatic bool      `json:"automatic"`
}
