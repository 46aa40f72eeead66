package plan

import "testing"

func TestAsksKeyState(t *testing.T) {
	for sql, want := range map[string]bool{
		"SHOW pgseal.key_state": true, "show PGSEAL . key_State ;": true, `/* x */ SHOW "pgseal"."key_state";;`: true, `SHOW "PGSEAL.key_state" -- y`: true,
		"SHOW pgseal.key_state; SELECT 1": false, "SELECT 1; SHOW pgseal.key_state": false, "SHOW key_state": false, "SHOW pgseal.tenant": false, "SHOW pgseal.key_state.x": false, "SHOW ALL": false,
		"SELECT 'pgseal.key_state'": false, "RESET pgseal.key_state": false, "SHOW": false, "SHOW pgseal.key_state 'x'": false, "key_state": false, "SHOW 'pgseal.key_state'": false, "SHOW pgseal.key_state '": false, "": false, ";": false,
	} {
		if got := AsksKeyState([]byte(sql)); got != want {
			t.Errorf("%s: %v", sql, got)
		}
	}
}
