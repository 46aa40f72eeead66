package pgstore

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// Bounds of a Recorder.
const (
	recorderQueue = 10_000           // events that wait to be written; what comes then is dropped, and counted
	recorderBatch = 1_000            // written in one transaction
	recorderTick  = time.Second      // between two writes
	recorderCall  = 10 * time.Second // of one

	checkpointEvery = time.Hour        // for a proxy that has nothing else to write
	askEvery        = 10 * time.Second // whether there is something to witness
)

// RecorderOptions say whose events a Recorder writes. Actor is needed.
type RecorderOptions struct {
	Actor string                 // the proxy
	Now   func() time.Time       // nil: time.Now
	After func(h RecorderReport) // nil: nobody; hears of each change, from Run and Close
}

// RecorderReport is how a process's part of the event log stands: to be kept
// elsewhere, where whoever cuts the log off does not get to.
type RecorderReport struct {
	Head    Head
	Written int64 // by the recorder, since its start
	Dropped int64
	Closing bool // there are no more
}

// Recorder writes a serving proxy's events in the background. It is a
// keysource.Journal that never waits.
type Recorder struct {
	s *Store
	o RecorderOptions

	mu      sync.Mutex
	queue   []Event
	lost    int // dropped since the last write
	from    time.Time
	lastOne time.Time // when the last event was dropped

	written, dropped atomic.Int64
	last             RecorderReport // belongs to Run, as does the rest
	lived            time.Time      // of the last event or checkpoint
	asked            time.Time      // whether there are heads that nobody has witnessed
	silent           bool           // the last write failed
}

// NewRecorder makes a recorder. Run writes, until Close.
func (s *Store) NewRecorder(o RecorderOptions) *Recorder {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.After == nil {
		o.After = func(RecorderReport) {}
	}
	return &Recorder{s: s, o: o}
}

// Happened implements keysource.Journal.
func (r *Recorder) Happened(h keysource.Happening) { r.Add(eventOf(h, r.o.Actor)) }

// Add has an event written soon. It never waits: what does not fit is counted.
func (r *Recorder) Add(e Event) {
	if e.At.IsZero() {
		e.At = r.o.Now()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.queue) < recorderQueue {
		r.queue = append(r.queue, e)
		return
	}
	if r.lost == 0 {
		r.from = e.At
	}
	r.lost++
	r.lastOne = e.At
	r.dropped.Add(1)
}

// Run writes what is added, until ctx ends. It begins with a checkpoint.
func (r *Recorder) Run(ctx context.Context) error {
	ticker := time.NewTicker(recorderTick)
	defer ticker.Stop()
	for {
		r.round(ctx)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// Close writes what is left. Run has ended.
func (r *Recorder) Close(ctx context.Context) {
	for r.write(ctx) {
	}
	r.report(true)
}

// round is one tick: what has come, and a sign of life where there was nothing.
func (r *Recorder) round(ctx context.Context) {
	if now := r.o.Now(); r.checkpointDue(ctx, now) {
		r.lived = now
		r.Add(Event{At: now, Kind: EventCheckpoint, Actor: r.o.Actor})
	}
	for ctx.Err() == nil && r.write(ctx) {
	}
	r.report(false)
}

// checkpointDue: others have written what nobody may have witnessed yet, or
// this proxy has said nothing for long.
func (r *Recorder) checkpointDue(ctx context.Context, now time.Time) bool {
	if now.Sub(r.lived) >= checkpointEvery {
		r.asked = now
		return true
	}
	if now.Sub(r.asked) < askEvery {
		return false
	}
	r.asked = now
	limited, stop := context.WithTimeout(ctx, recorderCall)
	defer stop()
	due, err := r.s.unwitnessed(limited)
	return err == nil && due
}

// write writes one batch, and tells whether there is more.
func (r *Recorder) write(ctx context.Context) (more bool) {
	r.mu.Lock()
	batch := r.queue[:min(len(r.queue), recorderBatch)]
	lost, from, to := r.lost, r.from, r.lastOne
	r.mu.Unlock()
	if len(batch) == 0 && lost == 0 {
		return false
	}
	events := append([]Event{}, batch...)
	if lost > 0 {
		events = append(events, Event{At: r.o.Now(), Kind: EventDropped, Actor: r.o.Actor, Detail: fmt.Sprintf("%d events from %s to %s were not written: there were too many at once, or the database could not be written",
			lost, from.UTC().Format(time.RFC3339), to.UTC().Format(time.RFC3339))})
	}
	limited, stop := context.WithTimeout(ctx, recorderCall)
	defer stop()
	if err := r.s.Record(limited, events...); err != nil {
		if !r.silent && ctx.Err() == nil {
			r.s.log.Warn("events cannot be written to the event log; they are kept until they can", "kept", len(batch), "most", recorderQueue, "cause", err)
		}
		r.silent = true
		return false
	}
	r.silent = false
	r.lived = r.o.Now()
	r.written.Add(int64(len(events)))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.queue = append([]Event{}, r.queue[len(batch):]...)
	r.lost -= lost
	return len(r.queue) > 0
}

// report tells where the chain has come to, if that is news.
func (r *Recorder) report(closing bool) {
	head, _ := r.s.EventHead() // none: zero
	if now := (RecorderReport{head, r.written.Load(), r.dropped.Load(), closing}); now != r.last {
		r.last = now
		r.o.After(now)
	}
}
