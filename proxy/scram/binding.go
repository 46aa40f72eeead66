package scram

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
)

// endPoint is the only kind of channel binding that PostgreSQL has.
const endPoint = "tls-server-end-point"

// Binding is the hash of a server's certificate by which both sides know that they see the same TLS connection
// (RFC 5929, section 4.1). It is nil where there is no TLS, or where the certificate's signature names no hash, as with Ed25519: then there is no
// channel binding.
func Binding(server *x509.Certificate) []byte {
	if server == nil {
		return nil
	}
	switch server.SignatureAlgorithm {
	case x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1, // SHA-256 in their place, as the RFC has it
		x509.SHA256WithRSA, x509.SHA256WithRSAPSS, x509.DSAWithSHA256, x509.ECDSAWithSHA256:
		sum := sha256.Sum256(server.Raw)
		return sum[:]
	case x509.SHA384WithRSA, x509.SHA384WithRSAPSS, x509.ECDSAWithSHA384:
		sum := sha512.Sum384(server.Raw)
		return sum[:]
	case x509.SHA512WithRSA, x509.SHA512WithRSAPSS, x509.ECDSAWithSHA512:
		sum := sha512.Sum512(server.Raw)
		return sum[:]
	}
	return nil
}
