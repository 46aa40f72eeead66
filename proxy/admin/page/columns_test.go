package page_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

// TestLookPanics: a panic in a look at one database costs that part of the page, and says nothing of what it was about.
func TestLookPanics(t *testing.T) {
	s := open(t)
	olga := s.visit(t, "olga")
	s.ops.mu.Lock()
	s.ops.fail["columns"] = errors.New("cannot deal with Confidential")
	s.ops.mu.Unlock()
	status, body := olga.get("/columns")
	if status != http.StatusOK || !strings.Contains(body, "Internal error in pgseal.") || strings.Contains(body, "Confidential") {
		t.Errorf("%d:\n%s", status, body)
	}
}
