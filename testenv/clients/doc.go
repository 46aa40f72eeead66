// Package clients runs the drivers and programs that people use PostgreSQL with
// against a connection URL, and has each write down what it saw: values and
// their types, command tags, counts, SQLSTATEs, the transaction's status after
// an error, and that the connection goes on working.
//
// The judge is PostgreSQL itself. The same program runs twice, once straight
// against a database whose columns have the application's types (Schema with
// Logical) and once through the proxy in front of a database that holds sealed
// columns (Schema with Sealed, Policy); the two reports must be the same, line
// by line.
//
//	pgx       each of its five ways to run a query; batches, pipelines, COPY
//	pq        github.com/lib/pq under database/sql, with binary parameters too
//	jdbc      jdbc/Client.java, in several configurations of the driver
//	psycopg2  psycopg2/client.py: values interpolated by the client
//	psycopg3  psycopg3/client.py: parameters bound by the server, libpq's pipelines
//	ruby-pg   ruby/client.rb: what ActiveRecord works on
//	node      node/client.js: node-postgres, and postgres.js, which serializes
//	          by the types that the server describes
//	psql      psql/work.sql: what the terminal prints
//	pgbench   pgbench/work.sql, in its three protocol modes
//
// Statements that the proxy refuses are apart (Refusals): straight they
// succeed, through the proxy they fail with a typed error, and in both cases the
// connection is usable afterwards.
//
// Compare and Refusals are what a test calls. The programs want Debian's
// packages (.ci/prerequisites test).
package clients
