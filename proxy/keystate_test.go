package proxy_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// SHOW pgseal.key_state tells the state of the key in every way to ask, in the order of the requests, and disturbs no pipeline or transaction.
func TestShowKeyState(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	ask := func(mode pgx.QueryExecMode, sql string) (state, since, cause, retryable string) {
		t.Helper()
		if err := conn.QueryRow(t.Context(), sql, mode).Scan(&state, &since, &cause, &retryable); err != nil {
			t.Fatalf("%s: %v", mode, err)
		}
		return state, since, cause, retryable
	}
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol} {
		for range 2 {
			s.keys.withdraw(nil)
			if state, since, cause, retryable := ask(mode, "SHOW pgseal.key_state"); state != "available" || since+cause+retryable != "" {
				t.Errorf("%s: %q %q %q %q", mode, state, since, cause, retryable)
			}
			s.keys.withdraw(denied)
			state, _, cause, retryable := ask(mode, `show "pgseal" . Key_State ; -- now`)
			if state != "key_access_denied" || cause != "the key of tenant acme is not available" || retryable != "yes" {
				t.Errorf("%s: %q %q %q", mode, state, cause, retryable)
			}
		}
	}
	c := s.dial(t)
	s.keys.withdraw(nil)
	const show = "SHOW pgseal.key_state"
	expect(t, "1 t T I", c.answers(t, 1, parse("s", show), describe('S', "s"), endSync))
	expect(t, "C T T D C T 2 D C 2 D C T C I", c.answers(t, 4, query("BEGIN"), query(show), bind("s"), execute, bind("s"), execute, endSync, query("COMMIT")))
	expect(t, "C T 22012 E 25P02 E 25P02 E C I", c.answers(t, 5, query("BEGIN"), query("SELECT 1/0"), query(show), bind("s"), execute, endSync, query("ROLLBACK")))
	if got := c.answers(t, 1, query("SELECT 1; SHOW pgseal.key_state")); !strings.Contains(got, "42704") {
		t.Errorf("beside another statement: %s", got)
	}
}
