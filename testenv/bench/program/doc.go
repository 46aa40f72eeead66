// Package program runs programs of the outside world for tests and benchmarks:
// pgseal itself, built from this checkout and set up as its documentation says,
// and whatever else listens on a port.
//
//	Build ── pgseal in a folder
//	Prepare ── pgseal.yaml, policy.yaml ── pgseal init ── pgseal tenant add
//	    │
//	    └── Serve ── pgseal serve ── (ready) ── Stop: SIGTERM, and it must exit 0
//
// A program started here never outlives the process that started it.
package program
