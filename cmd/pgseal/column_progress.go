package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// progress shows how far work on a column is: a bar on a terminal, a line every few seconds otherwise, and with --json a line of JSON.
type progress struct {
	out    io.Writer
	column string
	json   bool
	bars   *mpb.Progress
	bar    *mpb.Bar
	said   time.Time
	was    string                 // phase, pass and status that were shown last
	note   atomic.Pointer[string] // of the bar, which draws itself
	pace   rowPace
	tally  passTally
}

// sayEvery is how often a line is written where there is no terminal.
const sayEvery = 5 * time.Second

func newProgress(c *cli.Context, column string) *progress {
	p := &progress{out: c.App.ErrWriter, column: column, json: c.Bool("json")}
	p.note.Store(new(string))
	if f, ok := p.out.(*os.File); ok && !p.json && term.IsTerminal(int(f.Fd())) {
		p.bars = mpb.New(mpb.WithOutput(f), mpb.WithAutoRefresh())
	}
	return p
}

// progressLine is a line of JSON.
type progressLine struct {
	Column  string  `json:"column"`
	Status  string  `json:"status"`
	Code    string  `json:"code,omitempty"`
	Reason  string  `json:"reason,omitempty"`
	Phase   string  `json:"phase"`
	Pass    int     `json:"pass"`
	Total   int64   `json:"rows_estimated"`
	Seen    int64   `json:"rows_seen"`
	Left    int64   `json:"rows_left"`
	Written int64   `json:"values_written"`
	Rate    float64 `json:"rows_per_second"`
	Seconds float64 `json:"seconds_left,omitempty"` // of the pass
}

// show shows the record of the work.
func (p *progress) show(b *pgstore.Bulk) {
	p.pace.add(time.Now(), b)
	p.tally.add(b)
	now := fmt.Sprintf("%s, pass %d, %s", b.Phase, b.Pass, b.Status)
	if p.bars != nil {
		p.showBar(b, now)
	} else if now != p.was || time.Since(p.said) >= sayEvery {
		p.said = time.Now()
		p.line(b, now)
	}
	p.was = now
}

func (p *progress) line(b *pgstore.Bulk, now string) {
	left := max(0, b.Total-b.Seen)
	if p.json {
		line := progressLine{Column: p.column, Status: string(b.Status), Code: b.Code, Reason: b.Reason, Phase: b.Phase, Pass: b.Pass, Total: b.Total, Seen: b.Seen, Left: left,
			Written: b.Written, Rate: p.pace.rate(), Seconds: p.pace.left(left).Seconds()}
		_ = json.NewEncoder(p.out).Encode(line) // nobody listens
		return
	}
	text := fmt.Sprintf("%s: %s", now, ofAbout(b.Seen, b.Total))
	if b.Total > 0 && b.Total >= b.Seen {
		text += fmt.Sprintf(", %d left", left)
	}
	text += fmt.Sprintf(", %d values written", b.Written)
	if rate := p.pace.rate(); rate > 0 {
		text += fmt.Sprintf(", %.0f rows/s", rate)
	}
	if remaining := p.pace.left(left); remaining > 0 {
		text += ", about " + remaining.Round(time.Second).String() + " left"
	}
	if b.Reason != "" {
		text += ": " + becauseOf(b)
	}
	fmt.Fprintln(p.out, text)
}

// ofAbout says how many rows were looked at, and of how many where the server's own estimate is of any use: a table that was never analyzed has none.
func ofAbout(seen, total int64) string {
	if total == 0 || total < seen {
		return fmt.Sprintf("%d rows", seen)
	}
	return fmt.Sprintf("%d of about %d rows", seen, total)
}

// becauseOf is what holds the work back, or why it stopped.
func becauseOf(b *pgstore.Bulk) string {
	if b.Code == "" {
		return b.Reason
	}
	return b.Code + " " + b.Reason
}

func (p *progress) showBar(b *pgstore.Bulk, now string) {
	if p.bar == nil {
		p.bar = p.bars.AddBar(b.Total,
			mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return *p.note.Load() }, decor.WCSyncSpaceR), decor.CountersNoUnit("%d / %d rows")))
	}
	left := max(0, b.Total-b.Seen)
	note := fmt.Sprintf("%s %.0f rows/s, %d rows and %s left", now, p.pace.rate(), left, p.pace.left(left).Round(time.Second))
	if b.Reason != "" {
		note = now + ": " + becauseOf(b)
	}
	p.note.Store(&note)
	p.bar.SetTotal(max(b.Total, b.Seen+1), false)
	p.bar.SetCurrent(b.Seen)
}

func (p *progress) close() {
	if p.bars == nil {
		return
	}
	if p.bar != nil {
		p.bar.Abort(false)
	}
	p.bars.Wait()
}

// rowPace is how fast rows have been gone through lately.
type rowPace struct {
	points []rowPoint // of the last rateWindow
	pass   string
}

type rowPoint struct {
	at   time.Time
	seen int64
}

// rateWindow is what "lately" is.
const rateWindow = 10 * time.Second

func (r *rowPace) add(at time.Time, b *pgstore.Bulk) {
	if pass := fmt.Sprint(b.Phase, b.Pass); pass != r.pass {
		r.points, r.pass = nil, pass
	}
	r.points = append(r.points, rowPoint{at, b.Seen})
	for len(r.points) > 2 && at.Sub(r.points[0].at) > rateWindow {
		r.points = r.points[1:]
	}
}

// rate is in rows a second; 0 while it is not known.
func (r *rowPace) rate() float64 {
	if len(r.points) < 2 {
		return 0
	}
	first, last := r.points[0], r.points[len(r.points)-1]
	return float64(last.seen-first.seen) / max(last.at.Sub(first.at).Seconds(), 0.001)
}

// left is how long so many rows will take; 0 while it is not known.
func (r *rowPace) left(rows int64) time.Duration {
	rate := r.rate()
	if rate <= 0 {
		return 0
	}
	return time.Duration(float64(rows) / rate * float64(time.Second))
}

// passTally adds up what the record says of single passes.
type passTally struct {
	pass    string
	skipped int64 // of former passes
	last    int64 // of the present one
}

func (t *passTally) add(b *pgstore.Bulk) {
	if pass := fmt.Sprint(b.Phase, b.Pass); pass != t.pass {
		t.skipped, t.last, t.pass = t.skipped+t.last, 0, pass
	}
	t.last = max(t.last, b.Skipped)
}
