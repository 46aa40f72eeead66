package proxy

import "testing"

// Programs read the end of a DETAIL: a tenant's name does not look like anything else there.
func TestMachineReadable(t *testing.T) {
	for tenant, want := range map[string]string{
		"acme":            "Why. tenant=acme retryable=no",
		"":                "Why. tenant= retryable=no",
		"büro-7_a.b@c":    "Why. tenant=büro-7_a.b@c retryable=no",
		"big corp":        `Why. tenant="big corp" retryable=no`,
		"x retryable=yes": `Why. tenant="x retryable=yes" retryable=no`,
		`a"b`:             `Why. tenant="a\"b" retryable=no`,
	} {
		if got := machineReadable("Why.", tenant, false); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
