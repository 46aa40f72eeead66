// Package admin serves over HTTP what operators, their tools and customers' officers use: health, metrics, the admin page and its API.
//
//	/live     200 while the process answers
//	/ready    200 while new sessions are taken: the listener is open, the server is reachable, the proxy does not drain. The state of a
//	          tenant's key is no part of it: a withdrawn key must not take the proxy out of service for everybody else. Whether the server is
//	          reachable is found out once a second at the most (Shared)
//	/metrics  Prometheus
//
// These change nothing. /live and /ready need no log-in; /metrics, which names tenants, needs one from other machines once somebody is configured. What else
// there is, Config.Pages answers: the page (package page) and the JSON API (package api), behind what says who may (package access). Operations is all that those
// two read and do.
//
// # Bounds
//
// The address holds so many connections in all and of one address, and closes one of whoever holds most for each that is too many (bounded.go); of HTTP/2 so many
// requests on each (admin.go). What strangers can bring about without end is not logged (errorlog.go). How many requests and log-ins there are of one user is
// package access's business. docs/admin-access.md has the figures.
package admin
