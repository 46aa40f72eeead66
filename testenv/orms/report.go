package orms

import (
	"fmt"
	"strings"

	"github.com/legatics/pgseal/testenv/clients"
)

// step is what a program reports of one step.
type step struct {
	name      string
	failed    bool
	result    string // of a step that did not fail
	code      string // the SQLSTATE that the application can read off the error; "none"
	exception string // its type, and its words where there is no SQLSTATE
}

func (s step) String() string {
	if s.failed {
		return "error " + s.code + " " + s.exception
	}
	return "ok " + s.result
}

// report is what a program printed.
type report struct {
	version string
	steps   []step
}

// read takes a program's lines apart.
func read(lines clients.Report) (report, error) {
	var r report
	for _, line := range lines {
		field := strings.Split(line, "\t")
		switch {
		case field[0] == "version" && len(field) == 2:
			r.version = field[1]
		case field[0] == "step" && len(field) >= 4 && field[2] == "ok":
			r.steps = append(r.steps, step{name: field[1], result: strings.Join(field[3:], "\t")})
		case field[0] == "step" && len(field) >= 5 && field[2] == "error":
			r.steps = append(r.steps, step{name: field[1], failed: true, code: field[3], exception: strings.Join(field[4:], " ")})
		default:
			return r, fmt.Errorf("not a line of a report: %q", line)
		}
	}
	if r.version == "" || len(r.steps) < minSteps {
		return r, fmt.Errorf("version %q, %d steps: that is not a whole report", r.version, len(r.steps))
	}
	return r, nil
}

// minSteps is the least that a program does.
const minSteps = 25
