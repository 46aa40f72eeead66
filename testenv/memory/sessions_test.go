package memory

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

var sessions = flag.Int("sessions", 2000, "how many sessions are opened; make memory opens 9,900, which 20,000 file descriptors allow")

// perSession is what an idle session may cost, in KiB of the program's resident memory, its two connections in the kernel apart.
const perSession = 40

// TestIdleSessions opens sessions that have run a statement and then say nothing.
func TestIdleSessions(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	database := cluster.NewDatabase(t)
	cluster.Exec(t, database, "CREATE TABLE papers (id bigint PRIMARY KEY, title text)")
	server, err := Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}()
	pgseal := start(t, cluster, server.Address(), database)
	before := resident(t, pgseal.PID())
	conns := make([]net.Conn, *sessions)
	defer func() {
		for _, c := range conns {
			if c != nil {
				_ = c.Close()
			}
		}
	}()
	var opening errgroup.Group
	opening.SetLimit(16)
	for i := range conns {
		opening.Go(func() (err error) {
			conns[i], err = open(pgseal.Address(), database)
			return err
		})
	}
	if err := opening.Wait(); err != nil {
		t.Fatal(err)
	}
	each := float64(resident(t, pgseal.PID())-before) / float64(len(conns))
	t.Logf("%d idle sessions, %.1f KiB each", len(conns), each)
	if each > perSession && !program.RaceDetector {
		t.Errorf("an idle session costs %.1f KiB, at most %d are allowed", each, perSession)
	}
}

// start starts pgseal in front of upstream; its own connection goes to the cluster.
func start(t *testing.T, cluster *postgres.Cluster, upstream, database string) *program.Deployment {
	t.Helper()
	binary, err := program.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d, err := program.Prepare(t.Context(), program.Options{
		Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: upstream, Database: database,
		Control: fmt.Sprintf("host=127.0.0.1 port=%d user=postgres", cluster.Port()),
		Policy:  "version: 1\ntables: {public.papers: {columns: {title: {mode: randomized}}}}\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Stop(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// open logs in and runs one statement.
func open(address, database string) (net.Conn, error) {
	c, err := net.DialTimeout("tcp", address, 10*time.Second)
	if err != nil {
		return nil, err
	}
	f := pgproto3.NewFrontend(c, c)
	f.Send(&pgproto3.StartupMessage{ProtocolVersion: pgproto3.ProtocolVersion30, Parameters: map[string]string{"user": "app", "database": database}})
	if err := errors.Join(f.Flush(), ready(f)); err != nil {
		return c, err
	}
	f.Send(&pgproto3.Query{String: "SELECT id, title FROM papers WHERE id = 1"})
	f.Send(&pgproto3.Query{String: "SELECT 1"})
	return c, errors.Join(f.Flush(), ready(f), ready(f))
}

func ready(f *pgproto3.Frontend) error {
	for {
		switch m, err := f.Receive(); m := m.(type) {
		case nil:
			return err
		case *pgproto3.ErrorResponse:
			return fmt.Errorf("%s: %s", m.Code, m.Message)
		case *pgproto3.ReadyForQuery:
			return nil
		}
	}
}
