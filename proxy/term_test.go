package proxy_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/plan"
)

// Once the others wait for this proxy no more, nothing protected is sent that was planned before, whatever its form: not what was prepared, not what was
// bound. What is not protected goes on. A catalogue of the time behind it serves again.
func TestTermOver(t *testing.T) {
	s := startSafe(t)
	var now atomic.Int64
	boot := func() time.Duration { return time.Duration(now.Load()) }
	inTerm := func(epoch string) {
		c := safeCatalogue(t, s.name, plan.StateSealed, epoch)
		c.Term = plan.NewTerm(boot, time.Duration(now.Load())+10*time.Second)
		s.planner.SetCatalogue(c)
	}
	inTerm("1")
	c := s.dial(t)
	const insert = "INSERT INTO matters (id, title) VALUES ($1, $2)"
	expect(t, "C I 1 1 I C I", c.answers(t, 3, query("PREPARE e (bigint, text) AS "+insert), parse("i", insert), parse("r", "SELECT title FROM matters"), endSync, query("EXECUTE e (1, 'canary')")))
	expect(t, "2 C I", c.answers(t, 1, bind("i", "2", "canary"), execute, endSync))
	expect(t, "C T", c.answers(t, 1, query("BEGIN")))
	c.send(t, bind("i", "3", "canary"), flush)
	if typ, _, err := c.read(); typ != '2' || err != nil {
		t.Fatalf("%c, %v", typ, err)
	}
	now.Add(int64(10 * time.Second)) // the process is frozen between a Bind and its Execute
	expect(t, "KP002 E", c.answers(t, 1, execute, endSync))
	expect(t, "C I", c.answers(t, 1, query("ROLLBACK")))
	for name, refused := range map[string]pgproto3.FrontendMessage{
		"a Query": query("INSERT INTO matters (id, title) VALUES (4, 'canary')"), "EXECUTE": query("EXECUTE e (5, 'canary')"), "COPY": query("COPY matters (id, title) FROM STDIN"),
		"a read": query("SELECT title FROM matters"), "a definition": query("ALTER TABLE matters ADD COLUMN other text"),
	} {
		if got := c.answers(t, 1, refused); got != "KP002 I" {
			t.Errorf("%s: %s", name, got)
		}
	}
	expect(t, "KP002 I KP002 I", c.answers(t, 2, bind("i", "6", "canary"), execute, endSync, parse("", insert), bind("", "7", "canary"), execute, endSync))
	expect(t, "T D C I C I", c.answers(t, 2, query("SELECT 1"), query("INSERT INTO plain VALUES (1, 'v')")))
	inTerm("1")
	expect(t, "2 C I C I", c.answers(t, 2, bind("i", "8", "canary"), execute, endSync, query("INSERT INTO matters (id, title) VALUES (9, 'canary')")))
	if got := strings.Join(s.stored(t, "id::text"), " "); got != "1 2 8 9" {
		t.Errorf("stored %s", got)
	}
}
