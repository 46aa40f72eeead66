// Package memory measures what the real program holds: thousands of sessions that do nothing, in front of a server that only speaks the
// protocol; values of a gigabyte that pass; clients that do not read.
package memory
