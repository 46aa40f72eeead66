//go:build race

package plan

// poolLosses are the allocations that come on top where the race detector runs: a sync.Pool then drops what it gets at random.
const poolLosses = 6
