// Command suites runs the tests of other people's drivers straight at a server and through pgseal, and compares what passes.
//
//	go run ./testenv/suites                   # all of them, with each policy
//	go run ./testenv/suites -suite pq -policy other
//
// The drivers' sources come from the Go module proxy, and are copied to a temporary folder, where their own tests are run. A test that passes straight at
// the server and not through pgseal is a difference; those that have to be are listed in differences.go, each with its reason. Tests that
// the suites themselves skip, for want of a server of another kind, are not looked at.
//
// Ways of being asked: none (pgseal passes the database through) and other (pgseal protects a table of the same database that the suite does
// not use, so that every statement of the suite is looked at).
package main
