package main

import (
	"bufio"
	"io"
	"regexp"
	"strings"
)

// logLine is the first line of an entry in the server's log, whatever log_line_prefix puts in front of it.
var logLine = regexp.MustCompile(`^([^\t].*?)?\b(LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG[1-5]?|STATEMENT|DETAIL|HINT|CONTEXT|QUERY|LOCATION|BACKTRACE):  `)

// logged are the messages that a statement's text stands in. Those of Parse and Bind, which log_min_duration_statement adds, are
// left out: the Execute behind them has the same text.
var logged = regexp.MustCompile(`^(?:duration: [0-9.]+ ms  )?(statement|execute [^\n]*?): `)

// readLog reads a log in the stderr format. An entry goes on in lines that begin with a tab.
func readLog(r io.Reader, each func(statementText)) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLogLine)
	var entry strings.Builder
	flush := func() {
		if s, ok := loggedText(entry.String()); ok {
			each(s)
		}
		entry.Reset()
	}
	for in.Scan() {
		line := in.Text()
		if strings.HasPrefix(line, "\t") {
			if entry.Len() > 0 {
				entry.WriteString("\n" + line[1:])
			}
			continue
		}
		flush()
		if m := logLine.FindStringSubmatchIndex(line); m != nil && line[m[4]:m[5]] == "LOG" {
			entry.WriteString(line[m[1]:])
		}
	}
	flush()
	return in.Err()
}

// loggedText takes a statement's text out of a message.
func loggedText(message string) (statementText, bool) {
	m := logged.FindStringSubmatchIndex(message)
	if m == nil {
		return statementText{}, false
	}
	sql := strings.TrimSpace(message[m[1]:])
	return statementText{sql: []byte(sql), extended: strings.HasPrefix(message[m[2]:m[3]], "execute")}, sql != ""
}
