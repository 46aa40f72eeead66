package keysourcetest

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

func (h Harness) roundTrip(t *testing.T) {
	s := h.spec()
	w, key := h.generate(t, s)
	if w.KeyARN == "" {
		t.Error("Generate does not say which key wrapped")
	}
	before := bytes.Clone(w.Ciphertext)
	for range 2 {
		again := h.unwrap(t, s, w)
		if again == key || !sameKey(t, key, again) {
			t.Error("Unwrap did not give an own copy of the data key that Generate gave")
		}
		again.Destroy() // what the caller does with its key touches no other
	}
	if !bytes.Equal(before, w.Ciphertext) {
		t.Error("Unwrap changed the ciphertext")
	}
	last, material, err := h.Wrapper.Unwrap(t.Context(), s, w)
	if err != nil || material != w.MaterialID {
		t.Errorf("material %q after %q, error %v", material, w.MaterialID, err)
	}
	last.Destroy()
}

func (h Harness) freshKeys(t *testing.T) {
	s := h.spec()
	w1, k1 := h.generate(t, s)
	w2, k2 := h.generate(t, s)
	if sameKey(t, k1, k2) || bytes.Equal(w1.Ciphertext, w2.Ciphertext) {
		t.Error("two data keys are the same")
	}
}

func (h Harness) concurrent(t *testing.T) {
	s := h.spec()
	w, key := h.generate(t, s)
	var wg sync.WaitGroup
	var keys [8]*crypto.DataKey
	var errs [8]error
	for i := range keys {
		wg.Go(func() { keys[i], _, errs[i] = h.Wrapper.Unwrap(t.Context(), s, w) })
	}
	wg.Wait()
	for i, again := range keys {
		if errs[i] != nil {
			t.Errorf("Unwrap: %v", errs[i])
		} else if !sameKey(t, key, again) {
			t.Error("another data key")
		}
		again.Destroy()
	}
}

// wrongContext: what was wrapped for one tenant and key number opens for no other.
func (h Harness) wrongContext(t *testing.T) {
	s := h.spec()
	w, _ := h.generate(t, s)
	tenant, number := s, s
	tenant.TenantID = fresh(s).TenantID
	number.KeyNumber = fresh(s).KeyNumber
	wrong := map[string]keysource.KeySpec{"tenant": tenant, "key number": number}
	if h.Other != nil {
		other := *h.Other
		other.TenantID, other.KeyNumber = s.TenantID, s.KeyNumber
		wrong["master key"] = other
	}
	for name, spec := range wrong {
		t.Run(name, func(t *testing.T) {
			key, _, err := h.Wrapper.Unwrap(t.Context(), spec, w)
			refused(t, err, keysource.KeyMismatch)
			if key != nil {
				t.Error("a key beside the error")
			}
		})
	}
}

// spoilt: a ciphertext with any byte changed opens nothing.
func (h Harness) spoilt(t *testing.T) {
	s := h.spec()
	w, _ := h.generate(t, s)
	n := len(w.Ciphertext)
	for _, at := range []int{0, 1, n / 4, n / 2, n - 17, n - 1} {
		bad := w
		bad.Ciphertext = bytes.Clone(w.Ciphertext)
		bad.Ciphertext[max(at, 0)] ^= 0x40
		if _, _, err := h.Wrapper.Unwrap(t.Context(), s, bad); err == nil {
			t.Errorf("opens with byte %d of %d changed", at, n)
		} else {
			refused(t, err, keysource.KeyMismatch)
		}
	}
}

// hostile: lengths that a ciphertext never has. A KMS may refuse some as malformed requests.
func (h Harness) hostile(t *testing.T) {
	s := h.spec()
	w, _ := h.generate(t, s)
	cut := w.Ciphertext[:len(w.Ciphertext)-1]
	for _, c := range [][]byte{nil, {}, {1}, cut, append(bytes.Clone(w.Ciphertext), 0), make([]byte, 1<<16)} {
		_, _, err := h.Wrapper.Unwrap(t.Context(), s, keysource.Wrapped{Ciphertext: c})
		refused(t, err, keysource.KeyMismatch, keysource.KMSUnreachable)
	}
}

// rewrap: the same data key, for another spec and for no longer the old one.
func (h Harness) rewrap(t *testing.T) {
	from := h.spec()
	to := from
	if h.Other != nil {
		to = *h.Other
		to.TenantID, to.TenantName = from.TenantID, from.TenantName
	}
	to.KeyNumber = fresh(from).KeyNumber
	w, key := h.generate(t, from)
	moved, err := h.Wrapper.Rewrap(t.Context(), from, to, w)
	if err != nil {
		t.Fatalf("Rewrap: %v", err)
	}
	if !sameKey(t, key, h.unwrap(t, to, moved)) {
		t.Error("another data key after Rewrap")
	}
	_, _, err = h.Wrapper.Unwrap(t.Context(), from, moved)
	refused(t, err, keysource.KeyMismatch)
	_, err = h.Wrapper.Rewrap(t.Context(), to, from, w) // w is not wrapped under to
	refused(t, err, keysource.KeyMismatch)
}

func (h Harness) probe(t *testing.T) {
	if err := h.Wrapper.Probe(t.Context(), h.spec()); err != nil {
		t.Errorf("Probe of a usable key: %v", err)
	}
}

// withdrawal: every call says the same kind while the key is away, and works by itself when it is back.
func (h Harness) withdrawal(t *testing.T) {
	for _, wd := range h.Withdrawals {
		t.Run(wd.Name, func(t *testing.T) {
			s := h.spec()
			w, key := h.generate(t, s)
			wd.Withdraw(t)
			away := true
			defer func() {
				if away {
					wd.Restore(t)
				}
			}()
			for op, err := range h.all(t.Context(), s, w) {
				if err == nil {
					t.Errorf("%s works", op)
					continue
				}
				refused(t, err, wd.Kind)
			}
			wd.Restore(t)
			away = false
			for op, err := range h.all(t.Context(), s, w) {
				if err != nil {
					t.Errorf("%s after the return: %v", op, err)
				}
			}
			if !sameKey(t, key, h.unwrap(t, s, w)) {
				t.Error("another data key after the return")
			}
		})
	}
}

// context: a call whose context has ended comes back at once, as unreachable, with the context's own error.
func (h Harness) context(t *testing.T) {
	s := h.spec()
	w, _ := h.generate(t, s)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancelLate := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancelLate()
	for _, c := range []struct {
		ctx  context.Context
		want error
	}{{cancelled, context.Canceled}, {late, context.DeadlineExceeded}} {
		began := time.Now()
		for op, err := range h.all(c.ctx, s, w) {
			refused(t, err, keysource.KMSUnreachable)
			if !errors.Is(err, c.want) {
				t.Errorf("%s: %v does not hold %v", op, err, c.want)
			}
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("four calls with an ended context took %v", took)
		}
	}
}

// all makes every call of the interface once.
func (h Harness) all(ctx context.Context, s keysource.KeySpec, w keysource.Wrapped) map[string]error {
	errs := make(map[string]error)
	_, key, err := h.Wrapper.Generate(ctx, s)
	errs[keysource.OpGenerate] = err
	key.Destroy()
	key, _, err = h.Wrapper.Unwrap(ctx, s, w)
	errs[keysource.OpUnwrap] = err
	key.Destroy()
	_, errs[keysource.OpRewrap] = h.Wrapper.Rewrap(ctx, s, s, w)
	errs[keysource.OpProbe] = h.Wrapper.Probe(ctx, s)
	return errs
}

// secrets: neither the driver nor what it returns prints a secret.
func (h Harness) secrets(t *testing.T) {
	s := h.spec()
	w, key := h.generate(t, s)
	bad := w
	bad.Ciphertext = bytes.Clone(w.Ciphertext)
	bad.Ciphertext[len(bad.Ciphertext)-1] ^= 1
	_, _, err := h.Wrapper.Unwrap(t.Context(), s, bad)
	for name, v := range map[string]any{"driver": h.Wrapper, "wrapped key": w, "data key": key, "error": err} {
		printed := prints(v)
		for _, secret := range h.Secrets {
			for form, text := range spellings(secret) {
				if strings.Contains(printed, text) {
					t.Errorf("the %s prints a secret (%s)", name, form)
				}
			}
		}
	}
}
