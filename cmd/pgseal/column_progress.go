package main

import (
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

// progress shows how far work on a column is: a bar on a terminal, a line every few seconds otherwise, nothing with --json.
type progress struct {
	out  io.Writer
	bars *mpb.Progress
	bar  *mpb.Bar
	said time.Time
	was  string                 // phase, pass and status that were shown last
	note atomic.Pointer[string] // of the bar, which draws itself
}

// sayEvery is how often a line is written where there is no terminal.
const sayEvery = 5 * time.Second

func newProgress(c *cli.Context) *progress {
	p := &progress{out: c.App.ErrWriter}
	p.note.Store(new(string))
	if c.Bool("json") {
		p.out = io.Discard
	}
	if f, ok := p.out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bars = mpb.New(mpb.WithOutput(f), mpb.WithAutoRefresh())
	}
	return p
}

// show shows the record of the work.
func (p *progress) show(b *pgstore.Bulk) {
	now := fmt.Sprintf("%s, pass %d, %s", b.Phase, b.Pass, b.Status)
	if p.bars != nil {
		p.showBar(b, now)
	} else if now != p.was || time.Since(p.said) >= sayEvery {
		p.said = time.Now()
		line := fmt.Sprintf("%s: %d of about %d rows, %d values written", now, b.Seen, b.Total, b.Written)
		if b.Reason != "" {
			line += ": " + dash(b.Code) + " " + b.Reason
		}
		fmt.Fprintln(p.out, line)
	}
	p.was = now
}

func (p *progress) showBar(b *pgstore.Bulk, now string) {
	if p.bar == nil {
		p.bar = p.bars.AddBar(b.Total, mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return *p.note.Load() }, decor.WCSyncSpaceR), decor.CountersNoUnit("%d / %d rows")),
			mpb.AppendDecorators(decor.AverageSpeed(0, "%.0f rows/s"), decor.Name("  "), decor.AverageETA(decor.ET_STYLE_GO)))
	}
	if now != p.was {
		note := now + " " + b.Code
		p.note.Store(&note)
	}
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
