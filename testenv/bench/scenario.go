package main

import "strings"

// The ways to the server.
const (
	direct    = "direct"
	pgbouncer = "pgbouncer"
	pgseal    = "pgseal"
)

var allWays = []string{direct, pgbouncer, pgseal}

// leg is one thing that is measured in a scenario: a script by one way.
type leg struct {
	name   string // as in the table
	way    string
	script string // "" is pgbench's own -S
}

// ratio compares two legs of a scenario.
type ratio struct{ of, to string }

// scenario is a set of legs that take turns.
type scenario struct {
	name   string
	what   string
	legs   []leg
	ratios []ratio
}

// cellBytes is the length of the column that is sealed.
const cellBytes = 100

// cellRows is how many rows the tables of scenario read have.
const cellRows = 20000

const (
	readNative  = "\\set id random(1, 20000)\nselect body from native_cells where id = :id;\n"
	readSealed  = "\\set id random(1, 20000)\nselect body from sealed_cells where id = :id;\n"
	writeNative = "\\set id random(1, 9000000000000000000)\ninsert into native_new (id, body) values (:id, :body);\n"
	writeSealed = "\\set id random(1, 9000000000000000000)\ninsert into sealed_new (id, body) values (:id, :body);\n"
)

// The names of legs that are asked for by name.
const (
	legNative = "pgseal, native column"
	legSealed = "pgseal, sealed column"
)

func allScenarios() []scenario {
	cells := func(name, what, native, sealed string) scenario {
		return scenario{name, what, []leg{
			{direct, direct, native},
			{pgbouncer, pgbouncer, native},
			{legNative, pgseal, native},
			{legSealed, pgseal, sealed},
		}, []ratio{{legSealed, legNative}, {legSealed, pgbouncer}, {legNative, pgbouncer}, {legSealed, direct}}}
	}
	return []scenario{
		{"passthrough", "select-only (pgbench -S), nothing protected", []leg{
			{direct, direct, ""}, {pgbouncer, pgbouncer, ""}, {pgseal, pgseal, ""},
		}, []ratio{{pgseal, pgbouncer}, {pgseal, direct}, {pgbouncer, direct}}},
		cells("read", "one row with a text column of 100 bytes, by primary key", readNative, readSealed),
		cells("write", "inserting a row with a text column of 100 bytes", writeNative, writeSealed),
	}
}

func scenarioNames() (names []string) {
	for _, s := range allScenarios() {
		names = append(names, s.name)
	}
	return names
}

// chosen narrows the scenarios to what the options ask for.
func (o options) chosen() (list []scenario) {
	for _, s := range allScenarios() {
		if !contains(o.scenarios, s.name) {
			continue
		}
		var legs []leg
		for _, l := range s.legs {
			if contains(o.ways, l.way) {
				legs = append(legs, l)
			}
		}
		s.legs = legs
		list = append(list, s)
	}
	return list
}

func contains(list []string, name string) bool {
	for _, l := range list {
		if l == name {
			return true
		}
	}
	return false
}

// schema creates the tables of the scenarios. In the sealed ones body is listed
// in the policy; text is sealed in place.
const schema = `
create table native_cells (id bigint primary key, body text not null);
create table sealed_cells (id bigint primary key, body text not null);
create table native_new (id bigint not null, body text not null);
create table sealed_new (id bigint not null, body text not null);
`

const policy = `version: 1
tables:
  public.sealed_cells:
    columns:
      body: {mode: randomized}
  public.sealed_new:
    columns:
      body: {mode: randomized}
`

// body is a value of the measured column.
func body() string { return strings.Repeat("legal advice, ", 8)[:cellBytes] }
