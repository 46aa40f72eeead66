package main

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestOptions(t *testing.T) {
	for _, c := range []struct {
		args string
		want string // part of what is said, "" if the options are good
	}{
		{"", ""},
		{"-rounds 2 -seconds 3 -clients 1,4 -scenario read -ways direct,pgseal -mode simple", ""},
		{"-scenario tpcb,copyin -mode simple,extended,prepared -tls off,on -clients 1,8,32,128 -copyrows 100 -write docs", ""},
		{"-rounds 0", "at least 1"},
		{"-copyrows 0", "at least 1"},
		{"-clients x", "is not a number"},
		{"-clients 0", "is not a number"},
		{"-clients 201", "is not a number from 1 to 200"},
		{"-scenario none", `"none" is none of tpcb, passthrough, read, write, rows, copyin, copyout`},
		{"-ways direct,odyssey", "is none of direct, pgbouncer, pgseal"},
		{"-mode copy", "is none of simple"},
		{"-tls off,maybe", `-tls: "maybe" is none of off, on`},
		{"-nothing", "not defined"},
		{"now", `unexpected argument "now"`},
	} {
		var said bytes.Buffer
		_, err := parseOptions(strings.Fields(c.args), &said)
		if (err == nil) != (c.want == "") || !strings.Contains(said.String(), c.want) {
			t.Errorf("%q: %v, %s", c.args, err, said.String())
		}
	}
	if code := run(t.Context(), []string{"-rounds", "-1"}, io.Discard, io.Discard); code != 2 {
		t.Errorf("exit %d for a wrong option, want 2", code)
	}
	if code := run(t.Context(), []string{"-help"}, io.Discard, io.Discard); code != 0 {
		t.Errorf("exit %d for -help, want 0", code)
	}
}

// TestSettings: pgbench's own scripts are measured in every mode, with TLS and without; the rest is not.
func TestSettings(t *testing.T) {
	o, err := parseOptions(strings.Fields("-scenario tpcb,read,rows,copyin -mode simple,prepared -tls off,on -clients 1,8"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"tpcb": {"simple, 1 client", "simple, 8 clients", "simple, 1 client, TLS", "simple, 8 clients, TLS",
			"prepared, 1 client", "prepared, 8 clients", "prepared, 1 client, TLS", "prepared, 8 clients, TLS"},
		"read":   {"prepared, 1 client", "prepared, 8 clients"},
		"rows":   {"prepared, 1 client"},
		"copyin": {"1 client"},
	}
	for _, s := range o.chosen() {
		var got []string
		for _, set := range o.settings(s) {
			got = append(got, set.String())
		}
		if !slices.Equal(got, want[s.name]) {
			t.Errorf("%s: %q, want %q", s.name, got, want[s.name])
		}
		delete(want, s.name)
	}
	if len(want) > 0 {
		t.Errorf("not chosen: %v", want)
	}
}

// TestScenarios: what a scenario names is there, and the policy and the tables
// agree.
func TestScenarios(t *testing.T) {
	var all options
	all.ways, all.scenarios, all.copyRows = allWays, scenarioNames(), 1
	for _, s := range all.chosen() {
		var names []string
		for _, l := range s.legs {
			names = append(names, l.name)
		}
		for _, q := range s.ratios {
			if !slices.Contains(names, q.of) || !slices.Contains(names, q.to) {
				t.Errorf("%s: ratio %v of legs that it does not have", s.name, q)
			}
		}
	}
	for _, f := range all.fillings() {
		if !strings.Contains(schema, "table "+f.table+" ") || strings.Contains(policy, "public."+f.table+":") != (f.way == pgseal) {
			t.Errorf("%s is not in both schema and policy", f.table)
		}
	}
	for _, m := range marks {
		if !slices.Contains(scenarioNames(), m.scenario) {
			t.Errorf("a mark for %s, which is no scenario", m.scenario)
		}
	}
	if len(body()) != cellBytes {
		t.Errorf("a value of %d bytes", len(body()))
	}
}
