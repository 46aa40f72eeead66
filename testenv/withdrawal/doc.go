// Package withdrawal measures what a withdrawal of a customer's key is worth: how long after it the last value still came through, for each way in
// which a key can go and each way in which data can be in use, by a real PostgreSQL, real drivers, and a KMS that speaks AWS's protocol to the
// real SDK. `make withdrawal` writes what it finds to docs/withdrawal.md.
//
// Each way has a tenant of its own, whose key lies in a KMS of its own, and all of them use one database through one pgseal with the shortest
// cache time there is, one minute. Everything is put to use, then all keys go at once, and each use goes on until it fails. The KMS hears of a
// withdrawal no one: pgseal finds out when it next asks, at the latest when four fifths of the cache time are over.
//
//	the last yes          the key goes            the first no, or silence           the deadline
//	    |--------------------|------------------------------|----------------------------|
//	    | values come through                               |                            |
//	    |                                a no: the last value came before here           |
//	    |                                            silence: the last value came before here
package withdrawal
