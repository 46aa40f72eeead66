//go:build !race

package proxy

const poolLosses = 0
