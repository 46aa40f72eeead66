package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/legatics/pgseal/proxy/plan"
)

// The forms of a file of statements.
const (
	formatSQL  = "sql"
	formatCSV  = "csv"
	formatJSON = "json"
	formatLog  = "log"
)

// statementText is one text of a file.
type statementText struct {
	sql      []byte
	extended bool  // it came as a Parse, or has parameters
	calls    int64 // 0: not counted
}

// Bounds on what is read at once.
const (
	maxStatements = 1 << 30 // bytes of a file of SQL
	maxLogLine    = 64 << 20
	lookAhead     = 64 << 10 // bytes by which the format is found out
)

func openStatements(stdin io.Reader, path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(stdin), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the statements: %w", err)
	}
	return f, nil
}

// readStatements gives each text of a file to each, and returns the format that it has been read in.
func readStatements(r io.Reader, format string, each func(statementText)) (string, error) {
	in := bufio.NewReaderSize(r, lookAhead)
	head, err := in.Peek(lookAhead)
	if err != nil && !errors.Is(err, io.EOF) {
		return format, err
	}
	if format == "" {
		format = formatOf(head)
	}
	switch format {
	case formatCSV:
		err = readCSV(in, each)
	case formatJSON:
		err = readJSON(in, each)
	case formatLog:
		err = readLog(in, each)
	default:
		err = readSQL(in, each)
	}
	return format, err
}

// formatOf finds the format out by a file's beginning.
func formatOf(head []byte) string {
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	first, _, _ := bytes.Cut(trimmed, []byte("\n"))
	switch {
	case len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '['):
		return formatJSON
	case slices.ContainsFunc(strings.Split(string(bytes.TrimSpace(first)), ","), isQueryField):
		return formatCSV
	case logLine.Match(first), logLine.Match(trimmed):
		return formatLog
	}
	return formatSQL
}

func isQueryField(s string) bool { return strings.EqualFold(strings.Trim(s, ` "`), "query") }

// parameter tells a text that can only have come as a Parse.
var parameter = regexp.MustCompile(`\$[1-9]`)

func textOf(sql []byte) statementText { return statementText{sql: sql, extended: parameter.Match(sql)} }

func readSQL(r io.Reader, each func(statementText)) error {
	src, err := io.ReadAll(io.LimitReader(r, maxStatements+1))
	if err != nil {
		return err
	}
	if len(src) > maxStatements {
		return fmt.Errorf("larger than %d bytes: split it", maxStatements)
	}
	for _, sql := range plan.Split(bytes.TrimPrefix(src, []byte("\ufeff"))) {
		each(textOf(sql))
	}
	return nil
}

// readCSV reads a table that has a column "query", and perhaps "calls".
func readCSV(r io.Reader, each func(statementText)) error {
	in := csv.NewReader(r)
	in.FieldsPerRecord, in.LazyQuotes, in.ReuseRecord = -1, true, true
	head, err := in.Read()
	if err != nil {
		return err
	}
	query := slices.IndexFunc(head, isQueryField)
	calls := slices.IndexFunc(head, func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), "calls") })
	if query < 0 {
		return errors.New(`the first line names no column "query"`)
	}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if query >= len(row) {
			continue
		}
		n := int64(0)
		if calls >= 0 && calls < len(row) {
			n, _ = strconv.ParseInt(row[calls], 10, 64) // what is no number is not counted
		}
		normalised(row[query], n, each)
	}
}

// normalised gives on a text of pg_stat_statements: literals are parameters there, so that it is planned as a Parse.
func normalised(query string, calls int64, each func(statementText)) {
	if query = strings.TrimSpace(query); query == "" || query == "<insufficient privilege>" {
		return
	}
	each(statementText{sql: []byte(strings.TrimRight(query, "; \n")), extended: true, calls: calls})
}

// readJSON reads a list, or one value after the other: strings, objects with "query", or lines of the server's own JSON log.
func readJSON(r io.Reader, each func(statementText)) error {
	in := json.NewDecoder(r)
	for {
		var v json.RawMessage
		if err := in.Decode(&v); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		values := []json.RawMessage{v}
		if v[0] == '[' {
			if err := json.Unmarshal(v, &values); err != nil {
				return err
			}
		}
		for _, one := range values {
			if err := readJSONValue(one, each); err != nil {
				return err
			}
		}
	}
}

func readJSONValue(v json.RawMessage, each func(statementText)) error {
	var text string
	if json.Unmarshal(v, &text) == nil {
		normalised(text, 0, each)
		return nil
	}
	var object struct {
		Query   *string `json:"query"`
		Calls   int64   `json:"calls"`
		Message string  `json:"message"`
	}
	if err := json.Unmarshal(v, &object); err != nil {
		return errors.New(`an entry is neither a string nor an object with a "query"`)
	}
	if object.Query != nil {
		normalised(*object.Query, object.Calls, each)
		return nil
	}
	if s, ok := loggedText(object.Message); ok {
		each(s)
	}
	return nil
}
