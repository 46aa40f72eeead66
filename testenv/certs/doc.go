// Package certs makes certificate authorities and certificates for tests of TLS.
package certs
