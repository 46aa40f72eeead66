//go:build !race

package program

// raceDetector: this is built without it.
const raceDetector = false
