package admin

import "time"

// MasterKey is what a tenant's data key is to be wrapped by.
type MasterKey struct {
	Provider   string `json:"provider"`
	Key        string `json:"key,omitempty"`
	Role       string `json:"role,omitempty"`
	ExternalID string `json:"external_id,omitempty"`
	Endpoint   string `json:"endpoint,omitempty"`
}

// NewTenant is a tenant that is to be added.
type NewTenant struct {
	TenantRef
	MasterKey
	CacheTime time.Duration `json:"cache_time"` // 0: the default
}

// Rotation is what came of a rotation.
type Rotation struct {
	Tenant       string     `json:"tenant"`
	Outcome      string     `json:"outcome"` // rotated, nothing_to_rotate, new_data_key
	FromKey      string     `json:"from_key,omitempty"`
	FromMaterial string     `json:"from_key_material,omitempty"`
	ToKey        string     `json:"to_key"`
	ToMaterial   string     `json:"to_key_material,omitempty"`
	At           *time.Time `json:"at,omitempty"`
	Since        *time.Time `json:"key_material_since,omitempty"`
	Generations  int        `json:"generations"`
}

// Probe is the key service's answer.
type Probe struct {
	Tenant string `json:"tenant"`
	Key    string `json:"key"`
	Usable bool   `json:"usable"`
	TookMS int64  `json:"took_ms"`
	Code   string `json:"code,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Proposal is what an operator wants and an officer has to approve.
type Proposal struct {
	TenantRef
	ID        string        `json:"id"`
	Kind      string        `json:"kind"` // set-arn, set-provider, set-longer-cache-time
	MasterKey               // of the first two
	CacheTime time.Duration `json:"cache_time,omitempty"`
	By        string        `json:"by"` // the user's name
	At        time.Time     `json:"at"`
}

// Columns are a database's protected columns and the work on them.
type Columns struct {
	Database string   `json:"database"`
	Columns  []Column `json:"columns"`
}

// Column is one of them.
type Column struct {
	Column string `json:"column"`
	Mode   string `json:"mode"`
	State  string `json:"state"`
	Note   string `json:"note,omitempty"`
	Next   string `json:"next,omitempty"`
	Work   *Work  `json:"work,omitempty"`
}

// Work is work on a column's rows.
type Work struct {
	Kind     string     `json:"kind"`
	Status   string     `json:"status"`
	Reason   string     `json:"reason,omitempty"`
	Phase    string     `json:"phase"`
	Pass     int        `json:"pass"`
	Total    int64      `json:"rows_estimated"`
	Seen     int64      `json:"rows_seen"`
	Written  int64      `json:"values_written"`
	Started  time.Time  `json:"started"`
	Finished *time.Time `json:"finished,omitempty"`
	Actor    string     `json:"by"`
}

// Proxies are the proxies of a database, and whether they agree.
type Proxies struct {
	Database string  `json:"database"`
	Policy   string  `json:"policy"` // hash of the policy that this proxy has
	Drift    string  `json:"drift,omitempty"`
	Proxies  []Proxy `json:"proxies"`
}

// Proxy is one of them.
type Proxy struct {
	Name      string    `json:"name"`
	Live      bool      `json:"live"`
	Heartbeat time.Time `json:"heartbeat"`
	Policy    string    `json:"policy"`
	Same      bool      `json:"same_policy"`
	Keys      int       `json:"keys_held"`
}
