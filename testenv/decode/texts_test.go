package decode

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/postgres"
)

// TestFailures: an error is laid at the door of the statement that it answers, at whatever message it comes.
func TestFailures(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	relay, url := Between(t, cluster.URL(cluster.NewDatabase(t), ""))
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	const divide = "select 1/$1::int"
	if _, err := conn.Prepare(t.Context(), "divide", divide); err != nil {
		t.Fatal(err)
	}
	want := []Failure{{Code: "42703", SQL: "select nothing"}, {Code: "22012", SQL: "select 1/0"}, {Code: "22012", SQL: divide}, {Code: "22P02", SQL: divide}}
	_, parse := conn.Exec(t.Context(), want[0].SQL, pgx.QueryExecModeCacheDescribe)
	_, simple := conn.Exec(t.Context(), want[1].SQL, pgx.QueryExecModeSimpleProtocol)
	_, execute := conn.Exec(t.Context(), "divide", 0)
	bind := conn.PgConn().ExecPrepared(t.Context(), "divide", [][]byte{[]byte("zero")}, nil, nil).Read().Err
	if parse == nil || simple == nil || execute == nil || bind == nil {
		t.Fatalf("no error: %v, %v, %v, %v", parse, simple, execute, bind)
	}
	got := relay.Failures()
	for i := range got {
		got[i].Message, got[i].Hint = "", ""
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
