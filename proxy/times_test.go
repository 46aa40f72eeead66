package proxy

import (
	"testing"
	"time"
)

// TestTimes: statements are timed while somebody asks, from their first message to the answer, and not else.
func TestTimes(t *testing.T) {
	var times Times
	q := newQueue()
	q.times = &times
	count := func() (n int64, slowest time.Duration) {
		for i, c := range times.Read() {
			if n += c; c > 0 {
				slowest = times.Limit(i)
			}
		}
		return n, slowest
	}
	statement := func(takes time.Duration) {
		t.Helper()
		for _, r := range []request{reqParse, reqBind, reqExecute, reqSync} {
			if _, _, err := q.push(entry{request: r}, false); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(takes)
		for range 3 {
			q.pop()
		}
		if _, err := q.resolve(end{status: 'I'}); err != nil {
			t.Fatal(err)
		}
	}
	statement(0)
	if n, _ := count(); n != 0 {
		t.Errorf("%d were timed while nobody asked", n)
	}
	enough := times.Ask()
	statement(0)
	time.Sleep(30 * time.Millisecond) // idle is no part of a statement
	statement(20 * time.Millisecond)
	if n, slowest := count(); n != 2 || slowest < 20*time.Millisecond {
		t.Errorf("%d statements, the slowest took %s", n, slowest)
	}
	enough()
	statement(0)
	if n, _ := count(); n != 2 {
		t.Errorf("%d statements were timed", n)
	}
	for _, d := range []time.Duration{0, timeFirst, time.Millisecond, time.Second, time.Hour} {
		before := times.Read()
		times.took(d)
		for i, c := range times.Read() {
			if c != before[i] && (i < timeSlots-1 && times.Limit(i) < d || i > 0 && times.Limit(i-1) > d) {
				t.Errorf("%s is in the slot up to %s", d, times.Limit(i))
			}
		}
	}
}
