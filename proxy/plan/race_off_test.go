//go:build !race

package plan

const poolLosses = 0
