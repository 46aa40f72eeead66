package access_test

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestGuessing: whoever guesses has to wait longer each time, whether or not there is such a user, and finds out no more by trying at once.
func TestGuessing(t *testing.T) {
	for _, name := range []string{"olga", "nobody"} {
		d := open(t, false, nil)
		b := d.browser()
		var waits []int
		for range 200 {
			if b.try(name, "wrong password") == http.StatusTooManyRequests {
				wait, err := strconv.Atoi(b.last.Header.Get("Retry-After"))
				if err != nil {
					t.Fatal(err)
				}
				waits = append(waits, wait)
				d.clock.move(time.Duration(wait) * time.Second)
				if len(waits) == 9 {
					break
				}
			}
		}
		if got := fmt.Sprint(waits); got != "[1 2 4 8 16 32 60 60 60]" {
			t.Errorf("%s: waits %s", name, got)
		}
		d.clock.move(16 * time.Minute)
		if status := b.try(name, "wrong password"); status != http.StatusUnauthorized {
			t.Errorf("%s: not forgotten: %d", name, status)
		}
	}
}

// TestGuessingKeepsNobodyOut: a browser in which he has logged in before is counted for itself, and not by his name.
func TestGuessingKeepsNobodyOut(t *testing.T) {
	d := open(t, false, nil)
	his := d.browser().login("carol")
	his.do("POST", "/logout", map[string][]string{"csrf": {his.me().Token}})
	attacker := d.browser()
	for range 10 {
		attacker.try("carol", "wrong password")
	}
	if status := attacker.try("carol", password); status != http.StatusTooManyRequests {
		t.Errorf("the attacker: %d", status)
	}
	for i := range 40 { // from the same address, as behind a balancer
		attacker.try(fmt.Sprint("other", i), "wrong password")
	}
	if status := attacker.try("olga", password); status != http.StatusTooManyRequests {
		t.Errorf("the attacker's address: %d", status)
	}
	his.login("carol")
}

// TestGuessingAtOnce: of many attempts at the same time no more are looked at than one after another.
func TestGuessingAtOnce(t *testing.T) {
	d := open(t, false, nil)
	var looked atomic.Int32
	var all sync.WaitGroup
	for range 40 {
		b := d.browser()
		b.form()
		all.Go(func() {
			if b.try("olga", "wrong password") == http.StatusUnauthorized {
				looked.Add(1)
			}
		})
	}
	all.Wait()
	if n := looked.Load(); n != 4 {
		t.Errorf("%d attempts were looked at, want 4", n)
	}
}

// TestGuessingManyNames: an address that tries one name after another is held back as well.
func TestGuessingManyNames(t *testing.T) {
	d := open(t, false, nil)
	b := d.browser()
	for i := range 100 {
		if b.try(fmt.Sprintf("user%d", i), "wrong password") == http.StatusTooManyRequests {
			if i < 15 {
				t.Errorf("held back after %d names", i)
			}
			return
		}
	}
	t.Error("never held back")
}
