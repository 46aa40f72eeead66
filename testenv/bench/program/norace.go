//go:build !race

package program

// RaceDetector: this is built without it.
const RaceDetector = false
