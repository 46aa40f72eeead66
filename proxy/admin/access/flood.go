package access

import (
	"hash/maphash"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"
)

// What is told of in a minute: what goes beyond is counted, and told in one line when the minute is over. Known users have a share of their own, so that nobody can hide
// what he tries with one of them behind a flood of something else.
const (
	toldOfOne       = 10  // of one user, or one address
	toldOfStrangers = 100 // of all who are no known users
	mostUsers       = 5000
)

// flood keeps whoever is refused without end from filling the log. What it remembers is bounded.
type flood struct {
	seed maphash.Seed

	mu        sync.Mutex
	since     time.Time
	users     map[string]int
	networks  [1024]int // by a hash, as with limiter
	strangers int
	held      map[string]int // that were not told of, by kind
}

// tells whether a refusal is to be told of; the attributes are those of the line on the minute before, if there is one to be written.
func (f *flood) tells(now time.Time, e Event) (tell bool, before []slog.Attr) {
	f.mu.Lock()
	defer f.mu.Unlock()
	before = f.turn(now, false)
	if n := f.users[fold(e.User)]; e.User != "" && (n > 0 || len(f.users) < mostUsers) {
		f.users[fold(e.User)]++
		tell = n < toldOfOne
	} else if of := &f.networks[maphash.String(f.seed, network(e.Address))%uint64(len(f.networks))]; *of < toldOfOne && f.strangers < toldOfStrangers {
		*of++
		f.strangers++
		tell = true
	}
	if !tell {
		f.held[e.Kind]++
	}
	return tell, before
}

// rest is what tells gives of a minute that is over, or is taken for that.
func (f *flood) rest(now time.Time, over bool) []slog.Attr {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.turn(now, over)
}

func (f *flood) turn(now time.Time, over bool) (told []slog.Attr) {
	if !over && now.Sub(f.since) < time.Minute && !now.Before(f.since) {
		return nil
	}
	for _, kind := range slices.Sorted(maps.Keys(f.held)) {
		told = append(told, slog.Int(kind, f.held[kind]))
	}
	if told != nil {
		told = append(told, slog.Time("since", f.since))
	}
	f.since, f.users, f.networks, f.strangers, f.held = now, map[string]int{}, [1024]int{}, 0, map[string]int{}
	return told
}
