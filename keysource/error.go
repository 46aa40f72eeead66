package keysource

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// What was being done when an Error came about.
const (
	OpGenerate = "generate" // Wrapper.Generate
	OpUnwrap   = "unwrap"   // Wrapper.Unwrap
	OpRewrap   = "rewrap"   // Wrapper.Rewrap
	OpProbe    = "probe"    // Wrapper.Probe
	OpWatch    = "watch"    // Watcher.Look
	OpRecord   = "record"   // reading the tenant's record from the store
	OpPin      = "pin"      // Store.Pin
	OpHold     = "hold"     // Store.Hold
	OpUse      = "use"      // using a handle
	OpDescribe = "describe" // Describer.Describe
)

// Error is every failure of key management. A driver fills in what it knows; the keyring adds Tenant and Since. One Error may be
// given to many callers: it is not changed after it was returned.
type Error struct {
	Kind      Kind
	Tenant    string    // the tenant's name
	Key       string    // ARN, or what a driver calls its key; goes to the client
	Op        string    // one of the Op constants
	RequestID string    // the KMS's, for the log
	Refused   string    // what the owner of the key would have to allow, as "kms:Decrypt"; empty when that is not what failed
	Principal string    // to whom, for Refused: a role's ARN, or empty for pgseal's own credentials
	Since     time.Time // when this answer came for the first time in a row; zero when not known
	Cause     error     // for the log only; never holds a plaintext or a key
	Drill     *Drill    // the no is a drill's, not the key owner's; nil: it is none

	rehearsal *rehearsal // of Drill, for the keyring
}

// KindOf is the Kind of the *Error in err's chain, or 0.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return 0
}

// Error is the text for the log, with cause and request id.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("keysource: ")
	b.WriteString(e.Kind.String())
	for _, part := range []struct{ name, value string }{
		{"tenant", e.Tenant}, {"key", e.Key}, {"op", e.Op}, {"request", e.RequestID},
	} {
		if part.value != "" {
			fmt.Fprintf(&b, " %s=%q", part.name, part.value)
		}
	}
	if e.Drill != nil {
		fmt.Fprintf(&b, " DRILL until %s by %q", e.Drill.Until.UTC().Format(time.RFC3339), e.Drill.By)
	}
	if e.Cause != nil {
		b.WriteString(": ")
		b.WriteString(e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// SQLState is the code that the client gets.
func (e *Error) SQLState() string { return e.Kind.Code() }

// Name is the code's symbolic name.
func (e *Error) Name() string { return e.Kind.Name() }

// Retryable tells whether the same statement may succeed later.
func (e *Error) Retryable() bool { return e.Kind.Retryable() }

// TenantName is the tenant's name; empty when none was named.
func (e *Error) TenantName() string { return e.Tenant }

// UserMessage is one sentence for whoever uses the application.
func (e *Error) UserMessage() string {
	switch {
	case e.Kind == ValueKeyUnknown:
		return e.Kind.text().message
	case errors.Is(e.Cause, errRetired):
		return fmt.Sprintf("tenant %q is retired", e.Tenant)
	case e.Kind == TenantUnknown && e.Tenant == "":
		return "the session names no tenant"
	case e.Kind == TenantUnknown:
		return fmt.Sprintf("there is no tenant %q", e.Tenant)
	case e.Kind == KeyLocked:
		return fmt.Sprintf("tenant %q is locked", e.Tenant)
	case e.Kind == KMSUnreachable && (e.Op == OpRecord || e.Op == OpPin || e.Op == OpHold):
		return fmt.Sprintf("the key of tenant %q is not available: its record in the database could not be reached", e.Tenant)
	case e.Kind == KMSUnreachable && e.Op == OpUse:
		return fmt.Sprintf("the key of tenant %q is not available: its cache time is over", e.Tenant)
	}
	return fmt.Sprintf("the key of tenant %q is not available: %s", e.Tenant, e.Kind.text().message)
}

// UserDetail says which key, and since when; it may be empty.
func (e *Error) UserDetail() string {
	var parts []string
	if e.Key != "" {
		parts = append(parts, "Key "+e.Key+".")
	}
	if !e.Since.IsZero() {
		parts = append(parts, "Since "+e.Since.UTC().Format("2006-01-02 15:04:05")+" UTC.")
	}
	if e.Drill != nil {
		parts = append(parts, e.Drill.detail())
	}
	return strings.Join(parts, " ")
}

// UserHint says who can mend it and how.
func (e *Error) UserHint() string {
	if e.Drill != nil {
		return drillHint
	}
	if errors.Is(e.Cause, errRetired) {
		return "An operator of pgseal took it out of use and can take it into use again with: pgseal tenant restore TENANT"
	}
	return e.Kind.text().hint
}
