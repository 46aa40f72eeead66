package main

import (
	"fmt"
	"slices"
)

// The ways to the server.
const (
	direct    = "direct"
	pgbouncer = "pgbouncer"
	pgseal    = "pgseal"
)

var allWays = []string{direct, pgbouncer, pgseal}

// leg is one thing that is measured in a scenario: some work by one way.
type leg struct {
	name string // as in the table
	way  string
	work work
}

// work is what a leg does: one of the three.
type work struct {
	builtin string // one of pgbench's own scripts
	script  string // a script for pgbench
	copy    *copying
}

// ratio compares two legs of a scenario.
type ratio struct{ of, to string }

// scenario is a set of legs that take turns.
type scenario struct {
	name    string
	what    string
	unit    string // what is counted, in the singular
	varied  bool   // measured in every mode, with TLS and without
	clients int    // not 0: as many whatever the options say
	before  string // SQL before each run, by the direct way
	legs    []leg
	ratios  []ratio
}

// usual are the scenarios that are measured if none are asked for.
var usual = []string{"passthrough", "read", "write"}

func allScenarios() []scenario {
	return []scenario{
		script("tpcb", "TPC-B as pgbench has it, nothing protected", "tpcb-like", "vacuum pgbench_branches, pgbench_tellers; truncate pgbench_history"),
		script("passthrough", "select-only (pgbench -S), nothing protected", "select-only", ""),
		row("read", "one row with a text column of 100 bytes, by primary key", "", readNative, readSealed),
		row("write", "inserting a row with a text column of 100 bytes", "truncate native_new, sealed_new", writeNative, writeSealed),
		resultRows(),
		copyScenario("copyin", "COPY FROM STDIN of rows with a text column of 100 bytes", "truncate native_copy_in, sealed_copy_in",
			copying{into: true, table: "native_copy_in"}, copying{into: true, table: "sealed_copy_in"}),
		copyScenario("copyout", "COPY TO STDOUT of rows with a text column of 100 bytes", "",
			copying{table: "native_copy_out"}, copying{table: "sealed_copy_out"}),
	}
}

// script is a scenario of one of pgbench's own scripts.
func script(name, what, builtin, before string) scenario {
	w := work{builtin: builtin}
	return scenario{name: name, what: what, unit: "transaction", varied: true, before: before,
		legs:   []leg{{direct, direct, w}, {pgbouncer, pgbouncer, w}, {pgseal, pgseal, w}},
		ratios: []ratio{{pgseal, pgbouncer}, {pgseal, direct}, {pgbouncer, direct}}}
}

// The names of legs that are asked for by name.
const (
	legNative = "pgseal, native column"
	legSealed = "pgseal, sealed column"
	legRows0  = "pgseal, 0 sealed columns"
	legRows1  = "pgseal, 1 sealed column"
	legRows10 = "pgseal, 10 sealed columns"
)

// nativeAndSealed are the legs of work in a table without sealed columns and in
// one with.
func nativeAndSealed(s scenario, native, sealed work) scenario {
	s.legs = []leg{{direct, direct, native}, {pgbouncer, pgbouncer, native}, {legNative, pgseal, native}, {legSealed, pgseal, sealed}}
	s.ratios = []ratio{{legSealed, legNative}, {legSealed, pgbouncer}, {legNative, pgbouncer}, {legSealed, direct}}
	return s
}

func row(name, what, before, native, sealed string) scenario {
	return nativeAndSealed(scenario{name: name, what: what, unit: "transaction", before: before}, work{script: native}, work{script: sealed})
}

func copyScenario(name, what, before string, native, sealed copying) scenario {
	return nativeAndSealed(scenario{name: name, what: what, unit: "row", clients: 1, before: before}, work{copy: &native}, work{copy: &sealed})
}

func resultRows() scenario {
	none, one, ten := work{script: readRows("native_rows")}, work{script: readRows("sealed_rows_1")}, work{script: readRows("sealed_rows_10")}
	return scenario{name: "rows", what: "a result of 10,000 rows of 10 text columns of 100 bytes", unit: "transaction", clients: 1,
		legs:   []leg{{direct, direct, none}, {pgbouncer, pgbouncer, none}, {legRows0, pgseal, none}, {legRows1, pgseal, one}, {legRows10, pgseal, ten}},
		ratios: []ratio{{legRows0, pgbouncer}, {legRows1, legRows0}, {legRows10, legRows0}, {legRows10, pgbouncer}}}
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
		if !slices.Contains(o.scenarios, s.name) {
			continue
		}
		s.legs = slices.DeleteFunc(s.legs, func(l leg) bool { return !slices.Contains(o.ways, l.way) })
		list = append(list, s)
	}
	return list
}

// setting is how the legs of a scenario are run.
type setting struct {
	Mode    string `json:"mode"` // pgbench's, "" for COPY
	TLS     string `json:"tls"`  // off or on
	Clients int    `json:"clients"`
}

// String is as in "prepared, 8 clients, TLS".
func (s setting) String() string {
	text := "1 client"
	if s.Clients != 1 {
		text = fmt.Sprintf("%d clients", s.Clients)
	}
	if s.Mode != "" {
		text = s.Mode + ", " + text
	}
	if s.TLS == "on" {
		text += ", TLS"
	}
	return text
}

// Short is as in "8, TLS".
func (s setting) Short() string {
	if s.TLS == "on" {
		return fmt.Sprintf("%d, TLS", s.Clients)
	}
	return fmt.Sprint(s.Clients)
}

// settings are those that the options ask of a scenario.
func (o options) settings(s scenario) (list []setting) {
	modes, tls, clients := o.modes, o.tls, o.clients
	if !s.varied {
		modes, tls = modes[len(modes)-1:], tls[:1]
	}
	if s.unit == "row" {
		modes = []string{""}
	}
	if s.clients != 0 {
		clients = []int{s.clients}
	}
	for _, mode := range modes {
		for _, t := range tls {
			for _, n := range clients {
				list = append(list, setting{mode, t, n})
			}
		}
	}
	return list
}
