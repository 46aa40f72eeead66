package access_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestRefusalsWithoutEnd: who is refused without end fills neither the log nor the tenants' events; how much there was is told when the minute is over; and what is tried
// with somebody who is known is told of all the same.
func TestRefusalsWithoutEnd(t *testing.T) {
	d := open(t, false, nil)
	b := d.browser()
	lines := func(what string) int { return strings.Count(d.logged(), what) }
	for i := range 500 {
		if status := b.do("GET", "/api/me", nil, "Authorization", fmt.Sprintf("Bearer pgseal_%d", i)); status != http.StatusUnauthorized {
			t.Fatalf("%d", status)
		}
	}
	for range 100 {
		if status := b.do("POST", "/api/x", nil, "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
			t.Fatalf("%d", status)
		}
	}
	if n := lines("log-in refused"); n != 10 {
		t.Errorf("of 500 refused tokens %d were told of", n)
	}
	for range 30 { // an officer whom somebody guesses at, from the same address
		b.do("GET", "/api/me", nil, "Authorization", "Basic Y2Fyb2w6d3Jvbmc=") // carol:wrong
	}
	if n := strings.Count(d.logged(), "user=carol"); n != 10 {
		t.Errorf("of 30 guesses at carol's password %d were told of", n)
	}
	if kept := strings.Count(d.kept(), "log-in refused by carol"); kept != 1 {
		t.Errorf("of 30 guesses within a minute %d are in the tenant's events", kept)
	}
	if n := lines("more was refused"); n != 0 {
		t.Errorf("before the minute is over: %d lines", n)
	}
	before := len(d.logged())
	d.clock.move(time.Minute)
	if _, err := d.guard.Follow(); err != nil {
		t.Fatal(err)
	}
	if said := d.logged()[before:]; strings.Count(said, "\n") != 1 || !strings.Contains(said, `"log-in refused"=510`) || !strings.Contains(said, `"forged request refused"=100`) {
		t.Errorf("when the minute is over: %s", said)
	}
	b.do("GET", "/api/me", nil, "Authorization", "Bearer pgseal_x")
	if said := d.logged()[before:]; strings.Count(said, "\n") != 2 {
		t.Errorf("in the next minute: %s", said)
	}
}
