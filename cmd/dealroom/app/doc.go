// Package app is a sample application: the deal room of a law firm, whose matters are sealed by pgseal under a key that the firm itself holds. It knows
// nothing of keys: it talks to PostgreSQL with pgx, through pgseal, and what it has to know of a withdrawn key stands in one file, keyless.go.
//
// One App serves one customer, who is a tenant of pgseal; a second customer is a second App, with Options.Tenant or with a database of its own.
//
// It is there to be read and to be tried out. What a real product needs besides (limits of log-in attempts, sessions that outlive the process, invitations)
// would hide what it shows.
package app
