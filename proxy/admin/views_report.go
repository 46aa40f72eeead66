package admin

import "time"

// HistoryEntry is one row of the key history.
type HistoryEntry struct {
	At         time.Time `json:"at"`
	Action     string    `json:"action"`
	DataKey    string    `json:"data_key"`
	Provider   string    `json:"provider"`
	Key        string    `json:"key"`
	Configured string    `json:"configured_key,omitempty"`
	Role       string    `json:"role,omitempty"`
	Material   string    `json:"key_material,omitempty"`
	Actor      string    `json:"actor"`
	Present    bool      `json:"present"`
}

// History is every key that the tenant's data key was ever wrapped by, and what still needs each.
type History struct {
	Entries    []HistoryEntry `json:"history"`
	MasterKeys []MasterKeyUse `json:"master_keys"`
	Problems   []string       `json:"not_verifiable"`
}

// MasterKeyUse is one key that wraps the tenant's data key, or did.
type MasterKeyUse struct {
	Provider  string   `json:"provider"`
	Key       string   `json:"key"`
	DataKeys  []string `json:"data_keys_needing_it"`
	Others    []string `json:"other_tenants_needing_it,omitempty"`
	Backups   []string `json:"backups_needing_it,omitempty"`
	MayDelete string   `json:"may_delete"` // no, only_without_backups, as_stated
	Reasons   []string `json:"reasons"`
}

// EventQuery is which events are wanted, newest first.
type EventQuery struct {
	TenantRef
	Kind  string
	Since string // as pgseal key events takes it
	Until string
	Limit int
}

// Event is one event.
type Event struct {
	At       time.Time `json:"at"`
	Tenant   string    `json:"tenant,omitempty"`
	Kind     string    `json:"kind"`
	Actor    string    `json:"actor"`
	Detail   string    `json:"detail,omitempty"`
	Key      string    `json:"key,omitempty"`
	Requests []string  `json:"kms_request_ids,omitempty"`
	Writer   string    `json:"writer"`
	Number   int64     `json:"number"`
	Hash     string    `json:"hash"`
}

// Events is what was found.
type Events struct {
	Events []Event  `json:"events"`
	More   bool     `json:"more"`
	Kinds  []string `json:"kinds"` // that there are
}

// Usage is what was done with the key, by day.
type Usage struct {
	Since string     `json:"since"`
	Until string     `json:"until"`
	Days  []UsageDay `json:"days"`
	Total UsageSum   `json:"total"`
}

// UsageDay is a day in UTC.
type UsageDay struct {
	Day string `json:"day"`
	UsageSum
	Proxies int `json:"proxies"`
}

// UsageSum counts values and key fetches.
type UsageSum struct {
	Sealed  int64 `json:"sealed"`
	Opened  int64 `json:"opened"`
	Fetched int64 `json:"key_fetches"`
	Failed  int64 `json:"key_fetches_refused"`
	Refused int64 `json:"statements_refused"`
}

// Report is the report on a tenant's key.
type Report struct {
	Made     time.Time `json:"made"`
	Version  string    `json:"pgseal"`
	Database string    `json:"database"`
	Since    string    `json:"since"`
	Until    string    `json:"until"`
	Key      Key       `json:"key"`
	History  History   `json:"history"`
	Usage    Usage     `json:"usage"`
	Changes  []Event   `json:"changes"`
	Text     string    `json:"text"` // the whole report, as the command prints it
}

// OnboardingQuery is what a sheet is for.
type OnboardingQuery struct {
	TenantRef
	Principal string
	Region    string
	Format    string // text, policy, grant, terraform, cloudformation
}

// Onboarding is what a customer has to do in their own account.
type Onboarding struct {
	Principal string   `json:"principal"`
	Region    string   `json:"region"`
	Format    string   `json:"format"`
	Formats   []string `json:"formats"`
	Text      string   `json:"text"`
}

// Check is which permissions on the customer's key are there.
type Check struct {
	OK       bool      `json:"ok"`
	Problem  string    `json:"problem,omitempty"` // in a sentence
	Findings []Finding `json:"findings"`
}

// Finding is one of them.
type Finding struct {
	What      string `json:"what"`
	For       string `json:"for"`
	Principal string `json:"principal,omitempty"`
	OK        bool   `json:"ok"`
	Unknown   bool   `json:"unknown,omitempty"`
	Needed    bool   `json:"needed"`
	Code      string `json:"code,omitempty"`
	Reason    string `json:"reason,omitempty"`
	Note      string `json:"note,omitempty"`
	TookMS    int64  `json:"took_ms,omitempty"`
}
