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
//	tpcb         pgbench's own TPC-B: nothing is protected
//	passthrough  pgbench -S (one row by primary key): nothing is protected
//	read         one row with a text column of 100 bytes by primary key, in a
//	             table without sealed columns and in one where it is sealed
//	write        inserting such a row, likewise
//	rows         a result of 10,000 rows of ten such columns, of which none, one
//	             and all are sealed
//	copyin       COPY FROM STDIN of two million rows with such a column, native
//	copyout      and sealed; and COPY TO STDOUT
//
// The first two are measured in every query mode that is asked for, with TLS on
// the client's leg and without; one TLS certificate serves all ways.
//
// Latencies are those of pgbench's log. What the proxy's process used for a
// transaction (CPU of all its threads, calls of read and write, waits,
// allocations) is what it used during the run divided by the transactions,
// connecting included; usage.go says where each figure comes from.
//
// With -write the tables, the marks and a chart become performance.md and
// performance.svg.
package main
