// Package idp is an OpenID Connect issuer for tests: discovery, keys, the authorization code flow with PKCE, and real signatures. It asks nobody for a
// password: whoever comes is the one that SetClaims names. It misbehaves on demand.
package idp
