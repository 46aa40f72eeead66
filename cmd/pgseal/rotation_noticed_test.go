package main

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// lines is a log that can be read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *lines) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.buf.String(), text)
}

// metric is the line of a metric, without its name.
func (d *deployment) metric(s *service, name string) string {
	d.t.Helper()
	res, err := http.Get("http://" + s.adminAddress().String() + "/metrics")
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return value
		}
	}
	return ""
}

// eventuallyTrue waits for a condition.
func eventuallyTrue(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// Each way in which a key is rotated at the KMS is noticed by the proxy itself, said once and shown until the data key is wrapped anew; where nobody may ask
// that is no error.
func TestRotationNoticed(t *testing.T) {
	d := deploy(t)
	var log lines
	s := d.serveLogged(slog.New(slog.NewTextHandler(&log, nil)), func(c *config) { c.Keys.RotationCheck = 200 * time.Millisecond })
	conn := d.connectTo(s)
	d.until(conn, "")
	const gauge = `pgseal_keys_rotated_not_rewrapped{database="dealroom"}`
	said := "made of other material now"
	status := func() *kmsMaterialView { return told[keyView](d, "key", "status", "acme").Rotation }
	settled := func(what string) {
		t.Helper()
		eventuallyTrue(t, what, func() bool {
			v := status()
			return v != nil && !v.Pending && v.Problem == "" && d.metric(s, gauge) == "0"
		})
	}
	settled("before")
	logged := 0
	noticed := func(what, how string, dated bool) {
		t.Helper()
		logged++
		eventuallyTrue(t, what, func() bool { v := status(); return v != nil && v.Pending && d.metric(s, gauge) == "1" })
		v := status()
		if v.How != how || (v.RotatedAt != nil) != dated || v.NoticedAt == nil {
			t.Errorf("%s: %+v", what, v)
		}
		if text := d.refused(exitDone, "key", "status", "acme"); !strings.Contains(text, v.sentence()) || !strings.Contains(text, "not yet re-wrapped here: pgseal key rotate acme") {
			t.Errorf("%s: the status says %s", what, text)
		}
		if r := told[reportView](d, "key", "report", "acme", "--count", "none"); r.Rotation == nil || !r.Rotation.Pending {
			t.Errorf("%s: the report says %+v", what, r.Rotation)
		}
		time.Sleep(500 * time.Millisecond) // some more questions
		if n := log.count(said); n != logged {
			t.Errorf("%s: said %d times in all, want %d", what, n, logged)
		}
		if got := told[rotationView](d, "key", "rotate", "acme"); got.Outcome != "rotated" {
			t.Errorf("%s: %+v", what, got)
		}
		settled(what + ", re-wrapped")
		d.until(conn, "")
	}

	if _, err := d.kms.Rotate(d.key); err != nil {
		t.Fatal(err)
	}
	noticed("on demand", "on demand", true)
	if _, err := d.kms.RotateAutomatically(d.key); err != nil {
		t.Fatal(err)
	}
	noticed("automatic", "automatic", true)

	deny := kmstest.Denial{Operations: []string{"DescribeKey", "ListKeyRotations"}}
	d.kms.Deny(deny)
	eventuallyTrue(t, "nobody may ask", func() bool { v := status(); return v != nil && strings.Contains(v.Problem, "kms:DescribeKey") })
	d.until(conn, "")
	d.kms.Allow(deny)
	settled("one may ask again")

	customers := d.kms.CreateKey(kmstest.KeyOptions{Account: "444455556666"})
	d.run("key", "set-arn", "acme", customers)
	settled("another account's key")
	if _, err := d.kms.Rotate(customers); err != nil {
		t.Fatal(err)
	}
	noticed("another account's, which tells no date", "", false)

	first := d.kms.CreateKey(kmstest.KeyOptions{Alias: "alias/acme"})
	alias := first[:strings.Index(first, ":key/")] + ":alias/acme"
	d.run("key", "set-arn", "acme", alias)
	settled("by an alias")
	second := d.kms.CreateKey(kmstest.KeyOptions{Alias: "alias/acme"})
	noticed("the alias moved", "manual", false)
	if v := told[admin.Tenant](d, "tenant", "show", "acme"); v.ResolvedKey != second {
		t.Errorf("%+v", v)
	}
}
