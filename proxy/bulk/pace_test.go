package bulk

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// server is one whose statements take longer the more the work is at work, and whose replicas fall behind by that.
type server struct {
	pace    *pace
	r       reading
	others  int     // statements of others in half a second
	slows   float64 // by how many times the work makes statements slower, were it always at work
	lags    float64 // seconds by which replicas fall behind in a second of work; they catch up by one
	writes  float64 // bytes of WAL in a second of work
	worked  float64 // seconds
	slowest float64 // lag
	slow    [2]int  // statements, and those that took longer than twice the usual
	rng     *rand.Rand
}

const usual = 20 // slot of what statements take

func newServer(bounds Pace) *server {
	s := &server{pace: &pace{level: 1, bounds: bounds, limit: func(slot int) time.Duration { return time.Duration(slot+1) * time.Millisecond }}, rng: rand.New(rand.NewPCG(1, 2))}
	s.r.at, s.r.times = time.Unix(1e9, 0), make([]int64, 200)
	return s
}

// run lets time pass.
func (s *server) run(d time.Duration) {
	for range d / lookEvery {
		share := s.pace.level
		if s.pace.hold != "" {
			share = 0
		}
		s.worked += share * lookEvery.Seconds()
		r := s.r
		r.times = append([]int64(nil), s.r.times...)
		r.at = r.at.Add(lookEvery)
		r.others, r.active = s.others > 0, min(s.others, 8)
		for range s.others {
			slot := int(float64(usual) * (1 + s.slows*share) * (0.8 + 0.2*s.rng.Float64()))
			r.times[slot]++
			s.slow[0]++
			if slot > 2*usual {
				s.slow[1]++
			}
		}
		r.lag = max(0, r.lag+time.Duration((s.lags*share-1)*float64(lookEvery)))
		s.slowest = max(s.slowest, r.lag.Seconds())
		r.wal += int64(s.writes * share * lookEvery.Seconds())
		s.r = r
		s.pace.judge(r)
	}
}

// TestPace holds the pace against servers in trouble, without a clock.
func TestPace(t *testing.T) {
	t.Run("alone", func(t *testing.T) {
		s := newServer(Pace{})
		if s.run(time.Minute); s.worked < 59 || s.pace.note != "" {
			t.Errorf("at work for %.1f of 60 s: %q", s.worked, s.pace.note)
		}
	})
	t.Run("statements", func(t *testing.T) {
		s := newServer(Pace{})
		s.others, s.slows = 500, 6
		s.run(10 * time.Minute)
		if share := s.worked / 600; share < 0.05 || share > 0.3 {
			t.Errorf("at work %.2f of the time", share)
		}
		if late := float64(s.slow[1]) / float64(s.slow[0]); late > 0.01 {
			t.Errorf("%.4f of the statements took longer than twice the usual", late)
		}
		if !strings.Contains(s.pace.note, "p99 of their statements is") {
			t.Errorf("said: %q", s.pace.note)
		}
		s.others, s.worked = 0, 0
		if s.run(20 * time.Second); s.worked < 15 || !s.pace.full() {
			t.Errorf("at work for %.1f of 20 s when it was alone", s.worked)
		}
	})
	t.Run("harmless", func(t *testing.T) {
		s := newServer(Pace{})
		s.others, s.slows = 500, 0.1
		if s.run(time.Minute); s.worked < 20 {
			t.Errorf("at work for %.1f of 60 s", s.worked)
		}
	})
	t.Run("blind", func(t *testing.T) {
		s := newServer(Pace{})
		s.others, s.slows = 3, 9
		s.run(time.Minute)
		if s.pace.level > blindLevel {
			t.Errorf("at work %.2f of the time", s.pace.level)
		}
	})
	t.Run("lag", func(t *testing.T) {
		s := newServer(Pace{MaxLag: 10 * time.Second})
		s.lags = 5
		s.run(10 * time.Minute)
		if s.slowest > 14 {
			t.Errorf("a lag of %.1f s", s.slowest)
		}
		if s.worked < 60 { // a fifth would keep the lag as it is
			t.Errorf("at work for %.0f of 600 s", s.worked)
		}
	})
	t.Run("WAL", func(t *testing.T) {
		s := newServer(Pace{MaxWAL: 1e6})
		s.writes = 1e7
		s.run(5 * time.Minute)
		if rate := float64(s.r.wal) / 300; rate > 1.5e6 || rate < 2e5 {
			t.Errorf("%.0f bytes a second", rate)
		}
	})
	t.Run("says why", func(t *testing.T) {
		for want, test := range map[string]struct {
			bounds Pace
			r      reading
		}{
			"12s over 10s":         {Pace{MaxLag: 10 * time.Second}, reading{lag: 12 * time.Second}},
			"9 sessions of others": {Pace{MaxLoad: 8}, reading{active: 9}},
			"200 bytes over 100":   {Pace{MaxBytes: 100}, reading{lagBytes: 200}},
			"cannot be seen":       {Pace{MaxLag: time.Second}, reading{hidden: true}},
			"30 % of the rows":     {Pace{MaxDead: 0.2}, reading{dead: 0.3}},
		} {
			p := &pace{level: 1, bounds: test.bounds}
			if p.judge(test.r); !strings.HasPrefix(p.note, "resting") || !strings.Contains(p.note, want) {
				t.Errorf("%q, want %q", p.note, want)
			}
			if p.judge(reading{}); p.hold != "" {
				t.Errorf("rests still: %q", p.hold)
			}
		}
	})
}

func TestSettings(t *testing.T) {
	want := Settings{Pace: Pace{MaxLag: time.Second, MaxDead: 0.3}}
	if got, err := settingsOf(want.Text()); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if text := (Settings{}).Text(); text != "" {
		t.Error(text)
	}
	for _, bad := range []string{`{"max_dead": 2}`, `{"max_slower": 0.5}`, `{"max_load": -1}`, `{`} {
		if _, err := settingsOf(bad); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
	if _, err := settingsOf(`{"of_a_later_version": true}`); err != nil {
		t.Error(err)
	}
}
