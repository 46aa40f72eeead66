package proxy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/plan"
)

// The policy changes under a driver that keeps its statements: what was prepared before answers once with the error on which it prepares again, and
// nothing is stored in plaintext, or read sealed, from then on.
func TestPolicyChangesUnderADriver(t *testing.T) {
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe} {
		t.Run(mode.String(), func(t *testing.T) {
			s := startSafe(t)
			s.planner.SetCatalogue(s.policy(t, plan.StatePlain, "1"))
			conn := s.connect(t)
			ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
			defer stop()
			id, stale := 0, 0
			work := func() {
				t.Helper()
				id++
				title := fmt.Sprintf("canary %d", id)
				again := func(run func() error) {
					t.Helper()
					err := run()
					if code(err) == "0A000" && strings.Contains(err.Error(), "cached plan must not change result type") {
						stale++
						err = run()
					}
					if err != nil {
						t.Fatal(err)
					}
				}
				again(func() error {
					_, err := conn.Exec(ctx, "INSERT INTO matters (id, title) VALUES ($1, $2)", mode, id, title)
					return err
				})
				again(func() error {
					var got string
					err := conn.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", mode, id).Scan(&got)
					if err == nil && got != title {
						t.Errorf("read %q", got)
					}
					return err
				})
				again(func() error {
					var n int
					return conn.QueryRow(ctx, "SELECT count(*) FROM plain WHERE v = $1", mode, title).Scan(&n)
				})
			}
			work()
			work()
			for epoch, state := range []plan.ColumnState{plan.StateSealing, plan.StateSealing, plan.StatePlain, plan.StateSealing} {
				s.planner.SetCatalogue(s.policy(t, state, fmt.Sprint(epoch+2)))
				work()
				work()
				stored := s.stored(t, "title")[id-2:]
				for _, v := range stored {
					if strings.HasPrefix(v, "pgs1_") != (state != plan.StatePlain) {
						t.Errorf("%s: stored %q", state, v)
					}
				}
			}
			if mode == pgx.QueryExecModeCacheStatement && stale == 0 {
				t.Error("no statement was stale")
			}
			t.Logf("%d statements were prepared again", stale)
		})
	}
}

// What SQL has prepared is planned again where nothing changes for it, and refused where it does.
func TestPolicyChangesUnderPrepare(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "C I C I C I", c.answers(t, 3, query("PREPARE i (bigint, text) AS "+insertTitle), query("EXECUTE i (1, 'canary')"), query("PREPARE r AS SELECT title FROM matters WHERE id = $1")))
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "2"))
	expect(t, "C I T D C I", c.answers(t, 2, query("EXECUTE i (2, 'canary')"), query("EXECUTE r (2)")))
	expect(t, "2 D C I", c.answers(t, 1, bind("r", "1"), execute, endSync))
	s.planner.SetCatalogue(s.policy(t, plan.StatePlain, "3"))
	expect(t, "KP002 I", c.answers(t, 1, query("EXECUTE i (3, 'canary')")))
	expect(t, "KP002 I", c.answers(t, 1, query("EXECUTE r (2)")))
	expect(t, "0A000 I", c.answers(t, 1, bind("r", "1"), execute, endSync))
	expect(t, "C C I T D C I", c.answers(t, 2, query("DEALLOCATE i; DEALLOCATE ALL"), query("SELECT count(*) FROM matters WHERE id < 3")))
	if stored := s.stored(t, "title"); len(stored) != 2 || !strings.HasPrefix(stored[1], "pgs1_") {
		t.Errorf("stored %q", stored)
	}
}

// A catalogue that is read again, with nothing changed for a statement (as behind TRUNCATE), does not disturb it, though its description is on its way.
func TestCatalogueReadAgainInAPipeline(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "C I", c.answers(t, 1, query("INSERT INTO matters (id, title) VALUES (1, 'canary')")))
	lock, err := cluster.Conn(t, s.name, "").Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.Exec(t.Context(), "LOCK TABLE plain"); err != nil {
		t.Fatal(err)
	}
	planned := s.planner.CacheUse().Misses
	c.send(t, parse("", "SELECT count(*) FROM plain"), bind(""), execute, parse("r", "SELECT title FROM matters WHERE id = $1"), flush)
	for deadline := time.Now().Add(30 * time.Second); s.planner.CacheUse().Misses == planned; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the Parse was not planned")
		}
	}
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "1"))
	c.send(t, bind("r", "1"), execute, endSync)
	if err := lock.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	expect(t, "1 2 D C 1 2 D C I", c.told(t, 1))
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "1"))
	expect(t, "2 D C I", c.answers(t, 1, bind("r", "1"), execute, endSync))
}

// policy is a catalogue in which the columns of matters are in a state; plain is that they are not in the policy.
func (s *safe) policy(t *testing.T, state plan.ColumnState, epoch string) *plan.Catalogue {
	t.Helper()
	if state != plan.StatePlain {
		return safeCatalogue(t, s.name, state, epoch)
	}
	c := otherCatalogue()
	c.Epoch = epoch
	return c
}
