package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
)

// outcome is how one test ended.
type outcome struct {
	passed, skipped bool
	output          string // of a test that failed
}

// outcomes by package and test.
type outcomes map[string]outcome

// temporary is a temporary folder in the name of a test, which has another one each time.
var temporary = regexp.MustCompile(`/tmp/[A-Za-z]+[0-9]+`)

// event is what go test -json prints (go doc test2json).
type event struct {
	Action, Package, Test, Output string
}

// readOutcomes runs go test -json. That tests fail is no error; that none ran is one.
func readOutcomes(cmd *exec.Cmd) (outcomes, error) {
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	all, err := decode(pipe)
	failed := cmd.Wait()
	var exit *exec.ExitError
	switch {
	case err != nil:
		return nil, err
	case failed != nil && !errors.As(failed, &exit):
		return nil, failed
	case len(all) == 0:
		return nil, fmt.Errorf("%s: no test has run", strings.Join(cmd.Args, " "))
	}
	return all, nil
}

func decode(from io.Reader) (outcomes, error) {
	all, printed := outcomes{}, map[string]string{}
	for d := json.NewDecoder(from); ; {
		var e event
		if err := d.Decode(&e); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		name := e.Package + " " + temporary.ReplaceAllString(e.Test, "/tmp/...")
		switch {
		case e.Test == "":
		case e.Action == "output":
			printed[name] += e.Output
		case e.Action == "pass", e.Action == "skip":
			all[name] = outcome{passed: e.Action == "pass", skipped: e.Action == "skip"}
		case e.Action == "fail":
			all[name] = outcome{output: printed[name]}
		case e.Action == "run":
			all[name] = outcome{output: "the test has not ended"}
		}
	}
}

// counts says how many tests passed, failed and were skipped.
func (o outcomes) counts() string {
	passed, failed, skipped := 0, 0, 0
	for _, test := range o {
		switch {
		case test.passed:
			passed++
		case test.skipped:
			skipped++
		default:
			failed++
		}
	}
	return fmt.Sprintf("%d pass, %d fail, %d are skipped", passed, failed, skipped)
}
