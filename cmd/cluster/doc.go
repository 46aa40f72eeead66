// Package cluster runs private PostgreSQL clusters: initdb into a temporary
// folder, a server on a free port of the loopback interface and on a Unix
// socket, and nothing left behind afterwards.
//
//	Start ── initdb ── postgres ── (Kill, Shutdown, Restart)* ── Stop
//	   │                                                          │
//	   └── watchdog: waits for the end of this process ───────────┘
//
// The server never runs as root: a root process drops to the user postgres, or
// nobody, for it. A watchdog (one shell, in a process group of its own) holds
// the reading end of a pipe whose other end only this process has. When this
// process ends without Stop, by SIGKILL even, the watchdog stops the server and
// removes the folder.
//
// The package starts no goroutine.
package cluster
