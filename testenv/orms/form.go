package orms

import (
	"regexp"
	"strings"

	pgquery "github.com/pganalyze/pg_query_go/v6"
)

// maxForm is how much of a statement the document shows.
const maxForm = 220

// named are names that frameworks make anew in each run.
var named = regexp.MustCompile(`(_django_curs_|c_|response_|a)[0-9a-f]{6,}\w*|[0-9a-f]{8}_?[0-9a-f]{4}_?[0-9a-f]{4}_?[0-9a-f]{4}_?[0-9a-f]{12}`)

// form is a statement without its values, on one line.
func form(sql string) string {
	if normal, err := pgquery.Normalize(sql); err == nil {
		sql = normal
	}
	sql = strings.Join(strings.Fields(named.ReplaceAllString(sql, "…")), " ")
	if r := []rune(sql); len(r) > maxForm {
		sql = string(r[:maxForm]) + " …"
	}
	return strings.ReplaceAll(sql, "|", `\|`)
}
