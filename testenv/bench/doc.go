// Command bench compares PostgreSQL, PgBouncer and pgseal under pgbench.
//
//	go run ./testenv/bench -rounds 5 -seconds 5 -clients 1,8,32
//
// It starts its own PostgreSQL, PgBouncer (session mode) and pgseal on this
// machine. In every round each way takes its turn, in an order that is turned
// round from one round to the next, so that what disturbs the machine for a
// while disturbs all of them; the medians of the rounds are compared. Ratios are
// what lasts from one machine to another, transactions per second are not.
//
// Scenarios:
//
//	passthrough  pgbench -S (one row by primary key): nothing is protected
//	read         one row with a text column of 100 bytes by primary key, in a
//	             table without sealed columns and in one where it is sealed
//	write        inserting such a row, likewise
//
// CPU per transaction is that of the proxy's process (all its threads) divided
// by the transactions of the run, connecting included.
package main
