package pgstore

import (
	"fmt"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// eventOf is the event that tells what became of a key in a proxy.
func eventOf(h keysource.Happening, actor string) Event {
	e := Event{At: h.At, Tenant: h.Tenant, Actor: actor, Key: h.Key, Requests: h.Requests, Detail: reason(h.Failure)}
	switch h.What {
	case keysource.Fetched:
		e.Kind, e.Detail = EventFetched, "held until "+h.Until.UTC().Format(time.RFC3339)
	case keysource.Back:
		e.Kind, e.Detail = EventBack, "after "+e.Detail
	case keysource.Denied:
		e.Kind = EventDenied
	case keysource.Unreachable:
		e.Kind = EventUnreachable
	case keysource.Evicted:
		e.Kind = EventEvicted
		if h.Closing() {
			e.Detail = "the process ends"
		}
	case keysource.Alarmed:
		e.Kind = EventAlarm
		if e.Tenant == (Event{}).Tenant {
			e.Detail += fmt.Sprintf(" tenant=%q", h.Name)
		}
	}
	return e
}

// reason is a failure's code and name, and since when it lasts. Its cause, which
// may be anything, is for the log.
func reason(f *keysource.Error) string {
	if f == nil {
		return ""
	}
	text := f.Kind.Code() + " " + f.Kind.Name()
	if f.Drill != nil {
		text += " of a drill"
	}
	if !f.Since.IsZero() {
		text += " since " + f.Since.UTC().Format(time.RFC3339)
	}
	return text
}
