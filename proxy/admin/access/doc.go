// Package access says who may do what on the admin page and its JSON API, and keeps everybody else out.
//
//	request -> Headers -> address and path checks -> who is it? -> cross-site checks -> handler -> Authorise(action, tenant)
//
// Who it is, is one of: a session (a signed cookie, after a log-in with a password or by OpenID Connect), an API token (Authorization: Bearer),
// or name and password with the request (Authorization: Basic). Without a configured user there is nobody, and nothing is served.
//
// # Roles
//
// A viewer sees everything and changes nothing. An operator does everything but unlock and approve. An officer is of the customer's side: he sees
// and acts on his tenants alone, and reads nothing of others. The table is in action.go, and docs/admin-access.md shows it; a test holds them together.
//
// # Four eyes
//
// What weakens a customer's hold on his key (another ARN or provider, a longer cache time) is, for a tenant that has officers, not done but
// proposed: NeedsApproval says so. MayDecide says who may approve it: an officer of the tenant who is not the one that proposed it.
//
// # Sessions
//
// A session is a cookie: what it says, and a MAC under a key derived from the control key, so that every proxy of the deployment accepts it and none
// keeps it. It says who, by which log-in, since when, last seen when; what he may do is looked up at each request, so that a change of the users
// file counts at once. In its MAC goes the user's stamp, a digest of his entry: another password, role or tenant, or `disabled`, ends his sessions
// everywhere. A log-out ends one session: here at once, and at the other proxies by what Config.Ended has kept for them.
//
// # Bounds
//
// Passwords are checked one at a time for browsers in which their user has logged in before, and one at a time for all others, so that strangers keep no user out
// (hashing.go). Failures are counted by name, address or browser (limit.go), requests under way by user (underway.go): what is too much is answered 429 or 503.
// Ended sessions are remembered up to a number, and beyond it all that are as old as the oldest count as ended (revoked.go).
//
// # Forms
//
// Forms carry Token in the field csrf, scripts send it as X-Pgseal-CSRF. Requests of a script that polls carry X-Pgseal-Background, and do not
// keep a session alive.
package access
