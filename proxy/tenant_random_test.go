package proxy_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

var settingRuns = flag.Int("setting.runs", 60, "sessions of TestSettingAtRandom")

// settingProgram makes statements at random. What it says cannot be read is opaque.
type settingProgram struct {
	*rand.Rand
	opaque bool // some of the statements change the setting out of sight
	values int
}

func (g *settingProgram) value() string {
	g.values++
	return fmt.Sprintf("t%d", g.values)
}

// statement is one statement; simple says that it stands alone in a Query.
func (g *settingProgram) statement() string {
	savepoint := string(rune('x' + g.IntN(2)))
	switch g.IntN(24) {
	case 0, 1, 2:
		return fmt.Sprintf("SET pgseal.tenant = '%s'", g.value())
	case 3, 4, 5:
		return fmt.Sprintf("SET LOCAL pgseal.tenant = '%s'", g.value())
	case 6:
		return fmt.Sprintf("SELECT set_config('pgseal.tenant', '%s', %t)", g.value(), g.IntN(2) == 0)
	case 7:
		return []string{"RESET pgseal.tenant", "RESET ALL", "SET LOCAL pgseal.tenant TO DEFAULT", "SET pgseal.tenant = ''", "DISCARD ALL"}[g.IntN(5)]
	case 8, 9, 10:
		return "BEGIN"
	case 11, 12:
		return []string{"COMMIT", "COMMIT", "END", "COMMIT AND CHAIN"}[g.IntN(4)]
	case 13:
		return []string{"ROLLBACK", "ROLLBACK", "ABORT", "ROLLBACK AND CHAIN"}[g.IntN(4)]
	case 14, 15:
		return "SAVEPOINT " + savepoint
	case 16:
		return "RELEASE " + savepoint
	case 17, 18:
		return "ROLLBACK TO " + savepoint
	case 19:
		return "SELECT 1/0"
	case 20:
		if !g.opaque {
			return "VACUUM plain"
		}
		v := g.value()
		return []string{
			fmt.Sprintf("DO $$ BEGIN PERFORM set_config('pg' || 'seal.tenant', '%s', false); END $$", v), "CALL changes(false)", "CALL changes(true)",
			fmt.Sprintf("SELECT set_config('pgseal.tenant', lower('%s'), true)", v), "VACUUM plain",
		}[g.IntN(5)]
	}
	return oracle
}

// send puts one segment on its way: a Query with one or several statements, or a segment of the extended protocol.
func (g *settingProgram) send(p *pgconn.Pipeline) string {
	var all []string
	for range 1 + g.IntN(4) {
		all = append(all, g.statement())
	}
	for i, sql := range all {
		g.opaque = g.opaque || sql == "DISCARD ALL" || sql == "VACUUM plain" // committed at once, or not, by the server's version
		if set, ok := strings.CutPrefix(sql, "SELECT set_config('pgseal.tenant', 't"); ok && g.IntN(2) == 0 {
			number, rest, _ := strings.Cut(set, "'")
			all[i] = "SELECT set_config('pgseal.tenant', $1" + rest
			p.SendQueryParams(all[i], [][]byte{[]byte("t" + number)}, nil, nil, nil)
			continue
		}
		p.SendQueryParams(sql, nil, nil, nil, nil)
	}
	p.SendPipelineSync()
	return strings.Join(all, " > ")
}

// TestSettingAtRandom: whatever a session does, pgseal believes of the setting what the server says, or says that it does not know.
func TestSettingAtRandom(t *testing.T) {
	s := startTelling(t)
	for seed := range uint64(*settingRuns) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			g := &settingProgram{Rand: rand.New(rand.NewPCG(seed, 17)), opaque: seed%3 == 0}
			var with []string
			if seed%2 == 0 {
				with = []string{"pgseal.tenant", "start"}
			}
			conn := s.raw(t, with...)
			var log []string
			defer func() {
				if t.Failed() {
					t.Log(strings.Join(log, "\n"))
				}
			}()
			for range 60 {
				if g.IntN(2) == 0 {
					log = append(log, g.query(t, conn))
				} else {
					log = append(log, g.pipeline(t, conn)...)
				}
				g.compare(t, conn)
			}
		})
	}
}

// query sends a Query.
func (g *settingProgram) query(t *testing.T, conn *pgconn.PgConn) string {
	var all []string
	for range 1 + g.IntN(4) {
		all = append(all, g.statement())
	}
	sql := strings.Join(all, "; ")
	results, err := conn.Exec(t.Context(), sql).ReadAll()
	g.understood(t, sql, err)
	for _, r := range results {
		if len(r.FieldDescriptions) > 0 {
			judgeRows(t, r)
		}
	}
	return sql
}

// pipeline sends segments before it reads the answer to the first.
func (g *settingProgram) pipeline(t *testing.T, conn *pgconn.PgConn) (log []string) {
	p := conn.StartPipeline(t.Context())
	n := 1 + g.IntN(4)
	for range n {
		log = append(log, "> "+g.send(p))
	}
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	for n > 0 {
		result, err := p.GetResults()
		g.understood(t, strings.Join(log, "\n"), err)
		switch r := result.(type) {
		case *pgconn.ResultReader:
			if read := r.Read(); len(read.FieldDescriptions) > 0 {
				judgeRows(t, read)
			}
		case *pgconn.PipelineSync:
			n--
		}
	}
	g.understood(t, "", p.Close())
	return log
}

// understood ends the test on an error that no program can get.
func (g *settingProgram) understood(t *testing.T, sql string, err error) {
	t.Helper()
	var e *pgconn.PgError
	if err == nil {
		return
	}
	if !errors.As(err, &e) {
		t.Fatalf("%s: %v", sql, err)
	}
	switch e.Code {
	case "22012", "25P02", "25001", "25P01", "3B001", "KU010", "KP001", "2D000", "0A000", "KP002":
	default:
		t.Fatalf("%s: %v", sql, err)
	}
}

// compare asks both. A tenant that pgseal could know it has to know.
func (g *settingProgram) compare(t *testing.T, conn *pgconn.PgConn) {
	t.Helper()
	if conn.TxStatus() == 'E' {
		return
	}
	r := conn.ExecParams(t.Context(), "SELECT coalesce(current_setting('pgseal.tenant', true), '')", nil, nil, nil, nil).Read()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	truth := string(r.Rows[0][0])
	believed := askWithout(t, conn)
	if !g.opaque && truth != "" && believed != truth {
		t.Fatalf("pgseal believes %q, the server says %q", believed, truth)
	}
}
