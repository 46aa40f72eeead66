package access

import (
	"net/http"
	"path"
	"sync"
)

// mostUnderway is how many requests of one user are answered at a time, as many again that change something, and as many that lock: whoever looks at everything at
// once, or changes much that takes long, can lock still.
const mostUnderway = 8

// sortOf is what a request is counted with. No name has a blank.
func sortOf(r *http.Request) string {
	switch {
	case safeMethod(r):
		return ""
	case path.Base(r.URL.Path) == "lock":
		return " locks"
	}
	return " changes"
}

// underway counts the requests that are answered, by user.
type underway struct {
	mu sync.Mutex
	of map[string]int
}

// begin counts one of the user's, unless there are too many. end is to be called behind it.
func (u *underway) begin(name, sort string) (end func(), ok bool) {
	key := fold(name) + sort
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
