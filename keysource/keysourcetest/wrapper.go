package keysourcetest

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"sync"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// FakeARN is the key that a new Wrapper has.
const FakeARN = "arn:fake:key/1"

var errSwitched = errors.New("the test switched this answer on")

// Wrapper is a driver without a KMS: its master keys live in it. What it answers can be switched at any moment. It obeys the
// contract of keysource.Wrapper. Safe for concurrent use.
type Wrapper struct {
	mu     sync.Mutex
	keys   map[string]cipher.AEAD
	answer keysource.Kind
	gate   chan struct{} // nil: open
	before func(op string, spec keysource.KeySpec)
	calls  map[string]int
}

// NewWrapper has one key, FakeARN.
func NewWrapper() *Wrapper {
	w := &Wrapper{keys: make(map[string]cipher.AEAD), calls: make(map[string]int)}
	w.AddKey(FakeARN)
	return w
}

// AddKey makes a master key; one that was there under that ARN is replaced.
func (w *Wrapper) AddKey(arn string) {
	key := make([]byte, 32)
	rand.Read(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.keys[arn] = aead
}

// RemoveKey takes a master key away: KeyNotFound.
func (w *Wrapper) RemoveKey(arn string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.keys, arn)
}

// Answer makes every call fail with an error of that kind; 0 lets them work again.
func (w *Wrapper) Answer(k keysource.Kind) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = k
}

// Hang makes calls wait, after they were counted, until release is called or their context ends. They answer what is switched on
// when they go on.
func (w *Wrapper) Hang() (release func()) {
	gate := make(chan struct{})
	w.mu.Lock()
	defer w.mu.Unlock()
	w.gate = gate
	return sync.OnceFunc(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.gate == gate {
			w.gate = nil
		}
		close(gate)
	})
}

// Before has f called at the start of every call, after it was counted; nil ends that.
func (w *Wrapper) Before(f func(op string, spec keysource.KeySpec)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.before = f
}

// Calls tells how many calls of one of keysource's Op constants there were.
func (w *Wrapper) Calls(op string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[op]
}

// Generate is keysource.Wrapper's.
func (w *Wrapper) Generate(ctx context.Context, spec keysource.KeySpec) (keysource.Wrapped, *crypto.DataKey, error) {
	aead, err := w.enter(ctx, keysource.OpGenerate, spec)
	if err != nil {
		return keysource.Wrapped{}, nil, err
	}
	plaintext := make([]byte, crypto.DataKeySize)
	rand.Read(plaintext)
	wrapped := seal(aead, spec, plaintext)
	key, err := crypto.NewDataKey(plaintext)
	if err != nil {
		return keysource.Wrapped{}, nil, failure(keysource.KMSUnreachable, keysource.OpGenerate, spec, err)
	}
	return wrapped, key, nil
}

// Unwrap is keysource.Wrapper's.
func (w *Wrapper) Unwrap(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped) (*crypto.DataKey, string, error) {
	aead, err := w.enter(ctx, keysource.OpUnwrap, spec)
	if err != nil {
		return nil, "", err
	}
	plaintext, err := open(aead, spec, wrapped)
	if err != nil {
		return nil, "", failure(keysource.KeyMismatch, keysource.OpUnwrap, spec, err)
	}
	key, err := crypto.NewDataKey(plaintext)
	if err != nil {
		return nil, "", failure(keysource.KeyMismatch, keysource.OpUnwrap, spec, err)
	}
	return key, material, nil
}

// Rewrap is keysource.Wrapper's.
func (w *Wrapper) Rewrap(ctx context.Context, from, to keysource.KeySpec, wrapped keysource.Wrapped) (keysource.Wrapped, error) {
	source, err := w.enter(ctx, keysource.OpRewrap, from)
	if err != nil {
		return keysource.Wrapped{}, err
	}
	plaintext, err := open(source, from, wrapped)
	if err != nil {
		return keysource.Wrapped{}, failure(keysource.KeyMismatch, keysource.OpRewrap, from, err)
	}
	target, err := w.key(keysource.OpRewrap, to)
	if err != nil {
		return keysource.Wrapped{}, err
	}
	return seal(target, to, plaintext), nil
}

// Probe is keysource.Wrapper's.
func (w *Wrapper) Probe(ctx context.Context, spec keysource.KeySpec) error {
	_, err := w.enter(ctx, keysource.OpProbe, spec)
	return err
}

// enter counts a call, waits at the gate and gives the spec's master key or the answer that is switched on.
func (w *Wrapper) enter(ctx context.Context, op string, spec keysource.KeySpec) (cipher.AEAD, error) {
	w.mu.Lock()
	w.calls[op]++
	gate, before := w.gate, w.before
	w.mu.Unlock()
	if before != nil {
		before(op, spec)
	}
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, failure(keysource.KMSUnreachable, op, spec, err)
	}
	keysource.NoteRequest(ctx, "fake-request")
	return w.key(op, spec)
}

func (w *Wrapper) key(op string, spec keysource.KeySpec) (cipher.AEAD, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.answer != 0 {
		return nil, failure(w.answer, op, spec, errSwitched)
	}
	aead := w.keys[arn(spec)]
	if aead == nil {
		return nil, failure(keysource.KeyNotFound, op, spec, nil)
	}
	return aead, nil
}

const material = "fake-material-1"

func arn(spec keysource.KeySpec) string {
	if spec.ResolvedARN != "" {
		return spec.ResolvedARN
	}
	return spec.KeyARN
}

func failure(k keysource.Kind, op string, spec keysource.KeySpec, cause error) error {
	return &keysource.Error{Kind: k, Op: op, Key: arn(spec), RequestID: "fake-request", Cause: cause}
}

// boundTo is what a wrapped key is bound to; both parts have a fixed length.
func boundTo(spec keysource.KeySpec) []byte {
	return binary.BigEndian.AppendUint32(spec.TenantID[:], uint32(spec.KeyNumber))
}

func seal(aead cipher.AEAD, spec keysource.KeySpec, plaintext []byte) keysource.Wrapped {
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce)
	c := aead.Seal(nonce, nonce, plaintext, boundTo(spec))
	return keysource.Wrapped{Ciphertext: c, KeyARN: arn(spec), MaterialID: material}
}

func open(aead cipher.AEAD, spec keysource.KeySpec, w keysource.Wrapped) ([]byte, error) {
	n := aead.NonceSize()
	if len(w.Ciphertext) < n {
		return nil, errors.New("ciphertext too short")
	}
	return aead.Open(nil, w.Ciphertext[:n], w.Ciphertext[n:], boundTo(spec))
}
