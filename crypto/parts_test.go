package crypto

import (
	"errors"
	"slices"
	"testing"
)

func TestParts(t *testing.T) {
	// The example of the package documentation.
	encoded := appendParts(nil, "ab", "", "c")
	equalBytes(t, "parts", encoded, unhex(t, "0000000261620000000000000001"+"63"))
	parts, err := splitParts(string(encoded), 3)
	if err != nil || !slices.Equal(parts, []string{"ab", "", "c"}) {
		t.Errorf("split into %q, %v", parts, err)
	}
	if parts, err := splitParts(string(encoded), 2); !errors.Is(err, ErrMalformed) {
		t.Errorf("three parts where two are the limit: %q, %v", parts, err)
	}
	if parts, err := splitParts("", 2); err != nil || len(parts) != 0 {
		t.Errorf("no parts: %q, %v", parts, err)
	}
}
