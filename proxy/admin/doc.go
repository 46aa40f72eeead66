// Package admin serves what operators and their tools read over HTTP: health and metrics.
//
//	/live     200 while the process answers
//	/ready    200 while new sessions are taken: the listener is open, the server is reachable, the proxy does not drain. The state of a
//	          tenant's key is no part of it: a withdrawn key must not take the proxy out of service for everybody else
//	/metrics  Prometheus
//
// It changes nothing, so that it needs no log-in; it should still listen on an address that only operators reach.
package admin
