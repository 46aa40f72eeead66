// Package soak lets a deployment live through a long day in a short time, and holds that it uses no more at its end than in its middle.
//
//	workers ────────▶ first proxy  ──▶ PostgreSQL ◀── backends are terminated
//	churn: comes, ──▶ second proxy ──▶     ▲
//	breaks, goes           │  killed,      │
//	                       ▼  started      │          first proxy: /metrics every moment: resident memory, goroutines, file descriptors
//	                      KMS: keys rotate, are denied, locked; reloads; the admin page is polled
//
// The first proxy lives as long as the test does, and is the one that is measured; the second is killed again and again. Every value that workers read
// is held against what they wrote. When all clients have gone, what they took must be given back.
//
// `make soak` plays for half an hour (SOAKFLAGS="-for 8m"); the tests, for seconds.
package soak
