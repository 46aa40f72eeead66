package plan

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// queryMaker makes random statements over the sample tables: most are valid SQL, many do with sealed columns what must not
// be done.
type queryMaker struct {
	r     *rand.Rand
	alias int
	ctes  []madeSource
}

// madeSource is something that stands in a FROM clause, with the names of its columns.
type madeSource struct {
	sql, alias string
	columns    []string
}

var madeTables = map[string][]string{
	"matters":             {"id", "title", "client_email", "value", "signed_on", "status", "owner_id"},
	"public.users":        {"id", "email", "age", "active", "permissions", "name", "phone"},
	"invitations":         {"id", "email", "note"},
	"other":               {"id", "a", "b", "x", "email", "users", "matters"},
	"archive.matters_old": {"id", "title"},
	"open_matters":        {"id", "name", "client_email", "status"},
	"public.my_matters":   {"id", "name", "up"},
	"client_counts":       {"client_email", "n"},
	"saved_matters":       {"id", "title", "client_email"},
}

func (q *queryMaker) pick(options ...string) string { return options[q.r.IntN(len(options))] }

func (q *queryMaker) tableName() string {
	return q.pick("matters", "matters", "public.users", "public.users", "invitations", "invitations", "other", "other", "archive.matters_old",
		"open_matters", "public.my_matters", "client_counts", "saved_matters")
}

// source makes an item of a FROM clause.
func (q *queryMaker) source(depth int) madeSource {
	q.alias++
	s := madeSource{alias: fmt.Sprintf("t%d", q.alias)}
	switch k := q.r.IntN(12); {
	case k > 9:
		s.sql, s.columns = q.rows()
	case k < 2 && len(q.ctes) > 0:
		c := q.ctes[q.r.IntN(len(q.ctes))]
		s.sql, s.columns = c.alias, c.columns
	case k < 5 && depth > 0:
		inner := q.query(depth - 1)
		s.sql, s.columns = "("+inner.sql+")", inner.columns
		if q.r.IntN(4) == 0 {
			s.sql = "LATERAL " + s.sql
		}
	default:
		s.sql = q.tableName()
		s.columns = madeTables[s.sql]
	}
	s.sql += " AS " + s.alias
	if q.r.IntN(5) == 0 {
		renamed := append([]string(nil), s.columns...)
		n := 1 + q.r.IntN(len(renamed))
		for i := range n {
			renamed[i] = q.pick("c1", "title", "email", "id", "zz") + fmt.Sprint(i)
		}
		s.sql += "(" + strings.Join(renamed[:n], ", ") + ")"
		s.columns = renamed
	}
	return s
}

// rows makes rows of literals, or the elements of an array.
func (q *queryMaker) rows() (sql string, columns []string) {
	cell := func() string {
		return q.pick("'lit'", "'lit'", "'lit'", "'5'", "5", "NULL", "'2020-01-01'", "'lit'::text", "'lit'::varchar(2)", "'5'::int")
	}
	switch q.r.IntN(8) {
	case 0:
		return "(SELECT unnest('{lit,NULL}'::text[]) AS email, unnest('{5,6}'::int[]) AS id)", []string{"email", "id"}
	case 1:
		return "(SELECT * FROM unnest('{lit,x}'::text[], ARRAY[5, 6]::int[]))", []string{"unnest", "unnest"}
	case 2:
		return "(SELECT " + cell() + " AS email, " + cell() + " AS title UNION ALL SELECT " + cell() + ", " + cell() + ")", []string{"email", "title"}
	}
	n := 1 + q.r.IntN(3)
	var rows []string
	for range 1 + q.r.IntN(3) {
		var cells []string
		for range n {
			cells = append(cells, cell())
		}
		rows = append(rows, "("+strings.Join(cells, ", ")+")")
	}
	return "(VALUES " + strings.Join(rows, ", ") + ")", []string{"column1", "column2", "column3"}[:n]
}

// column makes a reference to a column of one of the sources.
func (q *queryMaker) column(sources []madeSource) (sql, name string) {
	s := sources[q.r.IntN(len(sources))]
	name = s.columns[q.r.IntN(len(s.columns))]
	if q.r.IntN(6) == 0 {
		return name, name
	}
	return s.alias + "." + name, name
}

// expression makes an item of a result list.
func (q *queryMaker) expression(sources []madeSource, depth int) (sql, name string) {
	c, name := q.column(sources)
	d, _ := q.column(sources)
	switch q.r.IntN(90) {
	case 10, 11:
		return "coalesce(" + c + ", " + q.pick("'lit'", "NULL", "5", "'2020-01-01'", "'lit', "+d) + ")", ""
	case 12:
		return "CASE WHEN " + q.condition(sources, depth) + " THEN " + c + " ELSE " + q.pick("'lit'", "NULL", "'2020-01-01'") + " END" + q.pick("", "", "::text", "::varchar", "::date"), ""
	case 13:
		return "CASE " + c + " WHEN " + d + " THEN " + c + " WHEN 'lit' THEN 'lit' END", ""
	case 14:
		return "nullif(" + c + ", " + q.pick("'lit'", d, "NULL") + ")", ""
	case 15, 16:
		return c + q.pick("::text", "::varchar", "::varchar(5)", "::date", "::int", "::bigint"), name
	case 17:
		return "(SELECT " + q.pick("'lit'", c) + ")", ""
	case 18:
		return "unnest(" + q.pick("'{lit,x}'::text[]", "ARRAY['lit', 'x']", "ARRAY["+c+", 'x']", "ARRAY[5, 6]::int[]") + ")", "unnest"
	case 0:
		return q.pick("lower", "count", "max", "quote_literal", "to_json") + "(" + c + ")", ""
	case 1:
		return "coalesce(" + c + ", " + d + ")", ""
	case 2:
		return "CASE WHEN " + q.condition(sources, depth) + " THEN " + c + " ELSE " + d + " END", ""
	case 3:
		return c + q.pick("::text", " || 'x'", " IS NULL", " = "+d), ""
	case 4:
		if depth > 0 {
			return "(" + q.scalar(sources, depth-1) + ")", ""
		}
	case 5:
		return q.pick("row_to_json(", "to_jsonb(", "(") + sources[0].alias + ")", ""
	case 6:
		return "ARRAY[" + c + "]", ""
	case 7:
		return "(" + sources[0].alias + ")." + sources[0].columns[0], sources[0].columns[0]
	case 8:
		return q.pick("first_value(", "lag(", "count(") + c + ") OVER (PARTITION BY " + d + ")", ""
	case 9:
		return "'lit'", ""
	}
	return c, name
}

// scalar makes a query of one column that may refer to the sources around it.
func (q *queryMaker) scalar(outer []madeSource, depth int) string {
	s := q.source(depth)
	all := append([]madeSource{s}, outer...)
	c, _ := q.column(all)
	return "SELECT " + c + " FROM " + s.sql + " WHERE " + q.condition(all, 0) + " LIMIT 1"
}

func (q *queryMaker) condition(sources []madeSource, depth int) string {
	c, _ := q.column(sources)
	d, _ := q.column(sources)
	switch q.r.IntN(14) {
	case 0:
		if q.r.IntN(3) == 0 {
			return c + " = " + d
		}
	case 5:
		if q.r.IntN(3) == 0 {
			return q.pick("(NOT ", "(true AND ", "(") + c + q.pick(" IS TRUE", " IS NOT FALSE", "") + ")"
		}
	case 4:
		return q.pick("coalesce("+c+", 'lit')", "nullif("+c+", 'lit')", "CASE WHEN true THEN "+c+" ELSE 'lit' END", c) + q.pick(" = 'lit'", " <> "+d, " IN ('lit', 'x')", " IN (SELECT unnest('{lit,x}'::text[]))", " = coalesce("+d+", 'x')", " IN (VALUES ('lit'), ('x'))")
	case 1:
		return c + q.pick(" IS NULL", " IS NOT NULL", " = 'x'", " <> 'x'", " IN ('x', 'y')", " IS DISTINCT FROM 'x'")
	case 2:
		if depth > 0 {
			return c + " IN (" + q.scalar(sources, depth-1) + ")"
		}
	case 3:
		if depth > 0 {
			return "EXISTS (" + q.scalar(sources, depth-1) + ")"
		}
	}
	return "true"
}

// query makes a SELECT.
func (q *queryMaker) query(depth int) madeSource {
	sources := []madeSource{q.source(depth)}
	from := sources[0].sql
	for range q.r.IntN(3) {
		s := q.source(depth)
		switch q.r.IntN(9) {
		case 0:
			from += " NATURAL JOIN " + s.sql
		case 1:
			from += q.pick(" JOIN ", " LEFT JOIN ") + s.sql + " USING (" + q.pick("id", "email", "title") + ")"
		case 2:
			from += ", " + s.sql
		default:
			from += " " + q.pick("JOIN", "LEFT JOIN", "FULL JOIN") + " " + s.sql + " ON " + sources[0].alias + "." + sources[0].columns[0] + " = " + s.alias + "." + s.columns[0]
		}
		sources = append(sources, s)
	}
	out := madeSource{}
	var items []string
	for range 1 + q.r.IntN(4) {
		if q.r.IntN(6) == 0 {
			s := sources[q.r.IntN(len(sources))]
			items, out.columns = append(items, s.alias+".*"), append(out.columns, s.columns...)
			continue
		}
		sql, name := q.expression(sources, depth)
		if name == "" || q.r.IntN(3) == 0 {
			name = q.pick("title", "email", "id", "k1", "k2", "status")
			sql += " AS " + name
		}
		items, out.columns = append(items, sql), append(out.columns, name)
	}
	distinct := ""
	if q.r.IntN(8) == 0 {
		distinct = q.pick("DISTINCT ", "DISTINCT ON ("+out.columns[0]+") ")
	}
	out.sql = "SELECT " + distinct + strings.Join(items, ", ") + " FROM " + from + " WHERE " + q.condition(sources, depth)
	if q.r.IntN(8) == 0 {
		c, _ := q.column(sources)
		out.sql += " ORDER BY " + q.pick(c, "1", out.columns[0])
	}
	if q.r.IntN(8) == 0 {
		c, _ := q.column(sources)
		out.sql = "SELECT " + c + ", count(*) FROM " + from + " GROUP BY " + q.pick(c, "1")
		out.columns = []string{"g", "count"}
	}
	if depth > 0 && q.r.IntN(6) == 0 {
		other := q.query(0)
		out.sql = "(" + out.sql + ") " + q.pick("UNION ALL", "UNION", "EXCEPT", "INTERSECT") + " (" + other.sql + ")"
	}
	return out
}

// statement makes a statement of any kind.
func (q *queryMaker) statement() string {
	q.alias, q.ctes = 0, nil
	if q.r.IntN(6) == 0 {
		return q.rowsWrite()
	}
	with := ""
	for i := range q.r.IntN(3) {
		c := q.query(1)
		if q.r.IntN(4) == 0 {
			c = q.write()
		}
		c.alias = q.pick("w", "matters", "x") + fmt.Sprint(i)
		if q.r.IntN(10) == 0 {
			c.alias = q.pick("matters", "other", "invitations")
		}
		with += ", " + c.alias + " AS (" + c.sql + ")"
		q.ctes = append(q.ctes, c)
	}
	if with != "" {
		with = "WITH " + with[2:] + " "
	}
	if q.r.IntN(3) == 0 {
		return with + q.write().sql
	}
	if q.r.IntN(5) == 0 {
		return with + q.merge()
	}
	return with + q.query(2).sql
}

// merge makes a MERGE.
func (q *queryMaker) merge() string {
	table := q.tableName()
	columns := madeTables[table]
	target, s := madeSource{alias: "tt", columns: columns}, q.source(1)
	if q.r.IntN(2) == 0 {
		s = madeSource{alias: "ss", columns: []string{"id", "v"}, sql: q.pick("(VALUES (1, 'lit'), (7, NULL)) AS ss(id, v)", "(SELECT 2 AS id, 'lit' AS v) AS ss")}
	}
	both := []madeSource{target, s}
	value := func() string {
		v, _ := q.column(both)
		return q.pick(v, v, s.alias+"."+s.columns[len(s.columns)-1], "'lit'", "DEFAULT", "NULL")
	}
	c, d := columns[q.r.IntN(len(columns))], columns[q.r.IntN(len(columns))]
	return fmt.Sprintf("MERGE INTO %s AS tt USING %s ON %s WHEN MATCHED AND %s THEN %s WHEN NOT MATCHED THEN INSERT (%s, %s) VALUES (%s, %s)", table, s.sql,
		q.pick("tt.id = "+s.alias+"."+s.columns[0], "tt."+c+" = "+s.alias+"."+s.columns[len(s.columns)-1], q.condition(both, 0)), q.condition(both, 0),
		q.pick("DELETE", "UPDATE SET "+c+" = "+value()), c, d, value(), value())
}

// rowsWrite makes a statement that writes rows of literals whose columns may have several uses.
func (q *queryMaker) rowsWrite() string {
	table, c, d := "matters", "title", "status"
	if q.r.IntN(2) == 0 {
		table, c, d = "public.users", "email", "name"
	}
	x, y, z := q.pick("a", "b", "c"), q.pick("a", "b", "c"), q.pick("a", "b", "c")
	rows := q.pick("(VALUES ('lit', 'x', NULL), ('y', 'lit', 'z'))", "unnest('{lit,x}'::text[], ARRAY['y', NULL], '{z,lit}'::text[])", "(SELECT 'lit', 'x', 'y' UNION ALL VALUES ('z', 'lit', NULL))")
	if q.r.IntN(3) == 0 {
		return fmt.Sprintf("UPDATE %s AS tt SET %s = v.%s FROM %s v(a, b, c) WHERE tt.%s <> v.%s RETURNING *", table, c, x, rows, d, y)
	}
	value := q.pick("v.%s", "v.%s::text", "v.%s::varchar(9)", "coalesce(v.%s, 'lit')", "CASE WHEN true THEN v.%s ELSE 'lit' END", "(SELECT v.%s)", "lower(v.%s)")
	end := q.pick("", "", " WHERE v."+z+" IS NOT NULL", " WHERE v."+z+" <> 'x'", " ORDER BY v."+z, " LIMIT 2", " GROUP BY 1, 2")
	return fmt.Sprintf("INSERT INTO %s AS tt (%s, %s) SELECT "+value+", v.%s FROM %s v(a, b, c)%s RETURNING *", table, c, d, x, y, rows, end)
}

// write makes an INSERT, UPDATE or DELETE, with a RETURNING list.
func (q *queryMaker) write() madeSource {
	table := q.tableName()
	columns := madeTables[table]
	c, d := columns[q.r.IntN(len(columns))], columns[q.r.IntN(len(columns))]
	target := madeSource{alias: "tt", columns: columns}
	value := func(sources []madeSource) string {
		switch q.r.IntN(7) {
		case 2:
			v, _ := q.column(sources)
			return q.pick("coalesce('lit', "+v+")", "CASE WHEN true THEN 'lit' ELSE "+v+" END", "coalesce("+v+", '5')", "nullif("+v+", 'lit')", "(CASE WHEN true THEN 'lit' ELSE NULL END)::varchar(20)")
		case 0:
			return q.pick("'lit'", "'5'", "NULL", "'2020-01-01'", "DEFAULT")
		case 1:
			return "(" + q.scalar(sources, 0) + ")"
		}
		v, _ := q.expression(sources, 1)
		return v
	}
	out := madeSource{columns: columns}
	switch q.r.IntN(5) {
	case 0:
		out.sql = fmt.Sprintf("INSERT INTO %s AS tt (%s, %s) VALUES (%s, %s)", table, c, d, q.pick("'lit'", "NULL", "'7'"), q.pick("'lit'", "DEFAULT"))
	case 1:
		out.sql = fmt.Sprintf("INSERT INTO %s AS tt (%s) %s", table, c, q.query(1).sql)
	case 2:
		s := q.source(1)
		out.sql = fmt.Sprintf("UPDATE %s AS tt SET %s = %s FROM %s WHERE %s", table, c, value([]madeSource{target, s}), s.sql, q.condition([]madeSource{target, s}, 0))
	case 3:
		s := q.source(1)
		out.sql = fmt.Sprintf("UPDATE %s AS tt SET (%s, %s) = (SELECT %s, %s FROM %s LIMIT 1)", table, c, d, s.columns[0], s.columns[len(s.columns)-1], s.sql)
	case 4:
		out.sql = fmt.Sprintf("DELETE FROM %s AS tt WHERE %s", table, q.condition([]madeSource{target}, 1))
	}
	e, _ := q.expression([]madeSource{target}, 0)
	out.sql += " RETURNING " + q.pick("*", "tt."+c, e+" AS e")
	return out
}
