package keysource_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

var errLost = errors.New("connection lost")

// rotate gives acme a new generation, as another proxy would, and gives the record.
func rotate(b *rig) keysource.TenantRecord {
	b.t.Helper()
	rec := keysourcetest.Rotate(b.t, b.wrapper, b.store.Record(acme))
	b.others++
	b.store.Put(rec)
	return rec
}

// TestElders: one call of the KMS opens the values of every generation; new ones are sealed under the current one.
func TestElders(t *testing.T) {
	b := newRig(t)
	var values [][]byte
	numbers := make(map[crypto.KeyNumber]bool)
	for range 4 {
		h := b.acquire(acme)
		numbers[h.Current().Number()] = true
		values = append(values, sealed(t, h, crypto.Randomized, "title", "a secret"))
		rotate(b)
		b.poll()
	}
	if len(numbers) != 4 {
		t.Fatalf("%d generations, want 4", len(numbers))
	}
	fresh := b.another()
	h := fresh.acquire(acme)
	for _, v := range values {
		wantOpen(t, h, "title", v, "a secret")
	}
	if got := fresh.heard.called; len(got) != 1 {
		t.Errorf("%d calls of the KMS, want 1", len(got))
	}
	header, err := crypto.ParseHeader(sealed(t, h, crypto.Randomized, "title", "new"))
	if err != nil || header.Number != b.store.Record(acme).Current.Number {
		t.Errorf("sealed under %v, %v", header.Number, err)
	}
	// One verdict for all of them.
	fresh.wrapper.Answer(keysource.AccessDenied)
	b.clock.Advance(cacheTime)
	for _, v := range values {
		wantRefused(t, h, v, keysource.KMSUnreachable)
	}
}

// another is a second proxy over the same store and KMS.
func (b *rig) another() *rig {
	c := *b
	c.heard = &ear{}
	c.ring = keysource.NewKeyring(keysource.Options{
		Store: b.store, Wrappers: map[string]keysource.Wrapper{"fake": b.wrapper}, Clock: b.clock, Observer: c.heard,
	})
	b.t.Cleanup(c.ring.Close)
	return &c
}

// TestPins: a deterministic column stays with the generation under which it began, whatever rotations come, in every proxy.
func TestPins(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	first := sealed(t, h, crypto.Deterministic, "email", "a@example.org")
	if !bytes.Equal(first, sealed(t, h, crypto.Deterministic, "email", "a@example.org")) {
		t.Fatal("deterministic values differ")
	}
	if n := len(b.store.Record(acme).Pins); n != 1 {
		t.Fatalf("%d pins stored, want 1", n)
	}
	pins := 0
	b.store.Before(func(op string) {
		if op == keysourcetest.StorePin {
			pins++
		}
	})
	rotate(b)
	b.poll()
	for _, ring := range []*rig{b, b.another()} {
		h := ring.acquire(acme)
		if again := sealed(t, h, crypto.Deterministic, "email", "a@example.org"); !bytes.Equal(first, again) {
			t.Error("the column followed a new generation")
		}
		wantOpen(t, h, "email", first, "a@example.org")
	}
	if pins != 0 {
		t.Errorf("the store was asked for a known pin %d times", pins)
	}
	other := sealed(t, b.acquire(acme), crypto.Deterministic, "phone", "1")
	if header, err := crypto.ParseHeader(other); err != nil || header.Number != b.store.Record(acme).Current.Number {
		t.Errorf("a new column began under %v, %v", header, err)
	}
}

// TestPinOfAnother: two proxies begin a column together, one of them under a generation that the other has not seen yet.
func TestPinOfAnother(t *testing.T) {
	b := newRig(t)
	old := b.acquire(acme)
	rotate(b)
	theirs := sealed(t, b.another().acquire(acme), crypto.Deterministic, "email", "a@example.org")
	mine := sealed(t, old, crypto.Deterministic, "email", "a@example.org")
	if !bytes.Equal(mine, theirs) {
		t.Error("two proxies seal the same value differently")
	}
	wantOpen(t, old, "email", mine, "a@example.org")
}

// TestPinFails: what can't be pinned can't be sealed, and the next attempt may succeed.
func TestPinFails(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	b.store.Fail(errLost)
	_, err := h.Seal(nil, column("email"), crypto.Deterministic, []byte("x"))
	if kindOf(t, err) != keysource.KMSUnreachable || !errors.Is(err, errLost) || err.(*keysource.Error).Op != keysource.OpPin {
		t.Errorf("Seal: %v", err)
	}
	sealed(t, h, crypto.Randomized, "email", "x")
	b.store.Fail(nil)
	sealed(t, h, crypto.Deterministic, "email", "x")
}

// TestYoungerGeneration: a value that another proxy sealed under a generation which this one has not seen yet opens at once, with a
// handle that was acquired before.
func TestYoungerGeneration(t *testing.T) {
	b := newRig(t)
	old := b.acquire(acme)
	rotate(b)
	value := sealed(t, b.another().acquire(acme), crypto.Randomized, "title", "a secret")
	wantOpen(t, old, "title", value, "a secret")
	wantOpen(t, old, "title", value, "a secret")
	if len(b.heard.called) != 2 {
		t.Errorf("%d calls of the KMS, want 2", len(b.heard.called))
	}
}

// TestTenantReplaced: a handle opens nothing of another tenant that took its tenant's name.
func TestTenantReplaced(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	other := keysourcetest.NewTenant(t, b.wrapper, b.store.Record(acme).Spec, acme, cacheTime)
	other.Version = 2
	b.store.Put(other)
	value := sealed(t, b.another().acquire(acme), crypto.Randomized, "title", "another's")
	if _, err := h.Open(nil, column("title"), value); !errors.Is(err, crypto.ErrNotAuthentic) {
		t.Errorf("Open: %v", err)
	}
}

// TestUnknownGeneration: a number that the store does not have is an error of its own, and no storm of reads.
func TestUnknownGeneration(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	value := sealed(t, h, crypto.Randomized, "title", "a secret")
	value[6] ^= 0xff // the key number
	reads := b.store.Reads()
	for range 1000 {
		out, err := h.Open([]byte("x"), column("title"), value)
		if kindOf(t, err) != keysource.ValueKeyUnknown || string(out) != "x" {
			t.Fatalf("Open: %q, %v", out, err)
		}
	}
	if got := b.store.Reads() - reads; got != 1 || b.store.Asked() != 1 {
		t.Errorf("%d reads and %d questions for 1000 such values in a second", got, b.store.Asked())
	}
	b.clock.Advance(time.Second)
	b.store.Fail(errLost)
	for range 2 { // it may be there: nobody can tell
		if _, err := h.Open(nil, column("title"), value); kindOf(t, err) != keysource.KMSUnreachable {
			t.Errorf("Open without a store: %v", err)
		}
	}
	b.wantCalls(1)
}

// TestValuesOfOthers: another store's, another column's, spoilt and too short values are crypto's errors, not the key's.
func TestValuesOfOthers(t *testing.T) {
	b := newRig(t)
	b.add("beta")
	h := b.acquire(acme)
	value := sealed(t, h, crypto.Randomized, "title", "a secret")
	change := func(at int) []byte { v := bytes.Clone(value); v[at] ^= 1; return v }
	for name, c := range map[string]struct {
		value []byte
		col   string
		want  error
	}{
		"another store":  {change(1), "title", crypto.ErrWrongStore},
		"foreign":        {[]byte("\x01zzzzzz" + strings.Repeat("z", 50)), "title", crypto.ErrWrongStore},
		"another column": {value, "notes", crypto.ErrNotAuthentic},
		"spoilt":         {change(len(value) - 1), "title", crypto.ErrNotAuthentic},
		"too short":      {value[:20], "title", crypto.ErrMalformed},
		"nothing":        {nil, "title", crypto.ErrMalformed},
	} {
		if _, err := h.Open(nil, column(c.col), c.value); !errors.Is(err, c.want) || keysource.KindOf(err) != 0 {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for range 2 {
		if _, err := b.acquire("beta").Open(nil, column("title"), value); !errors.Is(err, crypto.ErrNotAuthentic) || keysource.KindOf(err) != 0 {
			t.Errorf("another tenant's: %v", err)
		}
	}
	if b.store.Asked() != 1 {
		t.Errorf("%d questions for another tenant's key", b.store.Asked())
	}
	if h.Tenant() != acme || h.Tag() != keysourcetest.Tag() {
		t.Errorf("tenant %q, tag %v", h.Tenant(), h.Tag())
	}
}

// TestElderDoesNotOpen: an elder that is not wrapped under the current generation makes the record unusable.
func TestElderDoesNotOpen(t *testing.T) {
	b := newRig(t)
	rotate(b)
	b.store.Update(acme, func(r *keysource.TenantRecord) {
		r.Elders = []keysource.WrappedElder{{Number: r.Elders[0].Number, Wrapped: make([]byte, 61)}}
	})
	b.wantAsk(keysource.KeyMismatch)
	if b.heard.alarmed() != 1 {
		t.Errorf("%d alarms", b.heard.alarmed())
	}
}
