package awskms

import (
	"net"
	"net/url"
	"strings"
)

// CheckEndpoint says what is wrong with a KMS or STS endpoint, as *InvalidError. Answers of KMS carry plaintext data
// keys, so http is accepted for this machine alone, unless plainHTTP says that the network is trusted.
func CheckEndpoint(text string, plainHTTP bool) error {
	bad := func(why string) error { return &InvalidError{What: "endpoint", Value: text, Why: why} }
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "":
		return bad("it should look like https://kms.eu-central-1.amazonaws.com")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") != "":
		return bad("it should be scheme, host and port alone, as in https://kms.eu-central-1.amazonaws.com")
	case strings.HasSuffix(strings.ToLower(u.Hostname()), ".amazonaws.com.cn"):
		return bad(chinaReason)
	case u.Scheme == "https":
		return nil
	case u.Scheme != "http":
		return bad("it should begin with https://")
	case !plainHTTP && !isThisMachine(u.Hostname()):
		return bad("plain http would show data keys to the network; use https, or http on 127.0.0.1")
	}
	return nil
}

func isThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
