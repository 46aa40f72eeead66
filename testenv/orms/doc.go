// Package orms has object-relational mappers and query builders work with sealed columns, and writes down which of their statements are refused.
//
//	framework ── schema ──> a plain database             framework ── schema ──> another database ── pgseal init
//	          ── work ────> the plain database, again              ── work ────> relay ── pgseal ── relay ──> PostgreSQL
//	                 └──────────── step by step the same, or expected (expected.go) ─────────────┘
//
// A program in each framework (python, ruby, node, java, golang) makes the tables of a small legal product and then takes steps: it creates, reads,
// changes, joins, pages, locks, rolls back, and asks for what sealed values cannot do. It knows nothing of pgseal. Each step begins with the same rows and
// reports its result, or the SQLSTATE and the exception that reached the application; python/steps.py has the form of the report.
//
//	framework.go   the frameworks, and what a user has to know of each
//	program.go     how a program is run
//	report.go      what it reports
//	expected.go    the steps that may end otherwise with sealed columns, each with the reason and the way out
//	compare.go     two reports against each other
//	model.go       the policy
//	form.go        statements without their values
//	document.go    docs/compatibility.md
//
// go test takes the frameworks that are quick; make orms takes all, and make orms ORMSFLAGS=-write writes the document.
package orms
