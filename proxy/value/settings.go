package value

import "strings"

// Settings are the session's settings that change how values are written or read as text, as the server last reported
// them. The zero value stands for ISO dates, UTC and hex. A Settings may be shared by goroutines as long as nobody
// changes its fields.
type Settings struct {
	DateStyle        string // "ISO, MDY"; every other style is refused where a date or timestamp is printed
	TimeZone         string // an IANA name or a fixed offset in POSIX form
	IntervalStyle    string // not used by the types of this version
	ByteaOutput      string // "hex" or "escape"; the server does not report it by itself
	ExtraFloatDigits string // not used by the types of this version

	// Zones keeps the time zones that were loaded, for all sessions of a process. Without it, every value that needs
	// a zone other than UTC reads its file again.
	Zones *Zones
}

// isoDates refuses every DateStyle but ISO: the other styles print differently per country and era and are not read back here.
func (s *Settings) isoDates() error {
	if s == nil || s.DateStyle == "" || s.DateStyle == "ISO" || strings.HasPrefix(s.DateStyle, "ISO,") {
		return nil
	}
	return &Error{Code: codeUnsupported, Message: "dates of sealed columns can be read as text with the ISO DateStyle only",
		Hint: "SET DateStyle TO ISO, or ask for the binary format."}
}

// escapeBytea tells whether bytea is printed in the escape form.
func (s *Settings) escapeBytea() bool { return s != nil && s.ByteaOutput == "escape" }
