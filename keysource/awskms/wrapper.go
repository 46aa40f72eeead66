package awskms

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Wrapper is the driver. It keeps connections and role sessions, but no data keys. It is safe for concurrent use.
type Wrapper struct {
	options Options

	mu  sync.Mutex
	env *environment // nil before the first use
}

var _ keysource.Wrapper = (*Wrapper)(nil)

// New makes a driver; it reads no environment and asks no network before the first call. Errors are those of options
// that cannot be right.
func New(o Options) (*Wrapper, error) {
	o, err := o.checked()
	if err != nil {
		return nil, err
	}
	return &Wrapper{options: o}, nil
}

// Close closes the connections that are not in use and forgets the proxy's own credentials. The Wrapper may still be
// used; it then reads the environment anew.
func (w *Wrapper) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.env != nil {
		w.env.close()
		w.env = nil
	}
}

// renew makes the next call read the proxy's own credentials anew, unless others have already taken the place of those that failed.
func (w *Wrapper) renew(env *environment, failed *aws.CredentialsProvider) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if env.own.provider.Load() == failed {
		env.failed = true
	}
}

func (w *Wrapper) environment(ctx context.Context) (*environment, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.env == nil {
		env, err := load(ctx, w.options)
		if err != nil {
			return nil, err
		}
		w.env = env
	}
	if w.env.failed {
		if err := w.env.renew(ctx, w.options); err != nil {
			return nil, err
		}
		w.env.failed = false
	}
	return w.env, nil
}

// Generate makes a new data key: GenerateDataKey, after DescribeKey when the spec names an alias whose key is not
// known yet.
func (w *Wrapper) Generate(ctx context.Context, spec keysource.KeySpec) (keysource.Wrapped, *crypto.DataKey, error) {
	ctx, c, err := w.begin(ctx, keysource.OpGenerate, spec)
	if err != nil {
		return keysource.Wrapped{}, nil, err
	}
	defer c.end()
	wrapped, plaintext, err := c.generate(ctx)
	if err != nil {
		return keysource.Wrapped{}, nil, c.fail(ctx, err)
	}
	key, err := crypto.NewDataKey(plaintext)
	if err != nil {
		return keysource.Wrapped{}, nil, c.fail(ctx, err)
	}
	return wrapped, key, nil
}

// Unwrap opens a wrapped data key: Decrypt.
func (w *Wrapper) Unwrap(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped) (*crypto.DataKey, string, error) {
	ctx, c, err := w.begin(ctx, keysource.OpUnwrap, spec)
	if err != nil {
		return nil, "", err
	}
	defer c.end()
	plaintext, material, err := c.decrypt(ctx, wrapped)
	if err != nil {
		return nil, "", c.fail(ctx, err)
	}
	key, err := crypto.NewDataKey(plaintext)
	if err != nil {
		return nil, "", c.fail(ctx, err)
	}
	return key, material, nil
}

// Rewrap wraps a data key anew under another key, tenant or number. Where one principal may ask for both it is
// ReEncrypt, by which the plaintext stays in KMS. Else, and where KMS refuses that, it is Decrypt and then Encrypt:
// this needs other permissions, and shows which of the two keys refuses. Each request has Timeouts.Operation.
func (w *Wrapper) Rewrap(ctx context.Context, from, to keysource.KeySpec, wrapped keysource.Wrapped) (keysource.Wrapped, error) {
	if sameClient(from, to) {
		out, refused, err := w.reEncrypt(ctx, from, to, wrapped)
		if !refused {
			return out, err
		}
	}
	plaintext, err := w.open(ctx, from, wrapped)
	if err != nil {
		return keysource.Wrapped{}, err
	}
	defer clear(plaintext)
	ctx, c, err := w.begin(ctx, keysource.OpRewrap, to)
	if err != nil {
		return keysource.Wrapped{}, err
	}
	defer c.end()
	out, err := c.encrypt(ctx, plaintext)
	return out, c.fail(ctx, err)
}

// reEncrypt says refused when KMS has judged the request, without telling which of the two keys was the reason.
func (w *Wrapper) reEncrypt(ctx context.Context, from, to keysource.KeySpec, wrapped keysource.Wrapped) (out keysource.Wrapped, refused bool, err error) {
	ctx, c, err := w.begin(ctx, keysource.OpRewrap, to)
	if err != nil {
		return keysource.Wrapped{}, false, err
	}
	defer c.end()
	if out, err = c.reEncrypt(ctx, from, wrapped); err == nil {
		return out, false, nil
	}
	if isJudgement(kindOf(err)) {
		return keysource.Wrapped{}, true, nil
	}
	return keysource.Wrapped{}, false, c.fail(ctx, err)
}

// open returns the plaintext of a data key, which the caller clears.
func (w *Wrapper) open(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped) ([]byte, error) {
	ctx, c, err := w.begin(ctx, keysource.OpRewrap, spec)
	if err != nil {
		return nil, err
	}
	defer c.end()
	plaintext, _, err := c.decrypt(ctx, wrapped)
	return plaintext, c.fail(ctx, err)
}

// Probe asks whether the key could be used now to make data keys and to open them, by dry runs.
func (w *Wrapper) Probe(ctx context.Context, spec keysource.KeySpec) error {
	ctx, c, err := w.begin(ctx, keysource.OpProbe, spec)
	if err != nil {
		return err
	}
	defer c.end()
	return c.fail(ctx, c.probe(ctx))
}
