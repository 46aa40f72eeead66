package awskms

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/keysource"
)

// openings is how often the data key is opened to see how long that takes. maxFailures ends it sooner.
const (
	openings    = 5
	maxFailures = 2
)

// checkOpening opens the data key for real: a dry run need not reach what lies behind KMS, an external key store above all.
func (w *Wrapper) checkOpening(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped, m *types.KeyMetadata) Finding {
	f := Finding{What: fmt.Sprintf("the data key, opened %d times", openings), For: "knowing that it opens, and how fast", Needed: true}
	var took []time.Duration
	failed := 0
	for range openings {
		began := time.Now()
		key, _, err := w.Unwrap(ctx, spec, wrapped)
		took = append(took, time.Since(began))
		if err != nil {
			f.Err = err
			if failed++; failed == maxFailures {
				break
			}
			continue
		}
		key.Destroy()
	}
	slices.Sort(took)
	f.Took, f.Longest = took[len(took)/2], took[len(took)-1]
	f.Note = fmt.Sprintf("half of them within %d ms, the longest %d ms", f.Took.Milliseconds(), f.Longest.Milliseconds())
	if failed > 0 {
		f.Note += fmt.Sprintf("; %d of %d failed", failed, len(took))
	}
	if m != nil && m.CustomKeyStoreId != nil {
		f.Note += fmt.Sprintf(", through the key store; an attempt may take %d ms", w.options.Timeouts.Attempt.Milliseconds())
	}
	return f
}
