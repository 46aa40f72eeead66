package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

const applicationDocument = "../../docs/application.md"

// listingOf is the one block of the document in that language.
func listingOf(t *testing.T, language string) string {
	t.Helper()
	text, err := os.ReadFile(applicationDocument)
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "```"+language+"\n")
	if len(blocks) != 2 {
		t.Fatalf("%d blocks of %s, want one", len(blocks)-1, language)
	}
	listing, _, _ := strings.Cut(blocks[1], "```")
	return listing
}

// TestApplicationDocumentGo: the document shows the very code of the sample application.
func TestApplicationDocumentGo(t *testing.T) {
	code, err := os.ReadFile("../dealroom/app/keyless.go")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(string(code), "\n"+listingOf(t, "go")) {
		t.Error("the listing in Go is not what cmd/dealroom/app/keyless.go is")
	}
}

// application is a small web application with a listing of the document in it.
type application struct{ name, url string }

// start starts it; it ends when its input does.
func startApplication(t *testing.T, name, dir string, source string, file string, command ...string) *application {
	t.Helper()
	path := filepath.Join(dir, file)
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, part := range command {
		command[i] = strings.ReplaceAll(part, "FILE", path)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	if name == "Node.js" {
		modules, err := exec.CommandContext(t.Context(), "../../.ci/node-modules").Output()
		if err != nil {
			t.Fatalf(".ci/node-modules: %v", err)
		}
		cmd.Env = append(cmd.Env, "NODE_PATH="+strings.TrimSpace(string(modules)))
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr := &locked{}
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		kill := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		kill.Stop()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("%s does not start: %v\n%s", name, err, stderr)
	}
	return &application{name, strings.TrimSpace(line)}
}

// get is what a page answers.
func (a *application) get(t *testing.T, page string) (status int, body string, header http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, a.url+page, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("%s: %v", a.name, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s: %v", a.name, err)
	}
	return resp.StatusCode, string(b), resp.Header
}

// until asks for the page until it answers with that status.
func (a *application) until(t *testing.T, want int) (body string, header http.Header) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		status, body, header := a.get(t, "/matters")
		if status == want {
			return body, header
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s still answers %d: %s", a.name, status, body)
		}
	}
}

// startApplications starts one of each language, on the tables of a deployment.
func startApplications(t *testing.T, d *deployment) []*application {
	source := func(file string) string {
		text, err := os.ReadFile(filepath.Join("testdata/application", file))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	dir, target := t.TempDir(), d.proxyURL()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	jdbc := "jdbc:postgresql://" + u.Host + u.Path + "?sslmode=disable&user=" + u.User.Username()
	java := listingOf(t, "java")
	imports, classes, ok := strings.Cut(java, "\n/**")
	if !ok {
		t.Fatal("the listing in Java has no comment on its class")
	}
	return []*application{
		startApplication(t, "Python", dir, listingOf(t, "python")+"\n\n"+source("app.py"), "app.py", "/usr/bin/python3", "-W", "error", "FILE", target),
		startApplication(t, "Node.js", dir, listingOf(t, "javascript")+source("app.js"), "app.js", "node", "FILE", target),
		startApplication(t, "Java", dir, imports+source("App.java")+"\n/**"+classes, "App.java",
			"java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", "/usr/share/java/postgresql.jar", "FILE", jdbc),
	}
}

// TestApplicationDocument: the listings of docs/application.md, in applications with the drivers that they name: with the key, without it, with it again;
// and an error of another kind stays one.
func TestApplicationDocument(t *testing.T) {
	if program.RaceDetector {
		t.Skip("what is tried here is programs of other languages; the proxy behind them is looked into by the tests of the proxy")
	}
	d := deploy(t)
	d.insert(d.connect(), 1, "Smith v Jones")
	all := startApplications(t, d)
	wants := func() {
		t.Helper()
		for _, a := range all {
			if body, _ := a.until(t, http.StatusOK); strings.TrimSpace(body) != "Smith v Jones" {
				t.Errorf("%s: %q", a.name, body)
			}
		}
	}
	wants()
	d.run("key", "lock", "acme")
	for _, a := range all {
		body, header := a.until(t, http.StatusServiceUnavailable)
		if body != "Your organisation's key is not available (KU009)." || header.Get("Retry-After") != "5" {
			t.Errorf("%s answers %q, Retry-After %q", a.name, body, header.Get("Retry-After"))
		}
		if status, _, _ := a.get(t, "/broken"); status != http.StatusInternalServerError {
			t.Errorf("%s answers an error of another kind with %d", a.name, status)
		}
	}
	d.run("key", "unlock", "acme")
	wants()
}
