// Package census counts the sealed values of protected columns by the data key that each was sealed under: what a report on a tenant's key says still
// depends on which generation.
//
// A sealed value names its data key in its head (package crypto), so that nothing is opened and no value leaves the server: it groups by the number and sends
// counts. Values that are not sealed are counted too, and what could not be counted is said with its reason, never left out.
//
// Tables up to Options.Budget bytes are read as a whole. Of larger ones a sample is taken, unless Options.Exact asks for everything: PostgreSQL draws each block
// with probability p (TABLESAMPLE SYSTEM). Values of one time lie together in blocks, so that it is the blocks that are counted as drawn, not the values: with
// n_b values of a data key in block b of the sample,
//
//	estimate  N = sum(n_b) / p
//	variance  V = (1-p) / p^2 * sum(n_b^2)      (Horvitz and Thompson; each block drawn by itself)
//	error         1.96 * sqrt(V)                (19 times out of 20 the truth lies within it)
//
// and of a data key that the sample does not show there may be up to 3/p blocks' worth with the same confidence ((1-p)^k < 1/20).
package census
