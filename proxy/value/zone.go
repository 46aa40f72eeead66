package value

import (
	"strings"
	"sync"
	"time"
)

// Zones is a cache of loaded time zones, for all sessions of a process. It is safe for concurrent use; the zero value is
// ready. What is loaded stays: there are a few hundred zones. Zones come from time.LoadLocation, so from the machine's
// zone files or the program's own (time/tzdata); the server and the proxy should know the same release of them.
type Zones struct {
	mu    sync.RWMutex
	known map[string]*time.Location
}

// load returns the zone of an IANA name. A nil receiver loads it anew each time.
func (z *Zones) load(name string) (*time.Location, error) {
	switch name {
	case "UTC", "Etc/UTC":
		return time.UTC, nil
	}
	if z == nil {
		return loadZone(name)
	}
	z.mu.RLock()
	zone := z.known[name]
	z.mu.RUnlock()
	if zone != nil {
		return zone, nil
	}
	zone, err := loadZone(name)
	if err != nil {
		return nil, err
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.known == nil {
		z.known = map[string]*time.Location{}
	}
	z.known[name] = zone
	return zone, nil
}

// loadZone keeps away the names that stand for the machine's own setting, and the zones that count leap seconds, which
// PostgreSQL refuses.
func loadZone(name string) (*time.Location, error) {
	switch name {
	case "", "Local", "localtime", "posixrules", "leapseconds", "Factory":
		return nil, zoneError()
	}
	if strings.HasPrefix(name, "right/") || strings.Contains(name, "//") {
		return nil, zoneError()
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, zoneError()
	}
	return zone, nil
}

func zoneError() error {
	return &Error{Code: codeUnsupported, Message: "the session's TimeZone is not known to the proxy",
		Hint: "SET TimeZone to an IANA name such as Europe/Berlin or UTC, or use the binary format and text with an offset."}
}

// zones is the cache of the settings, nil where there is none.
func (s *Settings) zones() *Zones {
	if s == nil {
		return nil
	}
	return s.Zones
}

// location is the session's time zone.
func (s *Settings) location() (*time.Location, error) {
	if s == nil || s.TimeZone == "" {
		return time.UTC, nil
	}
	zone, err := s.Zones.load(s.TimeZone)
	if err == nil {
		return zone, nil
	}
	if seconds, ok := posixOffset(s.TimeZone); ok {
		return time.FixedZone(posixAbbreviation(s.TimeZone), seconds), nil
	}
	return nil, err
}

// fixedOffset is the session's offset from Greenwich, in seconds east, where its time zone has the same at all times.
func (s *Settings) fixedOffset() (east int, fixed bool) {
	if s == nil || s.TimeZone == "" {
		return 0, true
	}
	zone, err := s.Zones.load(s.TimeZone)
	if err == nil {
		return 0, zone == time.UTC || zone.String() == "GMT"
	}
	return posixOffset(s.TimeZone)
}

// posixOffset reads a POSIX zone without daylight saving, <+03>-03, XYZ-3:30 or +05:45 (PostgreSQL takes an empty
// abbreviation), in which a positive number lies west of Greenwich; it returns seconds east.
func posixOffset(name string) (int, bool) {
	rest := name
	if strings.HasPrefix(rest, "<") {
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			return 0, false
		}
		rest = rest[end+1:]
	} else {
		for rest != "" && isLetter(rest[0]) {
			rest = rest[1:]
		}
	}
	west := 1
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		if rest[0] == '-' {
			west = -1
		}
		rest = rest[1:]
	}
	p := moments{in: []byte(rest)}
	hours, digits := p.number()
	if digits < 1 || digits > 2 || hours > 24 {
		return 0, false
	}
	minutes := 0
	if p.skip(':') {
		if minutes, digits = p.number(); digits < 1 || digits > 2 || minutes > 59 {
			return 0, false
		}
	}
	return -west * (hours*3600 + minutes*60), len(p.in) == 0
}

// posixAbbreviation is what a POSIX zone calls itself.
func posixAbbreviation(name string) string {
	if rest, ok := strings.CutPrefix(name, "<"); ok {
		abbreviation, _, _ := strings.Cut(rest, ">")
		return abbreviation
	}
	return name[:strings.IndexFunc(name, func(r rune) bool { return !isLetter(byte(r)) })]
}
