package bulk

import (
	"fmt"
	"time"
)

// reading is what was seen of the server at a time.
type reading struct {
	at       time.Time
	others   bool // a client of the database is at work, or was a moment ago
	active   int  // clients that are
	wal      int64
	lag      time.Duration
	lagBytes int64
	hidden   bool // there are replicas, and the control role may not see how far they are
	dead     float64
	times    []int64 // of statements, ever; nil where nobody measures them
}

// pace keeps the work from taking the server to itself. Its level is the share of the time in which it is at work: all of it while nobody else is. While
// others are, it is raised slowly up to a share, and halved where statements take too long. Where a bound of the operator's is exceeded, it rests.
type pace struct {
	bounds Pace
	limit  func(slot int) time.Duration // of times

	level float64
	hold  string // why it rests altogether; empty: it does not
	note  string // why it is slow, for people
	slow  slowness
	last  reading
	rate  float64 // bytes of WAL a second, smoothed
}

// Levels.
const (
	leastLevel   = 0.02
	blindLevel   = 0.25 // while others are at work, and it is not known how they fare
	sharedLevel  = 0.5  // while others are at work
	levelStep    = 0.02
	lookEvery    = 500 * time.Millisecond // between two readings
	longestRest  = time.Second            // behind one batch
	walSmoothing = 2 * time.Second
)

// judge takes in a reading.
func (p *pace) judge(r reading) {
	held := p.hold != ""
	p.measure(r)
	p.hold = p.exceeded(r)
	if p.hold == "" {
		p.hold = p.slow.listening(r, p.bounds.factor(), p.limit)
		held = held || p.hold != "" // to listen is no reason to be slower afterwards
	}
	switch {
	case p.hold != "" && !held:
		p.level = max(leastLevel, p.level/2)
	case p.hold != "":
	case !r.others:
		p.level = min(1, 1.5*p.level+levelStep)
	default:
		p.share()
	}
	p.last = r
	p.note = p.says(r)
}

// share is a level beside others who are at work.
func (p *pace) share() {
	switch {
	case p.slow.tooSlow:
		p.level /= 2
	case !p.slow.near:
		p.level += levelStep
	}
	most := sharedLevel
	if p.slow.now == 0 {
		most = blindLevel
	}
	p.level = max(leastLevel, min(p.level, most))
	p.slow.tooSlow = false
}

// measure takes the rate of WAL.
func (p *pace) measure(r reading) {
	if passed := r.at.Sub(p.last.at); !p.last.at.IsZero() && passed > 0 {
		now := float64(r.wal-p.last.wal) / passed.Seconds()
		p.rate += (now - p.rate) * min(1, passed.Seconds()/walSmoothing.Seconds())
	}
}

// exceeded says which bound of the operator's is exceeded.
func (p *pace) exceeded(r reading) string {
	b := &p.bounds
	switch {
	case b.MaxLoad > 0 && r.active > b.MaxLoad:
		return fmt.Sprintf("resting: %d sessions of others are active, over %d", r.active, b.MaxLoad)
	case (b.MaxLag > 0 || b.MaxBytes > 0) && r.hidden:
		return "resting: how far the replicas are cannot be seen: grant pg_read_all_stats to the control role"
	case b.MaxLag > 0 && r.lag > b.MaxLag:
		return fmt.Sprintf("resting: replication lag %s over %s", r.lag.Round(time.Second/10), b.MaxLag)
	case b.MaxBytes > 0 && r.lagBytes > b.MaxBytes:
		return fmt.Sprintf("resting: replication lag %d bytes over %d", r.lagBytes, b.MaxBytes)
	case b.MaxWAL > 0 && p.rate > float64(b.MaxWAL):
		return fmt.Sprintf("resting: %.0f bytes of WAL a second, over %d", p.rate, b.MaxWAL)
	case b.MaxDead > 0 && r.dead > b.MaxDead:
		return fmt.Sprintf("resting until VACUUM: %.0f %% of the rows are dead, over %.0f %%", 100*r.dead, 100*b.MaxDead)
	}
	return ""
}

// says why the work is not at full pace; empty where it is.
func (p *pace) says(r reading) string {
	switch {
	case p.hold != "":
		return p.hold
	case p.full():
		return ""
	case !r.others:
		return fmt.Sprintf("at work %.0f %% of the time, and rising", 100*p.level)
	case p.slow.now > 0:
		return fmt.Sprintf("at work %.0f %% of the time beside other sessions: p99 of their statements is %s, and %s while it rests", 100*p.level, p.slow.now, p.slow.base)
	}
	return fmt.Sprintf("at work %.0f %% of the time beside other sessions", 100*p.level)
}

// full tells whether the work takes no rests.
func (p *pace) full() bool { return p.hold == "" && p.level >= 1 }

// rest is how long to rest behind a batch that took a time.
func (p *pace) rest(took time.Duration) time.Duration {
	return min(longestRest, time.Duration(float64(took)*(1-p.level)/p.level))
}

// rows is how many rows a batch is to have at most: small ones are soon over.
func (p *pace) rows() int { return max(leastBatch, int(p.level*batchRows)) }

// leastBatch are the rows of a batch at the slowest pace.
const leastBatch = 100
