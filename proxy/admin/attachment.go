package admin

import "net/http"

// Attachment is an answer that is kept as a file. Its headers are sent with the first of it, so that an error before that is still told as one; an error behind that has to
// break the answer off (http.ErrAbortHandler), or a file that ends too early would look whole.
type Attachment struct {
	http.ResponseWriter
	Name, Kind string

	begun bool
}

// Begun tells that something of it was sent.
func (a *Attachment) Begun() bool { return a.begun }

// Write sends a part of it.
func (a *Attachment) Write(p []byte) (int, error) {
	if !a.begun {
		a.begun = true
		a.Header().Set("Content-Type", a.Kind)
		a.Header().Set("Content-Disposition", `attachment; filename="`+a.Name+`"`)
	}
	return a.ResponseWriter.Write(p)
}
