package policy

import (
	"os"
	"strings"
	"testing"
)

// TestDocumentOfTypes: docs/types.md has every type that can be sealed, with its modes.
func TestDocumentOfTypes(t *testing.T) {
	text, err := os.ReadFile("../docs/types.md")
	if err != nil {
		t.Fatal(err)
	}
	modes := make(map[string]string) // first word of a type -> modes
	for _, line := range strings.Split(string(text), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		for _, name := range strings.FieldsFunc(cells[1], func(r rune) bool { return r == ',' || r == '/' }) {
			name, _, _ = strings.Cut(strings.TrimSpace(name), "(")
			modes[name] = cells[2]
		}
	}
	for _, name := range TypeNames() {
		typ, err := ParseType(name)
		if err != nil {
			t.Fatal(err)
		}
		m, ok := modes[name]
		if lossy := strings.Contains(m, "randomized"); !ok || lossy != (typ.Lossy() != "") {
			t.Errorf("docs/types.md says of %s: %q", name, m)
		}
	}
}
