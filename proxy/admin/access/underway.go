package access

import "sync"

// mostUnderway is how many requests of one user are answered at a time, and as many again that change something: whoever looks at everything at once can lock still.
const mostUnderway = 8

// underway counts the requests that are answered, by user.
type underway struct {
	mu sync.Mutex
	of map[string]int
}

// begin counts one of the user's, unless there are too many. end is to be called behind it.
func (u *underway) begin(name string, reads bool) (end func(), ok bool) {
	key := fold(name)
	if !reads {
		key += " changes" // no name has a blank
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.of[key] >= mostUnderway {
		return nil, false
	}
	u.of[key]++
	return func() { u.end(key) }, true
}

func (u *underway) end(key string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.of[key]--; u.of[key] == 0 {
		delete(u.of, key)
	}
}
