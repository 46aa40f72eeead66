// Package keysource keeps the data keys of a store's tenants: it gets them from key management services, holds them for each
// tenant's cache time and no longer, and ends their use when their owner or an operator says no.
//
// # The parts
//
//	Keyring   holds one lease per tenant and gives out handles of it       (this package)
//	Wrapper   one kind of key management service                           (awskms, localkey)
//	Store     one database's key records                                   (pgstore)
//	Clock     the wall clock and the time since boot, suspensions included
//	Versions  the highest record version seen of each tenant                (in memory here; pgstore keeps it on disk)
//	Observer  what metrics are made of
//	Usage     what was done with each tenant's key, to be recorded
//
// # The life of a data key
//
//	Acquire ── held? ── yes ─────────────────────────────────────────────▶ Handle (no I/O)
//	             │ no: wait for the tenant's one fetch, unless a failure is younger than its delay
//	             ▼
//	fetch:  record = Store.Tenant   verified? version not older than seen? not locked, not retired?
//	        sent   = now            both clocks; the cache time counts from here
//	        key    = Wrapper.Unwrap of the tenant's current data key: the only call of the KMS
//	        elders = opened through the current data key
//	             │ yes                             │ no, about the key
//	             ▼                                 ▼
//	        lease until sent + cache time     record read again: another version? then once more from the top
//	                                          else the table of answers
//
// A lease ends when either clock has come to its deadline: setting the wall clock back does not help, nor does suspending the
// machine. Use does not extend it; only a newer yes brings a newer lease, and the old one keeps its own deadline. It is checked at
// every Seal and Open, so that a handle may lie in a queue, with a cursor or with a result that is being sent, without keeping the
// key alive. Keys are destroyed when the last handle of a lease is released, never under a user; a lease that nobody holds is
// destroyed within Options.Sweep of its deadline.
//
// A key that was acquired since it was fetched is fetched again at 70 to 80 % of its cache time, at random, while its lease serves;
// one that nobody uses is let go. There is at most one fetch per tenant at any time. Whoever waits for it may leave; the fetch has
// a deadline of its own.
//
// # The table of answers
//
//	AccessDenied, KeyDisabled, KeyInvalidState, KeyNotFound      evict: no handle works from this moment on (withdrawn)
//	KeyLocked; TenantUnknown when retired                        evict; needs no KMS
//	KeyStoreUnavailable, KMSUnreachable, KMSThrottled,           serve what is held until its deadline, then fail with
//	KMSCredentials; a store that can't be read                   that code (unreachable)
//	KeyMismatch, KeyRecordInvalid                                serve what is held until its deadline, take nothing new,
//	                                                             alarm: somebody changed it (invalid)
//
// A no about the key counts only if the record that was tried is still the current one; one that can't be read again is no reason
// to disbelieve the no. A yes counts only if nothing was revoked, and no newer record was seen, since before the record was read.
// A record that is gone, though one of that name was seen, is KeyRecordInvalid: no command deletes one.
//
// After a failure nothing is tried for 1, 2, 4, 8, 16, 30, 30 .. seconds; whoever asks meanwhile gets the same error, with the time
// of the first failure of that meaning. Nothing is tried unless somebody asks. The delays begin anew with the first who misses the
// key: those of a refresh that failed, while the old lease served, do not count. A record that changes, and a master key that its
// Watcher sees again, end the delay.
//
// # What is noticed without asking the KMS
//
// Run looks every Options.Poll (at most 2 s) which records have another version than the one that is known: a lock counts at
// once, a shorter cache time for what is held, and another wrapped key is fetched. A Hint looks now. It looks every
// second at master keys in use that their driver can see (Watcher).
//
// # Secrets
//
// Data keys are in crypto.DataKey and crypto.Generation, which do not print; nothing else here is secret. Errors and logs hold
// tenants' names, ARNs, request ids and causes.
package keysource
