// Command regress runs PostgreSQL's own regression suite straight at a server and
// through pgseal, and compares the two outputs.
//
//	go run ./testenv/regress                   # the whole suite, with each policy
//	go run ./testenv/regress -tests boolean,copy
//
// The suite (src/test/regress of the server's source package) is fetched by
// .ci/postgres-source; the functions in C that it needs are compiled here. Each
// run has a cluster of its own, and the tests of it run in the order of
// parallel_schedule, those of one group side by side. psql prints what a test's
// file is expected to print on any server; here the judge is not that text but
// the same server asked directly, so that the version and the build of the server
// do not matter.
//
// Ways of being asked:
//
//	none    pgseal passes the database through (other_databases: pass)
//	other   pgseal protects a table of the same database that the suite does not
//	        use, so that every statement of the suite is looked at
//
// Differences that have to be are listed in differences.go, each with its reason.
package main
