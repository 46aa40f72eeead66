package main

import (
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// TestRotationsAreBounded: nobody makes data keys of his tenant without end, which all tenants' memory would be taken up by; nor keeps others from rotating theirs.
func TestRotationsAreBounded(t *testing.T) {
	now := time.Now()
	r := newRotations(func() time.Time { return now })
	acme, globex := admin.TenantRef{Database: "app", Name: "acme"}, admin.TenantRef{Database: "app", Name: "globex"}
	var end func(bool)
	begin := func(ref admin.TenantRef, newDataKey, want bool) {
		t.Helper()
		e, err := r.begin(ref, newDataKey)
		if (err == nil) != want {
			t.Fatalf("%v, want one: %v", err, want)
		}
		if err == nil {
			end = e
		}
	}
	begin(acme, true, true)
	of := end
	begin(acme, false, false) // it is under way
	begin(globex, true, true)
	end(true)
	of(false) // the key service has said no
	begin(acme, true, true)
	end(true)
	begin(acme, true, false)
	begin(acme, false, true)
	end(false)
	now = now.Add(newDataKeyPause)
	begin(acme, true, true)
	end(true)
	now = now.Add(-time.Hour) // a clock that was set back keeps nobody waiting
	begin(acme, true, true)
	end(true)
	if len(r.under) != 0 || len(r.made) != 2 {
		t.Errorf("%v %v", r.under, r.made)
	}
}
