package keysource

import "time"

const (
	firstProbe = time.Second
	lastProbe  = 30 * time.Second
)

// probeDelay is how long nothing is tried after the n-th failure in a row (n from 1): 1, 2, 4, 8, 16, 30, 30 .. seconds.
func probeDelay(n int) time.Duration {
	if n > 5 {
		return lastProbe
	}
	return min(firstProbe<<max(n-1, 0), lastProbe)
}
