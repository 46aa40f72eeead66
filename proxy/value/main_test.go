package value

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	_ "time/tzdata" // the same zones as in the program

	"go.uber.org/goleak"

	"github.com/legatics/pgseal/testenv/postgres"
)

// server is the real PostgreSQL that the tests of this package share. It starts with the first test that asks it.
var server struct {
	once    sync.Once
	cluster *postgres.Cluster
	err     error
}

func serverDSN(t *testing.T) string {
	t.Helper()
	server.once.Do(func() {
		server.cluster, server.err = postgres.Open(context.Background(), postgres.Options{})
	})
	if server.err != nil {
		t.Fatal(server.err)
	}
	return server.cluster.SocketURL("postgres")
}

func TestMain(m *testing.M) {
	code := m.Run()
	if server.cluster != nil {
		if err := server.cluster.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	if err := goleak.Find(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
