//go:build race

package proxy

// poolLosses are the allocations that come on top, for each message, where the race detector runs: a sync.Pool then drops what it gets at random.
const poolLosses = 100
