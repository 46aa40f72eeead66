package access

import (
	"html/template"
	"net/http"
)

// LoginPage is what a log-in page shows.
type LoginPage struct {
	Message    string // what went wrong, for people; empty at first
	Name       string // as it was typed
	Next       string // hidden field next: where to go afterwards
	CSRF       string // hidden field csrf
	Password   bool   // whether there is a form of name and password: POST /login with name, password, next, csrf
	SSO        string // what to call single sign-on, a link to /oidc/login?next=NEXT; empty: there is none
	LoggedIn   string // who is logged in already: the page offers POST /logout with csrf; empty: nobody
	EndSession string // after a log-out: where single sign-on can be ended too; empty: nowhere
}

const loginText = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Log in - pgseal</title></head>
<body>
<main>
<h1>pgseal</h1>
{{with .Message}}<p role="alert">{{.}}</p>{{end}}
{{with .EndSession}}<p><a href="{{.}}">Log out of single sign-on too</a></p>{{end}}
{{if .LoggedIn}}<p>You are logged in as {{.LoggedIn}}. <a href="{{.Next}}">Go on</a></p>
<form method="post" action="/logout"><input type="hidden" name="csrf" value="{{.CSRF}}"><button>Log out</button></form>
{{else}}{{if .Password}}<form method="post" action="/login">
<input type="hidden" name="csrf" value="{{.CSRF}}"><input type="hidden" name="next" value="{{.Next}}">
<p><label for="name">Name</label> <input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required value="{{.Name}}"></p>
<p><label for="password">Password</label> <input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button>Log in</button></p>
</form>{{end}}
{{with .SSO}}<p><a href="/oidc/login?next={{$.Next}}">{{.}}</a></p>{{end}}{{end}}
</main>
</body>
</html>
`

// plainLoginPage needs no files beside it.
func plainLoginPage(w http.ResponseWriter, _ *http.Request, status int, p LoginPage) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = template.Must(template.New("login").Parse(loginText)).Execute(w, p)
}
