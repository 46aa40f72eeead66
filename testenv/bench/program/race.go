//go:build race

package program

// raceDetector: this is built with it.
const raceDetector = true
