package proxy_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// typedValues are text forms of every type that can be sealed.
var typedValues = map[string][]string{
	"text": {"", "a", " é😀 "}, "varchar(5)": {"", "abcde", "ab   "}, "char(5)": {"", "ab", "ähöüß"}, "bpchar": {"a  ", ""},
	"bytea": {"", `\x00ff5c`, "abc"}, "smallint": {"-32768", "7"}, "integer": {"2147483647", "0"}, "bigint": {"-9223372036854775808"},
	"numeric": {"1.500", "NaN", "-Infinity", "1e50"}, "numeric(9,2)": {"12.345", "-0.001"}, "boolean": {"t", "off"},
	"date": {"2024-05-31", "0044-03-15 BC", "infinity", "5874897-12-31"}, "timestamp": {"2024-05-31 13:45:10.123456", "-infinity", "epoch"}, "timestamp(0)": {"2024-05-31 13:45:10.5"},
	"timestamptz": {"2024-05-31 13:45:10.123456+02", "2024-10-27 02:30:00", "0044-03-15 12:00:00 BC", "infinity"},
	"time":        {"13:45:10.123456", "24:00", "00:00"}, "time(0)": {"13:45:10.5"}, "timetz": {"13:45:10.5+05:45", "00:00Z", "24:00:00-15:59:59"},
	"interval": {"1 year 2 mons -3 days 04:05:06.789", "P-1Y-2M3DT-4H", "0", "@ 1 day 2 hours ago", "-00:00:00.000001", "178956970 years"}, "interval(0)": {"1.5 secs"},
	"real": {"1.5", "3.4028235e38", "1e-45", "NaN", "-Infinity", "-0", "0.1", "16777216"}, "double precision": {"0.1", "1e23", "5e-324", "1.7976931348623157e308", "NaN", "Infinity", "-0", "123456789012345680"},
	"uuid": {"{A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11}"}, "json": {` {"b":1, "a":2}`, "null"}, "jsonb": {` {"b":1, "a":2, "b":3}`, `"x"`},
	"inet": {"10.1.2.3", "10.1.2.3/8", "::ffff:1.2.3.4", "2001:db8::1/64", "::"}, "cidr": {"10.0.0.0/8", "::1", "1.2.3.4"},
	"macaddr": {"08:00:2b:01:02:03", "0800.2b01.0203"}, "macaddr8": {"08:00:2b:01:02:03", "0102030405060708"},
	"text[]": {"{}", `{a,NULL,"null","",e f,"{,}\"\\"}`, "[0:1][2:2]={{a},{b}}"}, "integer[]": {"{1,-2,NULL}", "{{1,2},{3,4}}"}, "varchar(3)[]": {"{abc,ab  }"}, "char(3)[]": {"{a,NULL}"},
	"numeric(9,2)[]": {"{1.005,NaN}"}, "timestamptz[]": {`{"2024-05-31 13:45:10+02",infinity}`}, "interval[]": {`{"1 day",-00:00:01}`}, "double precision[]": {"{0.1,NaN,-0}"}, "bytea[]": {`{"\\x00ff",NULL}`},
	"jsonb[]": {`{"{\"a\": 1}",null}`}, "boolean[]": {"{t,f}"}, "uuid[]": {"{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"}, "inet[]": {"{10.1.2.3,::1/64}"}, "date[]": {"{2024-05-31}"},
}

// typedSettings are the settings under which values are written and read.
var typedSettings = []string{
	"", "SET timezone = 'Europe/Berlin'; SET intervalstyle = 'postgres_verbose'", "SET datestyle = 'SQL, DMY'; SET intervalstyle = 'sql_standard'; SET timezone = 'America/St_Johns'",
	"SET datestyle = 'German'; SET intervalstyle = 'iso_8601'; SET timezone = '+05:45'", "SET datestyle = 'Postgres, MDY'; SET timezone = 'Asia/Kathmandu'",
}

// startTyped is a proxy in front of a table with one sealed column, v, for each type: sealed_N of the type native_N has.
func startTyped(t *testing.T, names ...string) (s *safe, types []string) {
	t.Helper()
	s = &safe{keys: newSwitchedKeys(t), name: cluster.NewDatabase(t), planner: plan.New(plan.Options{})}
	conn := cluster.Conn(t, s.name, "")
	var relations []*plan.Relation
	if len(names) == 0 {
		names = slices.Sorted(maps.Keys(typedValues))
	}
	for n, name := range names {
		typ, err := value.ParseType(name)
		if err != nil {
			t.Fatal(err)
		}
		physical := "bytea"
		if typ.TextPhysical() {
			physical = "text"
		}
		cluster.Exec(t, s.name, fmt.Sprintf("CREATE TABLE native_%d (id int, v %s); CREATE TABLE sealed_%[1]d (id int, v %[3]s)", n, name, physical))
		table := fmt.Sprintf("sealed_%d", n)
		r := &plan.Relation{Schema: "public", Name: table, Kind: 'r', Sealed: true}
		if err := conn.QueryRow(t.Context(), "SELECT $1::regclass::oid", table).Scan(&r.OID); err != nil {
			t.Fatal(err)
		}
		c := &plan.Column{Schema: "public", Table: table, Name: "v", Relation: r.OID, Attnum: 2, Sealed: true, Mode: crypto.Randomized, State: plan.StateSealed, Type: typ,
			Armoured: typ.TextPhysical(), Key: crypto.Column{ID: crypto.NewColumnID("public", table, "v"), Family: typ.Family()}}
		if typ.Deterministic() {
			c.Mode = crypto.Deterministic
		}
		oid := uint32(value.OIDBytea)
		if c.Armoured {
			oid = value.OIDText
		}
		r.Columns = []plan.Attribute{{Name: "id", Attnum: 1, TypeOID: value.OIDInt4, Typmod: -1}, {Name: "v", Attnum: 2, TypeOID: oid, Typmod: -1, Protected: c}}
		relations = append(relations, r)
	}
	catalogue := plan.NewCatalogue(1, relations, nil, nil)
	catalogue.Epoch = "1"
	s.planner.SetCatalogue(catalogue)
	s.running = start(t, proxy.Config{Databases: map[string]*proxy.Database{s.name: {Planner: s.planner, Keys: s.keys, Tenant: fixedTenant("acme")}}})
	return s, names
}

// Every value comes back from a sealed column as it comes back from a plain one: in text and binary, by the simple protocol and the
// extended one, under every setting, with the same description; whichever way it was written.
func TestSealedTypesComeBackAsFromPlainColumns(t *testing.T) {
	s, types := startTyped(t)
	for _, set := range typedSettings {
		conn := s.connect(t)
		if set != "" {
			mustExec(t, conn, set, pgx.QueryExecModeSimpleProtocol)
		}
		for n, name := range types {
			typed{t, conn, n, name}.run()
		}
	}
}

// typed is the comparison of one type's two tables in one session.
type typed struct {
	t    *testing.T
	conn *pgx.Conn
	n    int
	name string
}

func (c typed) run() {
	for _, table := range []string{"native", "sealed"} {
		c.write(table)
	}
	sql := "SELECT id, v FROM %s_%d ORDER BY id"
	for _, format := range []int16{0, 1} {
		var got [2]string
		for i, table := range []string{"native", "sealed"} {
			r := c.conn.PgConn().ExecParams(c.t.Context(), fmt.Sprintf(sql, table, c.n), nil, nil, nil, []int16{0, format}).Read()
			got[i] = described(r)
		}
		c.same(fmt.Sprintf("extended, format %d", format), got)
	}
	var got [2]string
	for i, table := range []string{"native", "sealed"} {
		results, err := c.conn.PgConn().Exec(c.t.Context(), fmt.Sprintf(sql, table, c.n)).ReadAll()
		if err != nil || len(results) != 1 {
			c.t.Fatalf("%s: %v", c.name, err)
		}
		got[i] = described(results[0])
	}
	c.same("simple", got)
}

func (c typed) same(how string, got [2]string) {
	c.t.Helper()
	if got[0] != got[1] {
		c.t.Errorf("%s, %s:\nplain  %.600s\nsealed %.600s", c.name, how, got[0], got[1])
	}
}

// described is a result with the types that it is described by.
func described(r *pgconn.Result) string {
	var b strings.Builder
	for _, f := range r.FieldDescriptions {
		fmt.Fprintf(&b, "%s %d %d %d; ", f.Name, f.DataTypeOID, f.DataTypeSize, f.TypeModifier)
	}
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "\n%q", row)
	}
	return fmt.Sprintf("%s (%v)", b.String(), r.Err)
}

// COPY takes and gives every type as from a plain table, in all three formats.
func TestSealedTypesThroughCopy(t *testing.T) {
	s, types := startTyped(t)
	conn := s.connect(t)
	mustExec(t, conn, "SET intervalstyle = 'postgres_verbose'; SET timezone = 'Europe/Berlin'", pgx.QueryExecModeSimpleProtocol)
	for n, name := range types {
		for i, v := range typedValues[name] {
			mustExec(t, conn, fmt.Sprintf("INSERT INTO native_%d VALUES (%d, '%s')", n, i, v), pgx.QueryExecModeSimpleProtocol)
		}
		mustExec(t, conn, fmt.Sprintf("INSERT INTO native_%d VALUES (-1, NULL)", n), pgx.QueryExecModeSimpleProtocol)
		for _, format := range []string{"text", "csv", "binary"} {
			mustExec(t, conn, "SET datestyle = 'ISO'", pgx.QueryExecModeSimpleProtocol) // which can be read
			rows := copied(t, conn, fmt.Sprintf("COPY native_%d TO STDOUT (FORMAT %s)", n, format))
			mustExec(t, conn, fmt.Sprintf("DELETE FROM sealed_%d", n), pgx.QueryExecModeSimpleProtocol)
			if _, err := conn.PgConn().CopyFrom(t.Context(), strings.NewReader(rows), fmt.Sprintf("COPY sealed_%d FROM STDIN (FORMAT %s)", n, format)); err != nil {
				t.Errorf("%s, %s: %v", name, format, err)
			}
			mustExec(t, conn, "SET datestyle = 'German'", pgx.QueryExecModeSimpleProtocol)
			var got [2]string
			for i, table := range []string{"native", "sealed"} {
				got[i] = copied(t, conn, fmt.Sprintf("COPY %s_%d TO STDOUT (FORMAT %s)", table, n, format))
			}
			typed{t, conn, n, name}.same(format, got)
		}
	}
}

func copied(t *testing.T, conn *pgx.Conn, sql string) string {
	t.Helper()
	var b strings.Builder
	if _, err := conn.PgConn().CopyTo(t.Context(), &b, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return b.String()
}

// Of the types whose equal values look equal, a value is found by =, IN and ANY, as literal and as parameter, and by no other that is
// merely rounded to it.
func TestDeterministicTypesAreFound(t *testing.T) {
	s, types := startTyped(t, "time", "time(0)", "inet", "cidr", "macaddr", "macaddr8", "date", "uuid", "numeric(9,2)")
	conn := s.connect(t)
	ctx, db := t.Context(), conn.PgConn()
	for n, name := range types {
		for _, v := range typedValues[name] {
			for _, table := range []string{"native", "sealed"} {
				mustExec(t, conn, fmt.Sprintf("INSERT INTO %s_%d VALUES (1, '%s')", table, n, v), pgx.QueryExecModeSimpleProtocol)
			}
		}
		for _, v := range typedValues[name] {
			for _, where := range []string{"v = '" + v + "'", "v IN ('" + v + "')", "v <> '" + v + "'", "v = ANY('{\"" + v + "\"}')", "v = $1", "v = ANY($1)", "v IS DISTINCT FROM $1"} {
				var got [2]string
				for i, table := range []string{"native", "sealed"} {
					sql := fmt.Sprintf("SELECT count(*) FROM %s_%d WHERE %s", table, n, where)
					var args [][]byte
					switch {
					case strings.Contains(where, "ANY($1)"):
						args = [][]byte{[]byte(`{"` + v + `"}`)}
					case strings.Contains(where, "$1"):
						args = [][]byte{[]byte(v)}
					}
					got[i] = described(db.ExecParams(ctx, sql, args, nil, nil, nil).Read())
				}
				typed{t, conn, n, name}.same(where, got)
			}
		}
	}
}

// A literal of any form is stored as in a plain column, or refused.
func TestLiteralsOfSealedTypes(t *testing.T) {
	forms := map[string][]string{
		"interval":         {"INTERVAL '1 day'", "interval '1' day", "'1 day'::interval", "'1.5 secs'::interval(0)", "CAST('P1D' AS interval)", "'1 day'::text"},
		"interval(0)":      {"'1.5 secs'", "'1.5 secs'::interval", "'1.5 secs'::interval(1)"},
		"time":             {"TIME '12:00'", "'12:00:00.5'::time(0)", "'12:00'::time without time zone", "time with time zone '12:00+02'"},
		"timetz":           {"'12:00+02'::timetz", "TIME WITH TIME ZONE '12:00+02'", "'12:00+02'::time with time zone"},
		"real":             {"1.5", "-1.5", "1e10", "16777217", "'1.5'::real", "'1.5'::float8", "1.5::real", "0.1::float8", "1e39", "-0.0", "99999999999999999999"},
		"double precision": {"1.5", "-1.5", "0.1", "1e400", "9007199254740993", "'1.5'::float8", "'0.1'::real", "'0.1'::float4", "1::float8", "float8 '2.5'", "'NaN'", "-0.0"},
		"char(5)":          {"'ab'", "'ab'::char(5)", "'ab  '::bpchar", "'ab'::char", "'ab'::text", "'ab'::varchar", "'abcdef'", "5", "'abcdefg'::varchar(3)"},
		"inet":             {"inet '10.0.0.1'", "'10.0.0.1/8'::inet", "'10.0.0.0/8'::cidr"}, "cidr": {"'10.0.0.1/8'::inet", "cidr '10.0.0.0/8'"}, "macaddr": {"macaddr '08002b010203'", "'08002b010203'::macaddr8"},
		"text[]":    {"'{a,b}'::text[]", "'{a}'::varchar[]", "'{a}'::text", "'{{a}}'::text[][]", "'{a}'::text[3]", "'{abc}'::varchar(2)[]", "'{}'", "NULL::text[]", "ARRAY['a']", "ARRAY[]::text[]", "'{a}'::bpchar[]"},
		"integer[]": {"'{1}'::int[]", "'{1}'::int8[]", "'{99999999999}'::int8[]", "'{1}'::smallint[]", "int[] '{1}'", "5"},
	}
	s, types := startTyped(t, slices.Sorted(maps.Keys(forms))...)
	conn := s.connect(t)
	stored := 0
	for n, name := range types {
		for id, form := range forms[name] {
			var got [2]string
			for i, table := range []string{"native", "sealed"} {
				sql := fmt.Sprintf("INSERT INTO %s_%d VALUES (%d, %s) RETURNING v", table, n, id, form)
				results, err := conn.PgConn().Exec(t.Context(), sql).ReadAll()
				if got[i] = code(err); got[i] == "" {
					got[i] = described(results[0])
				}
			}
			if !strings.HasPrefix(got[1], "KP") {
				typed{t, conn, n, name}.same(form, got)
				stored++
			}
		}
	}
	if stored < 45 {
		t.Errorf("only %d literals were not refused", stored)
	}
}

// Nothing inside a sealed array can be asked for.
func TestSealedArraysAreNotLookedInto(t *testing.T) {
	s, _ := startTyped(t, "text[]")
	conn := s.connect(t)
	mustExec(t, conn, `INSERT INTO sealed_0 VALUES (1, '{canary,b}'), (2, NULL)`, pgx.QueryExecModeSimpleProtocol)
	for _, sql := range []string{"SELECT v[1] FROM sealed_0", "SELECT unnest(v) FROM sealed_0", "SELECT id FROM sealed_0 WHERE 'b' = ANY(v)", "SELECT id FROM sealed_0 WHERE v @> '{b}'", "SELECT array_length(v, 1) FROM sealed_0",
		"SELECT id FROM sealed_0 WHERE v = '{canary,b}'", "UPDATE sealed_0 SET v[1] = 'x'", "UPDATE sealed_0 SET v = v || 'x'", "INSERT INTO sealed_0 (id, v[1]) VALUES (3, 'x')", "INSERT INTO sealed_0 VALUES (3, ARRAY['canary'])",
		"SELECT v::text FROM sealed_0", "SELECT id FROM sealed_0 ORDER BY v", "INSERT INTO sealed_0 SELECT 3, array_agg('canary'::text)", "SELECT id FROM sealed_0 WHERE v = ANY('{{canary,b}}')"} {
		if _, err := conn.Exec(t.Context(), sql, pgx.QueryExecModeSimpleProtocol); !strings.HasPrefix(code(err), "KP") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for _, sql := range []string{"INSERT INTO sealed_0 VALUES (4, '{a,b}'::text[])", "SELECT id FROM sealed_0 WHERE v IS NULL", "UPDATE sealed_0 SET v = NULL WHERE id = 4"} {
		mustExec(t, conn, sql, pgx.QueryExecModeSimpleProtocol)
	}
	var stored string
	if err := cluster.Conn(t, s.name, "").QueryRow(t.Context(), "SELECT string_agg(encode(v, 'escape'), ' ') FROM sealed_0").Scan(&stored); err != nil || strings.Contains(stored, "canary") {
		t.Errorf("stored: %q, %v", stored, err)
	}
}

// write stores each value as a literal, as a text parameter, and in binary as the plain table gives it; and a NULL.
func (c typed) write(table string) {
	c.t.Helper()
	ctx, db := c.t.Context(), c.conn.PgConn()
	mustExec(c.t, c.conn, fmt.Sprintf("DELETE FROM %s_%d", table, c.n), pgx.QueryExecModeSimpleProtocol)
	insert := fmt.Sprintf("INSERT INTO %s_%d (id, v) VALUES ($1, $2)", table, c.n)
	described, err := db.Prepare(ctx, table+c.name, insert, nil)
	if err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
	if typ, _ := value.ParseType(c.name); described.ParamOIDs[1] != typ.OID {
		c.t.Errorf("%s: the parameter of %s is described as type %d", c.name, table, described.ParamOIDs[1])
	}
	id := 0
	add := func(form []byte, format int16) {
		id++
		if r := db.ExecPrepared(ctx, table+c.name, [][]byte{fmt.Append(nil, id), form}, []int16{0, format}, nil).Read(); r.Err != nil {
			c.t.Errorf("%s, value %d of %s, format %d: %v", c.name, id, table, format, r.Err)
		}
	}
	for _, text := range typedValues[c.name] {
		id++
		literal := fmt.Sprintf("INSERT INTO %s_%d (id, v) VALUES (%d, '%s')", table, c.n, id, text)
		if _, err := db.Exec(ctx, literal).ReadAll(); err != nil {
			c.t.Errorf("%s: %v", literal, err)
		}
		add([]byte(text), 0)
	}
	binary := db.ExecParams(ctx, fmt.Sprintf("SELECT v FROM native_%d WHERE id <= $1 ORDER BY id", c.n), [][]byte{fmt.Append(nil, 2*len(typedValues[c.name]))}, nil, nil, []int16{1}).Read()
	for _, row := range binary.Rows {
		add(row[0], 1)
	}
	add(nil, 0)
	if err := db.Deallocate(ctx, table+c.name); err != nil {
		c.t.Fatal(err)
	}
}
