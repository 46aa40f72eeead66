package access

import (
	"fmt"
	"hash/maphash"
	"testing"
	"time"
)

// TestGuessingWithoutEnd: somebody with many addresses who tries names without end has everybody wait who logs in for the first time, but nobody who has logged
// in with his browser before; and what he does for one address does not count for others.
func TestGuessingWithoutEnd(t *testing.T) {
	l := &limiter{seed: maphash.MakeSeed()}
	now := time.Now()
	for i := range 200_000 {
		l.begin(now.Add(time.Duration(i)*time.Millisecond/1000), limited{fmt.Sprint("name", i), ofName}, limited{fmt.Sprint("2001:db8:0:", i%50_000, "::/64"), ofAddress})
	}
	now = now.Add(200 * time.Millisecond)
	waiting := 0
	for i := range 1000 {
		if l.begin(now, limited{fmt.Sprint("browser", i), ofDevice}) > 0 {
			waiting++ // two of them may fall on the same slots
		}
	}
	if waiting > 10 {
		t.Errorf("%d of 1000 browsers that are known have to wait", waiting)
	}
	held := 0
	for i := range 1000 {
		if l.begin(now, limited{fmt.Sprint("other", i), ofName}) > 0 {
			held++
		}
	}
	if held < 900 {
		t.Errorf("of new names %d of 1000 have to wait: the test has not filled their slots", held)
	}
}
