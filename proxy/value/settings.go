package value

import "strconv"

// Settings are the session's settings that change how values are written or read as text, as the server last reported
// them. The zero value stands for ISO dates, UTC and hex. A Settings may be shared by goroutines as long as nobody
// changes its fields.
type Settings struct {
	DateStyle        string // "ISO, MDY"; changes how dates and timestamps are printed, never how they are read
	TimeZone         string // an IANA name or a fixed offset in POSIX form
	IntervalStyle    string // "postgres", "postgres_verbose", "sql_standard" or "iso_8601"; also changes how a sign in front is read
	ByteaOutput      string // "hex" or "escape"; the server does not report it by itself
	ExtraFloatDigits string // -15 to 3; the server does not report it by itself, and everything above 0 prints alike

	// Zones keeps the time zones that were loaded, for all sessions of a process. Without it, every value that needs
	// a zone other than UTC reads its file again.
	Zones *Zones
}

// escapeBytea tells whether bytea is printed in the escape form.
func (s *Settings) escapeBytea() bool { return s != nil && s.ByteaOutput == "escape" }

// intervalStyle is the style in which intervals are printed.
func (s *Settings) intervalStyle() string {
	if s == nil || s.IntervalStyle == "" {
		return "postgres"
	}
	return s.IntervalStyle
}

// extraFloatDigits is the number of digits behind those that every float has; above 0 the shortest form is printed.
func (s *Settings) extraFloatDigits() int {
	if s == nil || s.ExtraFloatDigits == "" {
		return 1
	}
	n, err := strconv.Atoi(s.ExtraFloatDigits)
	if err != nil {
		return 1
	}
	return n
}
