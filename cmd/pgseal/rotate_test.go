package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// told runs a command with --json and reads what it prints.
func told[T any](d *deployment, args ...string) (out T) {
	d.t.Helper()
	var stdout, stderr bytes.Buffer
	if code := runContext(d.t.Context(), append([]string{"pgseal"}, append(args, "--json", "--config", d.config)...), &stdout, &stderr); code != exitDone {
		d.t.Fatalf("%v: exit %d: %s", args, code, stderr.String())
	}
	if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
		d.t.Fatalf("%v: %v: %s", args, err, stdout.String())
	}
	return out
}

// refused runs a command that must fail and returns what it says.
func (d *deployment) refused(code int, args ...string) string {
	d.t.Helper()
	var out bytes.Buffer
	if got := runContext(d.t.Context(), append([]string{"pgseal"}, append(args, "--config", d.config)...), &out, &out); got != code {
		d.t.Errorf("%v: exit %d, want %d: %s", args, got, code, out.String())
	}
	return out.String()
}

// Rotation as the customer does it, while a session goes on reading and writing: nobody notices, and afterwards the former key is not needed.
func TestRotation(t *testing.T) {
	d := deploy(t)
	conn, other := d.connect(), d.connect()
	if _, err := conn.Exec(t.Context(), "INSERT INTO matters VALUES (1, 'canary')"); err != nil {
		t.Fatal(err)
	}
	stop, busy := make(chan struct{}), sync.WaitGroup{}
	busy.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			var title string
			if _, err := other.Exec(t.Context(), "UPDATE matters SET title = 'canary' WHERE id = 1"); err != nil {
				t.Error(err)
				return
			}
			if err := other.QueryRow(t.Context(), "SELECT title FROM matters WHERE id = 1").Scan(&title); err != nil || title != "canary" {
				t.Errorf("%q, %v", title, err)
				return
			}
		}
	})

	if got := told[rotationView](d, "key", "rotate", "acme"); got.Outcome != "nothing_to_rotate" || got.Since == nil {
		t.Errorf("before AWS has rotated: %+v", got)
	}
	material, err := d.kms.Rotate(d.key)
	if err != nil {
		t.Fatal(err)
	}
	if got := told[rotationView](d, "key", "rotate", "acme"); got.Outcome != "rotated" || got.ToMaterial != material || got.FromMaterial == material || got.FromKey != d.key {
		t.Errorf("after AWS has rotated to %s: %+v", material, got)
	}
	second := d.kms.CreateKey(kmstest.KeyOptions{})
	if got := told[rotationView](d, "key", "set-arn", "acme", second); got.Outcome != "rotated" || got.FromKey != d.key || got.ToKey != second || got.At == nil {
		t.Errorf("set-arn: %+v", got)
	}
	if got := told[rotationView](d, "key", "rotate", "acme", "--new-data-key"); got.Outcome != "new_data_key" || got.Generations != 2 {
		t.Errorf("a new data key: %+v", got)
	}
	if got := told[admin.Tenant](d, "key", "set-cache-time", "acme", "2m"); got.CacheTime != "2m0s" {
		t.Errorf("set-cache-time: %+v", got)
	}
	close(stop)
	busy.Wait()

	if err := d.kms.DeleteKey(d.key); err != nil { // nothing in the database hangs on it
		t.Fatal(err)
	}
	d.ask(conn)
	d.until(conn, "")
	history := told[[]historyView](d, "key", "history", "acme")
	var actions []string
	for _, h := range history {
		actions = append(actions, h.Action)
	}
	if got := strings.Join(actions, " "); got != "created re-wrapped re-wrapped rotated" || !history[3].Present || history[0].Present {
		t.Errorf("history: %+v", history)
	}
	var kinds []string
	for _, e := range told[[]admin.Event](d, "key", "events", "acme") {
		if e.Actor != proxyName() {
			kinds = append(kinds, e.Kind)
		}
		if byKMS := e.Kind == "key re-wrapped" || e.Kind == "key changed" || e.Kind == "new data key" || e.Kind == "tenant added" || e.Kind == "key fetched"; byKMS == (len(e.Requests) == 0) {
			t.Errorf("the requests of %+v", e)
		}
	}
	if got := strings.Join(kinds, ", "); got != "unlocked, locked, cache time set, new data key, key changed, key re-wrapped, tenant added" {
		t.Errorf("events: %s", got)
	}
}

// A rotation that cannot be done says why, and changes nothing.
func TestRotationRefused(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	d.until(conn, "")
	second := d.kms.CreateKey(kmstest.KeyOptions{})
	hmac := d.kms.CreateKey(kmstest.KeyOptions{Usage: "GENERATE_VERIFY_MAC"})
	if err := d.kms.SetState(second, kmstest.Disabled); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		code int
		args []string
		says string
	}{
		{exitFailed, []string{"key", "set-arn", "acme", second}, "the new key cannot be used; nothing was changed: KU002"},
		{exitFailed, []string{"key", "set-arn", "acme", hmac}, "nothing was changed"},
		{exitFailed, []string{"key", "set-arn", "nobody", d.key}, "nobody"},
		{exitUsage, []string{"key", "set-arn", "acme", "1234"}, "ARN"},
		{exitUsage, []string{"key", "set-arn", "acme"}, "name the tenant and the ARN"},
		{exitUsage, []string{"key", "set-cache-time", "acme", "10s"}, "outside 1m to 24h"},
		{exitUsage, []string{"key", "set-cache-time", "acme", "soon"}, "is no duration"},
		{exitUsage, []string{"tenant", "set-provider", "acme", "--provider", "aws-kms", "--key", second}, "aws-kms already"},
		{exitUsage, []string{"tenant", "set-provider", "acme"}, "name the provider"},
		{exitUsage, []string{"key", "events", "--limit", "0"}, "--limit"},
	} {
		if got := d.refused(tt.code, tt.args...); !strings.Contains(got, tt.says) {
			t.Errorf("%v says %q, want %q in it", tt.args, got, tt.says)
		}
	}
	third := d.kms.CreateKey(kmstest.KeyOptions{})
	if _, err := d.kms.Rotate(d.key); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		denied, on string
		args       []string
		says       string
	}{
		{"*Encrypt*", d.key, []string{"key", "rotate", "acme"}, "Missing: kms:ReEncryptTo on " + d.key + " for pgseal's own credentials"},
		{"Decrypt", d.key, []string{"key", "rotate", "acme"}, "Missing: kms:Decrypt on " + d.key},
		{"GenerateDataKey", d.key, []string{"key", "rotate", "acme", "--new-data-key"}, "Missing: kms:GenerateDataKey on " + d.key},
		{"Decrypt", third, []string{"key", "set-arn", "acme", third}, "Missing: kms:Decrypt on " + third},
		{"*Encrypt*", third, []string{"key", "set-arn", "acme", third}, "Missing: kms:ReEncryptTo on " + third},
		{"GenerateDataKey", third, []string{"key", "set-arn", "acme", third}, "Missing: kms:GenerateDataKey on " + third},
	} {
		deny := kmstest.Denial{Operations: []string{tt.denied}, Resource: tt.on}
		d.kms.Deny(deny)
		if got := d.refused(exitFailed, tt.args...); !strings.Contains(got, "nothing was changed: KU001") || !strings.Contains(got, tt.says) {
			t.Errorf("%v without %s says %q, want %q in it", tt.args, tt.denied, got, tt.says)
		}
		d.kms.Allow(deny)
	}
	const role = "arn:aws:iam::111122223333:role/pgseal"
	if got := d.refused(exitFailed, "key", "set-arn", "acme", third, "--role-arn", role); !strings.Contains(got, "trust policy") {
		t.Errorf("a role that cannot be assumed: %s", got)
	}
	d.kms.AddRole(kmstest.Role{ARN: role})
	deny := kmstest.Denial{Operations: []string{"Encrypt"}, Resource: third}
	d.kms.Deny(deny)
	if got := d.refused(exitFailed, "key", "set-arn", "acme", third, "--role-arn", role); !strings.Contains(got, "or kms:Encrypt") || !strings.Contains(got, "the role "+role) {
		t.Errorf("a role that may not encrypt: %s", got)
	}
	d.kms.Allow(deny)
	if got := told[probeView](d, "key", "probe", "acme"); !got.Usable {
		t.Errorf("probe: %+v", got)
	}
	if err := d.kms.SetState(d.key, kmstest.Disabled); err != nil {
		t.Fatal(err)
	}
	if got := d.refused(exitFailed, "key", "probe", "acme"); !strings.Contains(got, "KU002") {
		t.Errorf("probe of a disabled key: %s", got)
	}
	if history := told[[]historyView](d, "key", "history", "acme"); len(history) != 1 {
		t.Errorf("history: %+v", history)
	}
}

// Answers of the KMS that get lost, before the request is carried out or after: nothing is half done, and the next attempt works.
func TestRotationWhileKMSFails(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	d.until(conn, "")
	other := d.kms.CreateKey(kmstest.KeyOptions{})
	want := len(told[[]historyView](d, "key", "history", "acme"))
	for _, tt := range []struct {
		operation string
		kind      kmstest.FaultKind
		args      []string
	}{
		{"ReEncrypt", kmstest.Drop, []string{"key", "rotate", "acme"}},
		{"ReEncrypt", kmstest.HalfBody, []string{"key", "rotate", "acme"}},
		{"Decrypt", kmstest.Drop, []string{"key", "rotate", "acme", "--new-data-key"}},
		{"GenerateDataKey", kmstest.Empty, []string{"key", "set-arn", "acme", other, "--new-data-key"}},
		{"ReEncrypt", kmstest.Garbage, []string{"key", "set-arn", "acme", d.key}},
	} {
		if _, err := d.kms.Rotate(d.key); err != nil { // so that there is something to rotate
			t.Fatal(err)
		}
		remove, err := d.kms.Inject(kmstest.Fault{Kind: tt.kind, Operation: tt.operation})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.refused(exitFailed, tt.args...); !strings.Contains(got, "nothing was changed: KU006") {
			t.Errorf("%v, %s %s: %s", tt.args, tt.operation, tt.kind, got)
		}
		remove()
		if history := told[[]historyView](d, "key", "history", "acme"); len(history) != want {
			t.Errorf("%v, %s %s: history %+v", tt.args, tt.operation, tt.kind, history)
		}
		if got := told[rotationView](d, tt.args...); got.Outcome == "nothing_to_rotate" {
			t.Errorf("%v, then: %+v", tt.args, got)
		}
		want++
	}
	d.ask(conn)
	d.until(conn, "")
}
