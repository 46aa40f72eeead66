package plan

import (
	"slices"
	"strings"
)

// lesson is why something cannot be done with sealed values, and what can be done in its place.
type lesson struct {
	uses      []string // what a refusal calls it, or what that begins with
	functions []string // or the functions
	operators []string // or the operators
	why, hint string
}

// What several lessons have in common.
const (
	whyOrder   = "Sealed values have no order: the server would compare what they look like sealed."
	whyPattern = "A sealed value shows nothing of what it holds, so that the server cannot look into it."
	hintOrder  = "Fetch the rows and compare or sort the values in the application, or keep what has to be ordered in a column that is not sealed."
	hintWhole  = "Search for the whole value with = or IN in a deterministic column, or fetch the rows and search in the application."
	hintFold   = "Put normalize: [trim, lower] on a deterministic column in the policy: then = finds the value whatever its case; for parts of values, search in the application."
)

// lessons are looked through in order; the last one fits everything else.
var lessons = []lesson{
	{uses: []string{"ORDER BY", "DISTINCT ON"}, why: whyOrder,
		hint: "Leave ORDER BY out and sort the rows in the application, or order by a column that is not sealed, such as an id or a date."},
	{uses: []string{"ILIKE"}, operators: []string{"~*", "!~*"}, functions: []string{"lower", "upper", "initcap", "btrim", "ltrim", "rtrim", "casefold", "normalize"},
		why: whyPattern, hint: hintFold},
	{uses: []string{"LIKE", "SIMILAR TO"}, operators: []string{"~", "!~", "^@", "~~", "!~~"}, functions: []string{"starts_with", "strpos", "position", "regexp_matches",
		"regexp_match", "regexp_like", "regexp_count", "regexp_instr", "regexp_substr", "similarity", "word_similarity"}, why: whyPattern, hint: hintWhole},
	{uses: []string{"BETWEEN", "NOT BETWEEN", "GREATEST and LEAST"}, operators: []string{"<", ">", "<=", ">="}, why: whyOrder, hint: hintOrder},
	{functions: []string{"min", "max", "sum", "avg", "stddev", "variance", "string_agg", "array_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "mode", "percentile_cont",
		"percentile_disc", "bool_and", "bool_or", "every", "bit_and", "bit_or"},
		why:  "An aggregate computes with the values, and the server holds sealed ones only.",
		hint: "Fetch the values and aggregate in the application. count(column) works, and count(DISTINCT column) and GROUP BY on a deterministic column do."},
	{functions: []string{"row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value", "nth_value", "ntile"},
		why: "A window function passes values from row to row, where they cannot be followed.", hint: "Select the column itself and look at neighbouring rows in the application."},
	{functions: []string{"to_tsvector", "to_tsquery", "plainto_tsquery", "websearch_to_tsquery", "phraseto_tsquery", "ts_rank", "ts_headline"}, operators: []string{"@@"},
		why: whyPattern, hint: "Full-text search needs the plaintext: keep a search index of your own in the application, or leave the column unsealed."},
	{functions: []string{"to_json", "to_jsonb", "row_to_json", "json_build_object", "jsonb_build_object", "json_build_array", "jsonb_build_array", "hstore", "xmlelement", "xmlforest"},
		why: "A value inside of JSON, XML or hstore cannot be opened.", hint: "Select the columns themselves, by name. Build the JSON in the application."},
	{operators: []string{"->", "->>", "#>", "#>>", "@>", "<@", "?", "?|", "?&", "@?"}, functions: []string{"jsonb_path_query", "jsonb_path_exists", "json_extract_path", "json_extract_path_text",
		"jsonb_extract_path", "jsonb_extract_path_text", "jsonb_array_elements", "json_array_elements", "jsonb_each", "jsonb_set"},
		why: "A document is sealed as a whole, and the server cannot look into it.", hint: "Fetch the document and take its parts in the application, or keep the part that is searched for in a column of its own."},
	{operators: []string{"||"}, functions: []string{"concat", "concat_ws", "format"}, why: "A piece of a text cannot be opened once it is joined with others.",
		hint: "Select the column itself. Put the pieces together in the application."},
	{functions: []string{"date_trunc", "date_part", "extract", "age", "to_char", "make_date", "timezone"}, operators: []string{"+", "-", "*", "/", "%"},
		why: "The server would compute with sealed values.", hint: "Select the column itself and compute in the application, or keep what is computed with, such as the year, in a column that is not sealed."},
	{uses: []string{"a cast"}, why: "The server would convert the sealed value.", hint: "Select the column without a cast and convert it in the application; a cast to the column's own type can be left out."},
	{uses: []string{"COLLATE"}, why: whyOrder, hint: "Leave COLLATE out: equality of sealed values does not depend on it, and they have no order."},
	{uses: []string{"CASE", "COALESCE", "NULLIF", "a set operation", "UNION"}, why: "The result could be a sealed value or another one, and cannot be opened for certain.",
		hint: "Select the columns themselves and choose between them in the application."},
	{uses: []string{"ROW", "ARRAY", "a subquery as a value"}, why: "A value inside of a row or an array, or out of a subquery, cannot be followed to where it would be opened.",
		hint: "Select the column itself, with a join in the place of a subquery."},
	{uses: []string{"the use as a condition", "IS TRUE"}, why: "The server holds sealed values only and would take those for the condition.", hint: "Compare the column with = and a literal or parameter."},
}

// learn gives a refusal of a use the lesson that belongs to it. hint is what is said where there is none.
func learn(use, hint string) (why, way string) {
	why = "The server holds sealed values only and would work on those."
	for i := range lessons {
		if l := &lessons[i]; l.fits(use) {
			return l.why, l.hint
		}
	}
	return why, hint
}

func (l *lesson) fits(use string) bool {
	if name, ok := strings.CutPrefix(use, "the function "); ok {
		return slices.Contains(l.functions, strings.TrimSuffix(name, "()"))
	}
	if op, ok := strings.CutPrefix(use, "the operator "); ok {
		op, _, _ = strings.Cut(op, " ")
		return slices.Contains(l.operators, op)
	}
	return slices.ContainsFunc(l.uses, func(u string) bool { return use == u || strings.HasPrefix(use, u+" ") })
}

// whyStatement says why a kind of statement cannot be carried out on protected tables.
func whyStatement(what string) string {
	switch first, _, _ := strings.Cut(what, " "); {
	case strings.HasPrefix(what, "COPY with a file"):
		return "The server would read or write the file itself, past the proxy, which could neither seal nor open its values."
	case strings.HasPrefix(what, "COPY in another ENCODING"):
		return "What is sealed is UTF8, and the proxy converts nothing."
	case first == "COPY":
		return "Its condition has a literal that would have to become a parameter, and COPY takes none."
	case first == "DEALLOCATE":
		return "Only one of them can be told apart for certain."
	}
	return "Its values could not be followed to where they would be sealed or opened."
}
