package proxy

import (
	"bytes"
	"strings"

	"github.com/legatics/pgseal/proxy/value"
)

// settings are the session's parameters that change how statements are read and values are written, as the server last
// reported them (ParameterStatus). Immutable: a change makes a new one.
type settings struct {
	value           value.Settings
	utf8            bool // client_encoding
	standardStrings bool // standard_conforming_strings
	version         int  // of the server, the number in front of the point
}

// reported takes note of one ParameterStatus body: name and value, each with its NUL.
func (s *settings) reported(body []byte) *settings {
	name, rest, ok := bytes.Cut(body, []byte{0})
	if !ok {
		return s
	}
	val := string(bytes.TrimRight(rest, "\x00"))
	next := *s
	switch string(name) {
	case "client_encoding":
		next.utf8 = strings.EqualFold(val, "UTF8") || val == "UNICODE" // which the server reports as it was set, for old drivers
	case "standard_conforming_strings":
		next.standardStrings = val == "on"
	case "server_version":
		next.version = majorVersion(val)
	case "DateStyle":
		next.value.DateStyle = val
	case "TimeZone":
		next.value.TimeZone = val
	case "IntervalStyle":
		next.value.IntervalStyle = val
	default:
		return s
	}
	return &next
}

// majorVersion is the number at the start of a server's version: 18 of 18beta1 and of 18.2 (Debian).
func majorVersion(version string) (n int) {
	for i := 0; i < len(version) && i < 4 && version[i] >= '0' && version[i] <= '9'; i++ {
		n = 10*n + int(version[i]-'0')
	}
	return n
}
