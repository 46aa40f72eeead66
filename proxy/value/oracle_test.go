package value

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// oracle asks a real PostgreSQL what it makes of a value that is assigned to a column.
type oracle struct {
	t        *testing.T
	conn     *pgconn.PgConn
	prepared map[string]bool
	settings Settings
}

// verdict is the server's answer: both wire forms of what was stored, or the SQLSTATE of the refusal.
type verdict struct {
	text, binary []byte
	code         string
}

func newOracle(t *testing.T) *oracle {
	t.Helper()
	conn, err := pgconn.Connect(context.Background(), serverDSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	o := &oracle{t: t, conn: conn, prepared: map[string]bool{}}
	o.exec("set lc_messages = 'C'")
	o.set(Settings{TimeZone: "UTC", DateStyle: "ISO, MDY", ByteaOutput: "hex", Zones: new(Zones)})
	return o
}

func (o *oracle) exec(sql string) [][][]byte {
	o.t.Helper()
	results, err := o.conn.Exec(context.Background(), sql).ReadAll()
	if err != nil {
		o.t.Fatalf("%s: %v", sql, err)
	}
	if len(results) == 0 {
		return nil
	}
	return results[len(results)-1].Rows
}

// set changes the settings of the session, and those that ours goes by.
func (o *oracle) set(s Settings) {
	o.t.Helper()
	o.exec(fmt.Sprintf("set timezone = '%s'; set datestyle = '%s'; set bytea_output = '%s'; set intervalstyle = '%s'; set extra_float_digits = '%d'",
		s.TimeZone, s.DateStyle, s.ByteaOutput, s.intervalStyle(), s.extraFloatDigits()))
	s.TimeZone, s.DateStyle = o.conn.ParameterStatus("TimeZone"), o.conn.ParameterStatus("DateStyle")
	o.settings = s
}

// assign stores a value in a column of the type and reads it back in both forms.
func (o *oracle) assign(typ Type, in []byte, oid uint32, format int16) verdict {
	o.t.Helper()
	ctx := context.Background()
	table := fmt.Sprintf(`"v_%s"`, typ.Name())
	if !o.prepared[table] {
		o.exec(fmt.Sprintf("create temp table %s (v %s)", table, typ.Name()))
		o.prepared[table] = true
	}
	name := fmt.Sprintf("%s_%d", typ.Name(), oid)
	if !o.prepared[name] {
		_, err := o.conn.Prepare(ctx, name, fmt.Sprintf("insert into %s values ($1) returning v, v", table), []uint32{oid})
		if err != nil {
			return o.refusal(err)
		}
		o.prepared[name] = true
	}
	r := o.conn.ExecPrepared(ctx, name, [][]byte{in}, []int16{format}, []int16{0, 1}).Read()
	if r.Err != nil {
		return o.refusal(r.Err)
	}
	return verdict{text: r.Rows[0][0], binary: r.Rows[0][1]}
}

func (o *oracle) refusal(err error) verdict {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		o.t.Fatal(err)
	}
	return verdict{code: refused.Code}
}

// ours is what this package makes of the same value.
func (o *oracle) ours(typ Type, in []byte, oid uint32, format int16) verdict {
	o.t.Helper()
	canonical, err := typ.Canonical(nil, in, oid, format, &o.settings)
	if err != nil {
		return verdict{code: stateOf(o.t, err)}
	}
	text, err := typ.Wire(nil, canonical, formatText, &o.settings)
	if err != nil {
		o.t.Fatalf("%s: text of canonical %x: %v", typ.Name(), canonical, err)
	}
	binary, err := typ.Wire(nil, canonical, formatBinary, &o.settings)
	if err != nil {
		o.t.Fatalf("%s: binary of canonical %x: %v", typ.Name(), canonical, err)
	}
	return verdict{text: text, binary: binary}
}

func stateOf(t *testing.T, err error) string {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v is not a *value.Error", err)
	}
	return e.Code
}

func (v verdict) String() string {
	if v.code != "" {
		return "error " + v.code
	}
	return fmt.Sprintf("%q (binary %x)", clip(v.text), clip(v.binary))
}

func clip(b []byte) []byte { return b[:min(len(b), 200)] }

// compare demands the same answer from the server and from this package.
func (o *oracle) compare(typ Type, in []byte, oid uint32, format int16) {
	o.t.Helper()
	want, got := o.assign(typ, in, oid, format), o.ours(typ, in, oid, format)
	if want.String() != got.String() || string(want.text) != string(got.text) || string(want.binary) != string(got.binary) {
		o.t.Errorf("%s <- %q (type %d, format %d, %s): ours %v, the server's %v", typ.Name(), clip(in), oid, format, o.settings.TimeZone, got, want)
	}
}
