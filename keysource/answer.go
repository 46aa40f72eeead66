package keysource

// answer is what the keyring does about a failure of some kind.
type answer uint8

const (
	// evict: what is held is not used from this moment on.
	evict answer = iota + 1
	// serve: what is held is used until its deadline, and then the statement fails with that code.
	serve
	// serveAlarmed: as serve; besides somebody changed what nobody should have, and is to be looked for.
	serveAlarmed
)

// answer is the table of answers: a no of the key's owner or of an operator counts at once, silence does not count before the
// deadline, and a record that somebody tampered with is no reason to stop.
func (k Kind) answer() answer {
	switch k {
	case AccessDenied, KeyDisabled, KeyInvalidState, KeyNotFound:
		return evict
	case KeyLocked:
		return evict
	case TenantUnknown: // never seen, or retired by a record that verifies; a record that is gone is KeyRecordInvalid
		return evict
	case KeyMismatch, KeyRecordInvalid:
		return serveAlarmed
	}
	return serve
}

// ofKey tells whether the kind is an answer about the key itself, which counts only when the wrapping that was tried is still the
// tenant's current one.
func (k Kind) ofKey() bool {
	switch k {
	case AccessDenied, KeyDisabled, KeyInvalidState, KeyNotFound, KeyMismatch:
		return true
	}
	return false
}

// ofDriver tells whether a driver may answer so. Anything else counts as KMSUnreachable.
func (k Kind) ofDriver() bool { return k >= AccessDenied && k <= KMSCredentials || k == KeyMismatch }
