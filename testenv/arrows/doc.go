// Package arrows holds the tests of the repository's own shape: which package
// may import which, which folders there are, how long a file may be, and that
// nothing in it depends on the machine it was written on.
//
// It has no code of its own to import.
package arrows
