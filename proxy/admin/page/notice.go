package page

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// notice is what became of an action: a toast where there is JavaScript, else the head of the page.
type notice struct {
	Kind        string // good, info, warn, bad
	Title       string
	Lines       []string
	Suggestions []string
}

// failed says why something was not done.
func failed(title string, err error) *notice {
	n := &notice{Kind: "bad", Title: title, Lines: []string{sentence(err.Error())}}
	if f, ok := errors.AsType[*admin.Failure](err); ok {
		n.Suggestions = f.Hints
	}
	return n
}

// sentence begins with a capital letter and ends in a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	if c := s[0]; c >= 'a' && c <= 'z' {
		s = string(c-'a'+'A') + s[1:]
	}
	switch s[len(s)-1] {
	case '.', '!', '?', ')':
		return s
	}
	return s + "."
}

// done is what an address has behind it after something was done: a word, and a mark of this session's, without which nobody believes it. Else a link could tell
// somebody that his tenant is locked.
func done(r *http.Request, word string) string {
	return "?" + url.Values{"done": {word}, "mark": {markOfDone(r, word)}}.Encode()
}

// wasDone is the word of done; empty where there is none, and where there is no session.
func wasDone(r *http.Request) string {
	q := r.URL.Query()
	word := q.Get("done")
	if access.Token(r.Context()) == "" || !hmac.Equal([]byte(q.Get("mark")), []byte(markOfDone(r, word))) {
		return ""
	}
	return word
}

func markOfDone(r *http.Request, word string) string {
	mac := hmac.New(sha256.New, []byte(access.Token(r.Context()))) // which is the session's, and goes to no address
	mac.Write([]byte("done " + word))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// outcome is what is said after a page was loaded anew because something was done: the address has the word, never the text.
func outcome(word string, k *admin.Key) *notice {
	good := func(title string, lines ...string) *notice {
		return &notice{Kind: "good", Title: title, Lines: lines}
	}
	const keep = "Previous keys must not be deleted: backups made before need them. See History."
	switch word {
	case "rotated":
		return good("Rotated", "The data key was wrapped anew, and the new wrapping opens; no value was touched.", keep)
	case "new_data_key":
		return good("Rotated, with a new data key", "Values written from now on are sealed with a new data key; older ones keep opening, deterministic columns keep theirs.", keep)
	case "nothing_to_rotate":
		return &notice{Kind: "info", Title: "Nothing to rotate", Lines: []string{nothing(k)}}
	case "cache-time":
		return good("Saved", fmt.Sprintf("The cache time is %s now. Every proxy follows within two seconds.", spelt(k.Tenant.CacheTime)))
	case "locked":
		return good("Locked", "Every proxy gives the key up within two seconds. Statements that need it fail with KU009 until the tenant is unlocked.")
	case "unlocked":
		return good("Unlocked", "The key service is asked for the key when it is next needed.")
	case "usable":
		return good("The key may be used", "The key service said yes just now. Every proxy that uses the key asks as well.")
	case "drill":
		return good("The drill has begun", "Statements that need the key fail with KU001 until it ends, by itself or when you end it.")
	case "drill-ended":
		return good("The drill is over", "The key is asked for as after a withdrawal.")
	case "proposed":
		return &notice{Kind: "info", Title: "Proposed", Lines: []string{"An officer of the tenant has to approve it. Until then nothing is changed."}}
	case "rejected":
		return &notice{Kind: "info", Title: "Rejected", Lines: []string{"Nothing was changed."}}
	case "withdrawn":
		return &notice{Kind: "info", Title: "Taken back", Lines: []string{"Nothing was changed."}}
	case "approved":
		return good("Approved and done", keep)
	case "added":
		return good("The tenant was added", "Its first data key was made, and opens. What is left: the permission check.")
	}
	return nil
}

// nothing is the answer of a rotation that was not needed, in the words of the command.
func nothing(k *admin.Key) string {
	since, material := "", k.Tenant.Material
	if k.Rotated != nil {
		since = " of " + k.Rotated.UTC().Format(time.DateOnly)
	}
	if material == "" {
		material = "-"
	}
	return fmt.Sprintf("The key service still uses the key material%s (%s).", since, material)
}
