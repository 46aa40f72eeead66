package main

import (
	"fmt"
	"strings"
)

// cellBytes is the length of a column that is sealed.
const cellBytes = 100

// How many rows the tables of scenario read, and of scenario rows, have.
const (
	cellRows   = 20000
	resultSize = 10000
)

const (
	readNative  = "\\set id random(1, 20000)\nselect body from native_cells where id = :id;\n"
	readSealed  = "\\set id random(1, 20000)\nselect body from sealed_cells where id = :id;\n"
	writeNative = "\\set id random(1, 9000000000000000000)\ninsert into native_new (id, body) values (:id, :body);\n"
	writeSealed = "\\set id random(1, 9000000000000000000)\ninsert into sealed_new (id, body) values (:id, :body);\n"
)

const columns = "c0, c1, c2, c3, c4, c5, c6, c7, c8, c9"

func readRows(table string) string { return "select " + columns + " from " + table + ";\n" }

// schema creates the tables of the scenarios. What is sealed in them is listed
// in the policy; text is sealed in place. The tables that COPY fills are
// unlogged: what is compared is not the disk.
const schema = `
create table native_cells (id bigint primary key, body text not null);
create table sealed_cells (id bigint primary key, body text not null);
create table native_new (id bigint not null, body text not null);
create table sealed_new (id bigint not null, body text not null);
create table native_rows (c0 text, c1 text, c2 text, c3 text, c4 text, c5 text, c6 text, c7 text, c8 text, c9 text);
create table sealed_rows_1 (like native_rows);
create table sealed_rows_10 (like native_rows);
create unlogged table native_copy_in (id bigint not null, body text not null);
create unlogged table sealed_copy_in (like native_copy_in);
create unlogged table native_copy_out (like native_copy_in);
create unlogged table sealed_copy_out (like native_copy_in);
`

const policy = `version: 1
tables:
  public.sealed_cells: {columns: {body: {mode: randomized}}}
  public.sealed_new: {columns: {body: {mode: randomized}}}
  public.sealed_rows_1: {columns: {c0: {mode: randomized}}}
  public.sealed_rows_10:
    columns:
      c0: {mode: randomized}
      c1: {mode: randomized}
      c2: {mode: randomized}
      c3: {mode: randomized}
      c4: {mode: randomized}
      c5: {mode: randomized}
      c6: {mode: randomized}
      c7: {mode: randomized}
      c8: {mode: randomized}
      c9: {mode: randomized}
  public.sealed_copy_in: {columns: {body: {mode: randomized}}}
  public.sealed_copy_out: {columns: {body: {mode: randomized}}}
`

// body is a value of the measured columns.
func body() string { return strings.Repeat("legal advice, ", 8)[:cellBytes] }

// filling is a table with the rows that are copied into it before anything is
// measured, and by which way.
type filling struct {
	table string
	way   string
	row   string
	rows  int
}

// fillings are the tables that the chosen scenarios read. A table with sealed
// columns is filled by way of pgseal.
func (o options) fillings() (list []filling) {
	one, ten := fmt.Sprintf("%%d\t%s\n", body()), strings.Repeat(body()+"\t", 9)+body()+"\n"
	add := func(native, row string, rows int, sealed ...string) {
		list = append(list, filling{native, direct, row, rows})
		for _, table := range sealed {
			list = append(list, filling{table, pgseal, row, rows})
		}
	}
	for _, s := range o.chosen() {
		switch s.name {
		case "read":
			add("native_cells", one, cellRows, "sealed_cells")
		case "rows":
			add("native_rows", ten, resultSize, "sealed_rows_1", "sealed_rows_10")
		case "copyout":
			add("native_copy_out", one, o.copyRows, "sealed_copy_out")
		}
	}
	return list
}
