// Package bulk encrypts columns of a real database with the real program, while
// clients write, workers are killed and keys go away, and compares every row with
// a copy that was kept aside. It is never imported by shipped code.
package bulk
