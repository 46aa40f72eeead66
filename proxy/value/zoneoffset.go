package value

import "time"

// offsetAt is the zone's offset, in seconds east, at an instant given in seconds since 1970 (UTC).
func offsetAt(zone *time.Location, unix int64) int64 {
	if zone == time.UTC {
		return 0
	}
	_, offset := time.Unix(unix, 0).In(zone).Zone()
	return int64(offset)
}

// offsetOfLocal is the zone's offset for a wall-clock time (in seconds since 1970, as if it were UTC). Where the clock was
// put forward and the time does not exist, or put back and it exists twice, PostgreSQL's choice is taken: the offset
// before the change in the first case, the one after it in the second.
func offsetOfLocal(zone *time.Location, wall int64) int64 {
	if zone == time.UTC {
		return 0
	}
	dayBefore := time.Unix(wall-secondsPerDay, 0).In(zone)
	_, end := dayBefore.ZoneBounds()
	before := offsetAt(zone, wall-secondsPerDay)
	if end.IsZero() {
		return before
	}
	change := end.Unix()
	after := offsetAt(zone, change)
	atBefore, atAfter := wall-before, wall-after
	switch {
	case atBefore < change && atAfter < change:
		return before
	case atBefore > change && atAfter >= change:
		return after
	case atBefore > atAfter:
		return before
	}
	return after
}
