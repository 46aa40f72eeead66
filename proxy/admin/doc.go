// Package admin serves over HTTP what operators, their tools and customers' officers use: health, metrics, the admin page and its API.
//
//	/live     200 while the process answers
//	/ready    200 while new sessions are taken: the listener is open, the server is reachable, the proxy does not drain. The state of a
//	          tenant's key is no part of it: a withdrawn key must not take the proxy out of service for everybody else. Whether the server is
//	          reachable is found out once a second at the most (Shared)
//	/metrics  Prometheus
//
// These change nothing and need no log-in; they should still be on an address that only operators reach. What else there is, Config.Pages answers: the page
// (package page) and the JSON API (package api), behind what says who may (package access). Operations is all that those two read and do.
package admin
