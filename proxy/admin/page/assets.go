package page

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
)

//go:embed static/page.css static/page.js static/icon.svg
var static embed.FS

// StaticPath is where the style sheet, the script and the icon lie. They hold nothing that a stranger must not see: the log-in page needs them.
const StaticPath = "/static/"

// assets are the files by name, with a mark of their contents in the address, so that browsers may keep them.
type assets struct{ marks map[string]string }

func newAssets() (*assets, error) {
	a := &assets{marks: map[string]string{}}
	return a, fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := static.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		a.marks[path.Base(name)] = hex.EncodeToString(sum[:6])
		return nil
	})
}

// address is where a file is asked for.
func (a *assets) address(name string) string { return StaticPath + name + "?" + a.marks[name] }

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	data, err := static.ReadFile("static/" + name)
	if err != nil || StaticPath+name != r.URL.Path {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}[path.Ext(name)])
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.URL.RawQuery == a.marks[name] {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	_, _ = w.Write(data)
}
