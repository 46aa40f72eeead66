package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// eachEvent calls a function for every event.
type eachEvent func(func(pgstore.Event) error) error

// writeEventsCSV writes events as RFC 4180 has it, with a line of names first.
func writeEventsCSV(to io.Writer, each eachEvent) error {
	w := csv.NewWriter(to)
	if err := w.Write([]string{"at", "tenant", "kind", "actor", "detail", "key", "kms_request_ids", "writer", "number", "hash"}); err != nil {
		return err
	}
	err := each(func(e pgstore.Event) error {
		v := eventViewOf(e)
		cells := []string{v.At.Format(time.RFC3339Nano), v.Tenant, v.Kind, v.Actor, v.Detail, v.Key, strings.Join(v.Requests, " "), v.Writer,
			strconv.FormatInt(v.Number, 10), v.Hash}
		for i := range cells {
			cells[i] = harmless(cells[i])
		}
		return w.Write(cells)
	})
	if err != nil {
		return err // what was gathered and not yet written is not: the reader learns of the error, and not of a file that looks whole
	}
	w.Flush()
	return w.Error()
}

// harmless is a cell that no spreadsheet takes for a formula: tenants' names, actors and ARNs are others' words. What would be one gets an apostrophe in
// front, which spreadsheets do not show.
func harmless(cell string) string {
	text := strings.TrimLeft(cell, " \u00a0\u200b\ufeff")
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\n|%") || strings.HasPrefix(text, "＝") || strings.HasPrefix(text, "＋") ||
		strings.HasPrefix(text, "－") || strings.HasPrefix(text, "＠") {
		return "'" + cell
	}
	return cell
}

// writeEventsJSON writes an array of events, one a line.
func writeEventsJSON(to io.Writer, each eachEvent) error {
	separator := "[\n"
	err := each(func(e pgstore.Event) error {
		line, err := json.Marshal(eventViewOf(e))
		if err == nil {
			_, err = io.WriteString(to, separator+"  "+string(line))
			separator = ",\n"
		}
		return err
	})
	if err != nil {
		return err
	}
	end := "\n]\n"
	if separator == "[\n" {
		end = "[]\n"
	}
	_, err = io.WriteString(to, end)
	return err
}
