// Package fleet runs several pgseal processes on one PostgreSQL and one KMS, and lets them have everything that can happen to a deployment: keys rotate,
// are locked, denied and given back, proxies are killed and cut off, commands die half way, policies differ, the database crashes.
//
//	clients ──▶ pgseal ──▶ relay ──▶ PostgreSQL        the checking clients note every acknowledged write, and read it back through
//	    │       pgseal ──▶ relay ──▶     ▲             another proxy; pgbench makes the noise
//	    └─────▶ pgseal ──▶ relay ──▶     │
//	               └────▶ KMS     disturbances, drawn with a seed
//
// What must hold at every moment: no wrong value, no acknowledged write lost, no plaintext stored, each refusal has a code that fits what was going
// on (weather), and after each disturbance all proxies are of one mind within seconds.
//
// `make fleet` plays for minutes, with two to five proxies, and holds besides that no proxy uses a key for longer than `pgseal key status` said.
package fleet
