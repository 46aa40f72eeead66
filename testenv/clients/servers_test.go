package clients

import (
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

var servers = flag.String("servers", "13,18", "major versions of the servers that TestServers asks, separated by commas")

// TestServers has drivers work on servers of other major versions than the one that is installed: as by themselves so through pgseal. It
// asks the oldest and the newest; make servers asks all.
func TestServers(t *testing.T) {
	if program.RaceDetector {
		t.Skip("other servers run no other code of pgseal's: runs without the race detector (make test)")
	}
	cmd := exec.Command("../../.ci/postgres-servers", strings.Split(*servers, ",")...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf(".ci/postgres-servers: %v", err)
	}
	binary := build(t)
	for line := range strings.Lines(string(out)) {
		major, bin, _ := strings.Cut(strings.TrimSpace(line), " ")
		t.Run(major, func(t *testing.T) {
			w := newWorld(t, postgres.Start(t, postgres.Options{Auth: "scram-sha-256", BinDir: bin}), binary)
			compare(t, drivers(), w.plain, w.through)
			w.wantNoPlaintext(t)
		})
	}
}

// drivers are the clients that need no program of the server's own version.
func drivers() (list []client) {
	for _, c := range all() {
		if strings.HasPrefix(c.name, "pgx") || strings.HasPrefix(c.name, "pq") || c.name == "psql" || c.name == "psycopg2" {
			list = append(list, c)
		}
	}
	return list
}
