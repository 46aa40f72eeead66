package main

import (
	"log/slog"
	"time"

	"github.com/legatics/pgseal/proxy"
)

// phase is a part of the time that a query took.
type phase struct {
	name string
	took time.Duration
}

func phasesOf(a *proxy.Answered) []phase {
	return []phase{{"plan", a.Plan}, {"key", a.Key}, {"seal", a.Seal}, {"server", a.Server}, {"open", a.Open}}
}

// logSlow writes a line for a slow statement. The statement is shown without literals.
func logSlow(log *slog.Logger, a *proxy.Answered) {
	form, fingerprint := a.Form()
	fields := []any{"session", a.Session, "database", a.Database, "user", a.User, "tenant", a.Tenant, "fingerprint", fingerprint, "statement", form, "sqlstate", a.SQLState,
		"took_ms", inMilliseconds(a.Took)}
	for _, p := range phasesOf(a) {
		fields = append(fields, p.name+"_ms", inMilliseconds(p.took))
	}
	log.Warn("slow statement", fields...)
}

func inMilliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// watcher is what is told of each query; nil where nobody wants to know.
func (s *service) watcher() func(*proxy.Answered) {
	slow := s.config.Log.SlowStatement > 0
	if !slow && s.tracer == nil {
		return nil
	}
	return func(a *proxy.Answered) {
		if a.Slow {
			logSlow(s.log, a)
		}
		if s.tracer != nil {
			s.tracer.saw(a)
		}
	}
}
