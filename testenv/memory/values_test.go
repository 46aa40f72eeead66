package memory

import (
	"context"
	"errors"
	"flag"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

var valueMiB = flag.Int("value", 128, "size in MiB of the value that passes; PostgreSQL takes up to 1023")

// passing is what a value of any size that is not looked into may cost, and what a client that does not read may make the program hold, in KiB.
const passing = 12 << 10

// TestLargeValues has a large value of a column that is not sealed written and read in each protocol: none of it stays in the proxy. A sealed one
// beyond the limit is refused, and the session goes on.
func TestLargeValues(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	pgseal, conn := connected(t, cluster)
	before := peak(t, pgseal.PID())
	value := make([]byte, *valueMiB<<20)
	if _, err := conn.Exec(t.Context(), "INSERT INTO files (id, content) VALUES (1, $1)", value); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeSimpleProtocol} {
		rows, err := conn.Query(t.Context(), "SELECT content FROM files", mode)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			if n := len(rows.RawValues()[0]); n < len(value) {
				t.Errorf("%s: %d bytes", mode, n)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	grown := peak(t, pgseal.PID()) - before
	t.Logf("values of %d MiB: the program has grown by %d KiB", *valueMiB, grown)
	if grown > passing && !program.RaceDetector {
		t.Errorf("the program has grown by %d KiB, at most %d are allowed", grown, passing)
	}

	_, err := conn.Exec(t.Context(), "INSERT INTO papers (id, title) VALUES (1, $1)", string(make([]byte, 65<<20)))
	var refused *pgconn.PgError
	if !errors.As(err, &refused) || refused.Code != "KP005" {
		t.Errorf("a sealed value beyond the limit: %v", err)
	}
	if _, err := conn.Exec(t.Context(), "SELECT 1"); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// TestSlowClient asks for 10 GB of rows and does not read them: the server is held back.
func TestSlowClient(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	pgseal, conn := connected(t, cluster)
	before := peak(t, pgseal.PID())
	if _, err := conn.Exec(t.Context(), "SET statement_timeout = '5s'"); err != nil {
		t.Fatal(err)
	}
	frontend := conn.PgConn().Frontend()
	frontend.SendQuery(&pgproto3.Query{String: "SELECT repeat('x', 10000) FROM generate_series(1, 1000000)"})
	if err := frontend.Flush(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	grown := peak(t, pgseal.PID()) - before
	t.Logf("a client that does not read: the program has grown by %d KiB", grown)
	if grown > passing && !program.RaceDetector {
		t.Errorf("the program has grown by %d KiB, at most %d are allowed", grown, passing)
	}
}

// connected is pgseal in front of a database with a sealed and an unsealed table, and a connection through it.
func connected(t *testing.T, cluster *postgres.Cluster) (*program.Deployment, *pgx.Conn) {
	t.Helper()
	database := cluster.NewDatabase(t)
	cluster.Exec(t, database, "CREATE TABLE papers (id bigint, title text); CREATE TABLE files (id bigint, content bytea)")
	pgseal := start(t, cluster, cluster.Address(), database)
	url, err := pgseal.URL(cluster.URL(database, ""))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		_ = conn.Close(ctx)
	})
	return pgseal, conn
}
