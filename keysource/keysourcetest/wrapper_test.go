package keysourcetest_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestWrapper: the fake driver obeys the contract that it stands in for.
func TestWrapper(t *testing.T) {
	w := keysourcetest.NewWrapper()
	w.AddKey("arn:fake:key/2")
	h := keysourcetest.Harness{
		Wrapper: w,
		Spec:    keysource.KeySpec{Provider: "fake", KeyARN: keysourcetest.FakeARN},
		Other:   &keysource.KeySpec{Provider: "fake", KeyARN: "arn:fake:key/2"},
	}
	for _, k := range []keysource.Kind{keysource.AccessDenied, keysource.KeyDisabled, keysource.KMSUnreachable} {
		h.Withdrawals = append(h.Withdrawals, keysourcetest.Withdrawal{
			Name: k.Name(), Kind: k,
			Withdraw: func(*testing.T) { w.Answer(k) },
			Restore:  func(*testing.T) { w.Answer(0) },
		})
	}
	keysourcetest.Run(t, h)
}
