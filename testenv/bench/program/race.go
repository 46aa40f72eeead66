//go:build race

package program

// RaceDetector: this is built with it.
const RaceDetector = true
