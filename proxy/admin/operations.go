package admin

import (
	"context"
	"io"
	"time"
)

// Operations is all that the page and the JSON API read and do. The commands do the same by the same functions. An error's text is for people; where it is
// *Failure it says what to do as well. ErrUnknown is a database, a tenant or a column that there is not.
type Operations interface {
	// Databases are the configured databases with their tenants, by name. One that cannot be read has a Problem, and no tenants.
	Databases(ctx context.Context) ([]Database, error)
	Key(ctx context.Context, t TenantRef) (*Key, error)
	History(ctx context.Context, t TenantRef) (*History, error)
	Events(ctx context.Context, q EventQuery) (*Events, error)
	WriteEvents(ctx context.Context, w io.Writer, q EventQuery, format string) error // csv or json
	Usage(ctx context.Context, t TenantRef, since, until string) (*Usage, error)     // days, 2006-01-02; empty: the last 30
	Report(ctx context.Context, t TenantRef, since, until string) (*Report, error)
	Onboarding(ctx context.Context, q OnboardingQuery) (*Onboarding, error)
	Check(ctx context.Context, t TenantRef) (*Check, error)

	AddTenant(ctx context.Context, by Actor, n NewTenant) error
	Rotate(ctx context.Context, by Actor, t TenantRef, newDataKey bool) (*Rotation, error)
	SetKey(ctx context.Context, by Actor, t TenantRef, m MasterKey) (*Rotation, error) // another ARN, or another provider
	SetCacheTime(ctx context.Context, by Actor, t TenantRef, d time.Duration) error
	Lock(ctx context.Context, by Actor, t TenantRef) error
	Unlock(ctx context.Context, by Actor, t TenantRef) error
	Probe(ctx context.Context, by Actor, t TenantRef) (*Probe, error)
	BeginDrill(ctx context.Context, by Actor, t TenantRef, d time.Duration) error
	EndDrill(ctx context.Context, by Actor, t TenantRef) error

	Proposals(ctx context.Context, t TenantRef) ([]Proposal, error)
	Propose(ctx context.Context, by Actor, p Proposal) error
	Decide(ctx context.Context, by Actor, t TenantRef, id string, approve bool) (*Rotation, error) // of a new key; nil else
	Withdraw(ctx context.Context, by Actor, t TenantRef, id string) error                          // what the user has proposed himself

	Columns(ctx context.Context, database string) (*Columns, error)
	ColumnWork(ctx context.Context, by Actor, database, column, what string) error // pause, resume, cancel
	Proxies(ctx context.Context, database string) (*Proxies, error)
}
