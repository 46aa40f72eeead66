// Package tenants runs many tenants in one database, through real pgseal processes and a KMS that speaks AWS's protocol: each tenant has a key,
// region and cache time of its own, every second one a role. It counts what the KMS is asked for, measures what the tenants cost in memory
// and at the database, and what those notice whose key is in order while others' are withdrawn, throttled, slow, or come back all at once.
// `make tenants` does it with a thousand and writes docs/tenants.md.
//
//	sessions ──▶ first proxy  ──┐                  ┌──▶ KMS and STS: counts and faults for each key
//	         └─▶ second proxy ──┴─▶ PostgreSQL     │
//	                 └─────────────────────────────┘
//
// Every session changes its tenant from statement to statement, so that a few sessions make use of all of them.
package tenants
