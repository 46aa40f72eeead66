// Package steps is what the Go programs share: the rows that each step begins with, and how a step is reported (see ../../python/steps.py).
package steps

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Ann is an address that is there.
const Ann = "ann@sealed.example"

// Empty empties the tables.
const Empty = "truncate matters, parties, documents restart identity cascade"

// Matter, Party and Document are the rows as the programs begin with them; what is nil is NULL.
type Matter struct {
	Reference, Status         string
	Title, ClientEmail, Value *string
	Opened                    *time.Time
	Confidential              bool
	Notes                     map[string]any
}

// Party is somebody who takes part in a matter.
type Party struct {
	MatterID          int
	Name, Email, Role string
}

// Document belongs to a matter.
type Document struct {
	MatterID int
	Path     string
	Pages    int
}

// Day is midnight UTC of a date.
func Day(year, month, day int) *time.Time {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return &t
}

// Matters are the first ones.
func Matters() []Matter {
	return []Matter{
		{"M-1", "open", new("privileged: Acme v. Bolt"), new(Ann), new("1250.50"), Day(2024, 2, 29), true, map[string]any{"k": "privileged: first", "n": 1}},
		{"M-2", "open", new("privileged: O'Hara \\ \"trust\" Ünï 株"), new("bob@sealed.example"), new("-3.00"), Day(2025, 1, 1), false, map[string]any{"list": []any{"privileged: list", nil, 1.5}}},
		{"M-3", "closed", new(""), new("eve@sealed.example"), nil, nil, false, nil},
	}
}

// More is a matter that is not among the first ones.
func More(n int) Matter {
	return Matter{fmt.Sprintf("M-%d", n), "new", new(fmt.Sprintf("privileged: more %d", n)), new(fmt.Sprintf("more%d@sealed.example", n)),
		new(fmt.Sprintf("%d.00", n)), Day(2026, 1, 1+n%28), n%2 == 0, map[string]any{"n": n}}
}

// Parties are the first ones.
func Parties() []Party {
	return []Party{
		{1, "privileged: Ann Acme", Ann, "client"},
		{1, "privileged: Zoe Bolt", "zoe@sealed.example", "opponent"},
		{2, "privileged: Bob O'Hara", "bob@sealed.example", "client"},
	}
}

// Documents are the first ones.
func Documents() []Document { return []Document{{1, "a.pdf", 3}, {1, "b.pdf", 10}, {2, "c.pdf", 7}} }

// Program runs steps on fresh rows each.
type Program struct{ Reset func() error }

// Version says what is at work.
func Version(text string) { fmt.Println("version\t" + text) }

// Step runs one step: its result is printed as JSON, its error as an SQLSTATE and a type.
func (p Program) Step(name string, do func() (any, error)) {
	if err := p.Reset(); err != nil {
		fmt.Fprintln(os.Stderr, name+": "+err.Error())
		os.Exit(1)
	}
	result, err := do()
	if err != nil {
		fmt.Printf("step\t%s\terror\t%s\n", name, Code(err))
		return
	}
	text, err := json.Marshal(result)
	if err != nil {
		fmt.Fprintln(os.Stderr, name+": "+err.Error())
		os.Exit(1)
	}
	fmt.Printf("step\t%s\tok\t%s\n", name, text)
}

// Code is the SQLSTATE of an error and its type; without an SQLSTATE its words too.
func Code(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return fmt.Sprintf("%s\t%T", pg.Code, err)
	}
	return fmt.Sprintf("none\t%T\t%s", err, strings.Join(strings.Fields(err.Error()), " "))
}

var query = regexp.MustCompile(`\?.*`)

// Main is a program's arguments: the URL and whether it is to make the schema.
func Main() (url string, schema bool) {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: URL schema|work")
		os.Exit(2)
	}
	return query.ReplaceAllString(os.Args[1], "?sslmode=disable"), os.Args[2] == "schema"
}

// Must ends the program on an error.
func Must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
