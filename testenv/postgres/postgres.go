package postgres

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/cmd/cluster"
)

// Options of a cluster: see cluster.Options.
type Options = cluster.Options

// Cluster is a running PostgreSQL with what tests do with it.
type Cluster struct{ *cluster.Cluster }

// Open starts a cluster that the caller stops (Stop).
func Open(ctx context.Context, options Options) (*Cluster, error) {
	c, err := cluster.Start(ctx, options)
	if err != nil {
		return nil, err
	}
	return &Cluster{c}, nil
}

// Start starts a cluster that ends with the test.
func Start(t testing.TB, options Options) *Cluster {
	t.Helper()
	c, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("end of the server's log:\n%s", c.LogTail(40))
		}
		if err := c.Stop(); err != nil {
			t.Errorf("stopping the cluster: %v", err)
		}
	})
	return c
}

// Conn connects over TCP; an empty user is the superuser. The connection is
// closed with the test.
func (c *Cluster) Conn(t testing.TB, database, user string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.URL(database, user))
	if err != nil {
		t.Fatalf("connecting to %s as %q: %v", database, user, err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = conn.Close(ctx)
	})
	return conn
}

// NewDatabase creates an empty database with a name of its own.
func (c *Cluster) NewDatabase(t testing.TB) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	c.Exec(t, "postgres", "CREATE DATABASE "+name)
	return name
}

// Exec runs SQL text (several statements too) as the superuser on a connection
// of its own.
func (c *Cluster) Exec(t testing.TB, database, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.SocketURL(database))
	if err != nil {
		t.Fatalf("connecting to %s: %v", database, err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.PgConn().Exec(t.Context(), sql).ReadAll(); err != nil {
		t.Fatalf("%v\n%s", err, sql)
	}
}
