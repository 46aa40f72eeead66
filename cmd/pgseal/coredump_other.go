//go:build !linux

package main

// refuseCoreDumps is the system's business elsewhere.
func refuseCoreDumps() error { return nil }
