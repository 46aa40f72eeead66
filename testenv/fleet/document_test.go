package fleet

import (
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// documented are the configurations of docs/fleet.md: the tests run with what people are told to write.
type documented struct {
	haproxy string // the first block
	limits  string // of pgseal.yaml, with which proxies are restarted
	attrs   string // target_session_attrs
}

func fromDocument(t *testing.T) (d documented) {
	t.Helper()
	text, err := os.ReadFile("../../docs/fleet.md")
	if err != nil {
		t.Fatal(err)
	}
	block := func(begins, first string) string {
		_, rest, _ := strings.Cut(string(text), "```"+begins+"\n"+first)
		body, _, ended := strings.Cut(rest, "\n```")
		if !ended {
			t.Fatalf("docs/fleet.md has no block that begins with %s", first)
		}
		return first + body + "\n"
	}
	d.haproxy, d.limits = block("", "listen pgseal\n"), block("yaml", "limits: ")
	var upstream struct {
		Upstream struct {
			Attrs string `yaml:"target_session_attrs"`
		} `yaml:"upstream"`
	}
	if err := yaml.Unmarshal([]byte(block("yaml", "upstream: ")), &upstream); err != nil || upstream.Upstream.Attrs == "" {
		t.Fatalf("docs/fleet.md: no target_session_attrs, %v", err)
	}
	d.attrs = upstream.Upstream.Attrs
	return d
}
