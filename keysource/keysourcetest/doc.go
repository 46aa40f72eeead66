// Package keysourcetest has what the tests of key management share: the conformance suite that every driver passes (Run), a clock
// that is moved by hand (Clock), a store in memory (Store) and a driver without a KMS (Wrapper), each with switches for faults.
//
// It is imported by tests alone.
package keysourcetest
