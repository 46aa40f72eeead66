package main

import (
	"regexp"
	"strings"
)

// difference is a test whose output through pgseal has to be another. In the place of what the server says directly stands, wherever they
// differ, nothing but what adds matches: line by line, from its start.
type difference struct {
	test   string
	policy string
	adds   string
	reason string
}

// differences are all that there are.
var differences = []difference{
	{"strings", withOther,
		`ERROR:  a statement that names a protected table was not understood` +
			`|DETAIL:  It cannot be read for certain while standard_conforming_strings is, or may be, off\.` +
			`|HINT:  Set standard_conforming_strings to on`,
		"while standard_conforming_strings is off, a text with U&'' or U&\"\" can name anything, and is refused"},
	{"xmlmap", withOther,
		`ERROR:  \w+_to_xml\w*\(\) may read protected tables that the statement does not name` +
			`|DETAIL:  Which tables it reads is known to the server only\.` +
			`|HINT:  Names of protected tables have to stand in the statement itself`,
		"the functions that turn cursors, schemas and databases into XML read tables that no text names"},
}

// expected tells why the lines that a test prints through pgseal alone may be there; ok is false where one of them may not.
func expected(policy, test string, added []string) (reason string, ok bool) {
	for _, d := range differences {
		if d.test != test || d.policy != policy {
			continue
		}
		allowed := regexp.MustCompile(`^(` + d.adds + `)`)
		for _, line := range added {
			if !allowed.MatchString(line) {
				return "", false
			}
		}
		return d.reason, true
	}
	return "", false
}

// added are the lines that a unified diff adds.
func added(diff string) (lines []string) {
	for line := range strings.Lines(diff) {
		if text, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "+"); ok && !strings.HasPrefix(line, "+++ ") {
			lines = append(lines, text)
		}
	}
	return lines
}
