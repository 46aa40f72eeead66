package policy

import "strings"

// nearest returns the candidate that s most likely means, or "" where none is near enough. Case counts for nothing.
func nearest(s string, candidates []string) string {
	best, bestDistance := "", 0
	folded := []rune(strings.ToLower(s))
	limit := len(folded)/3 + 1
	for _, c := range candidates {
		other := []rune(strings.ToLower(c))
		if d := len(other) - len(folded); d > limit || -d > limit {
			continue
		}
		d := distance(folded, other)
		if d <= limit && (best == "" || d < bestDistance) {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance counts the letters to insert, drop, change or swap with their neighbour (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// suggest finishes a sentence about a name that is not known.
func suggest(s string, candidates []string) string {
	if n := nearest(s, candidates); n != "" {
		return "; did you mean " + n + "?"
	}
	return ""
}
