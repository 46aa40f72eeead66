package kmstest_test

import (
	"testing"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// TestPerKey: a fault that names a key hits no other, and requests are counted by the key that they name.
func TestPerKey(t *testing.T) {
	s := start(t, kmstest.Options{})
	bad, good := s.CreateKey(kmstest.KeyOptions{}), s.CreateKey(kmstest.KeyOptions{})
	c := as(t, s, anybody())
	control(t, s, "fault/add", `{"kind": "throttle", "operation": "Generate*", "key": "`+bad+`"}`, 200)
	wantCode(t, generate(c, bad, nil), "ThrottlingException")
	for range 2 {
		if err := generate(c, good, nil); err != nil {
			t.Errorf("the other key: %v", err)
		}
	}
	counts := s.CountsByKey("GenerateDataKey")
	if counts[good] != 2 || counts[bad] < 1 || len(counts) != 2 {
		t.Errorf("counts by key: %v", counts)
	}
	if n := control(t, s, "counts/key", `{"operation": "GenerateDataKey"}`, 200)[good]; n != float64(2) {
		t.Errorf("the control interface counts %v", n)
	}
	s.ResetCounts()
	if counts := s.CountsByKey("GenerateDataKey"); len(counts) != 0 {
		t.Errorf("after the reset: %v", counts)
	}
}
