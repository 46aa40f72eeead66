package browser

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestBrowser: a window types, clicks, presses and reads; two windows are two people; what a page must not do is told.
// TestWaitTextSees: what is in the page, but is not to be seen, has not been waited for.
func TestWaitTextSees(t *testing.T) {
	for how, style := range map[string]string{"not shown": "display: none", "hidden": "visibility: hidden", "transparent": "opacity: 0"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte(`<!doctype html><link rel=icon href="data:,"><div id=d style="` + style + `"><p id=p>words</p></div>
<script>setTimeout(() => { document.getElementById("d").style = ""; window.seen = true }, 400)</script>`))
		}))
		t.Cleanup(server.Close)
		page := Start(t).Open(t)
		page.Goto(server.URL)
		page.WaitText("#p", "words")
		if !Eval[bool](page, "!!window.seen") {
			t.Errorf("%s: what is not to be seen was taken for seen", how)
		}
	}
}

func TestBrowser(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/bad" {
			w.Header().Set("Content-Security-Policy", "default-src 'none'")
			_, _ = w.Write([]byte(`<!doctype html><link rel=icon href="data:,"><script>document.title = "ran"</script><p id=p>bad</p>`))
			return
		}
		said := "nobody"
		if c, err := r.Cookie("name"); err == nil {
			said = c.Value
		}
		if r.Method == http.MethodPost {
			http.SetCookie(w, &http.Cookie{Name: "name", Value: r.FormValue("name")})
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		_, _ = w.Write([]byte(`<!doctype html><link rel=icon href="data:,"><p id=who>` + said + `</p><form method=post><input name=name id=n><button id=b>Go</button></form>`))
	}))
	t.Cleanup(server.Close)
	b := Start(t)
	one, two := b.Open(t), b.Open(t)
	one.Goto(server.URL)
	one.Type("#n", "anna")
	one.Click("#b")
	one.WaitText("#who", "anna")
	two.Goto(server.URL)
	two.WaitText("#who", "nobody")
	two.Press(Tab, "b", "o", "b", Enter)
	two.WaitText("#who", "bob")
	one.Clean(server.URL)
	two.Goto(server.URL + "/bad")
	two.WaitText("#p", "bad")
	two.WaitFor("document.title !== 'ran'")
	two.Script(false)
	if p := strings.Join(two.Problems(), "\n"); !strings.Contains(p, "Content Security Policy") {
		t.Errorf("nobody complained about a script in the page: %q", p)
	}
}
