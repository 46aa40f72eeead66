package main

import (
	"fmt"
	"time"

	"github.com/legatics/pgseal/proxy/bulk"
)

// scrubView is what is to be done to scrub a column, or was done, and what remains elsewhere.
type scrubView struct {
	Column   string           `json:"column"`
	State    string           `json:"state"`
	Steps    []stepView       `json:"steps"`
	Open     []string         `json:"open"` // what keeps it from being called scrubbed
	Sealed   *time.Time       `json:"sealed,omitempty"`
	Scrubbed *time.Time       `json:"scrubbed,omitempty"`
	Until    string           `json:"until_lsn,omitempty"` // the WAL before holds old values
	Remains  []bulk.Remainder `json:"remains,omitempty"`
}

type stepView struct {
	Step      string  `json:"step"`
	Object    string  `json:"object,omitempty"`
	Statement string  `json:"statement"`
	Lock      string  `json:"lock"`
	Blocks    string  `json:"blocks"`
	Bytes     int64   `json:"bytes"`
	Estimate  float64 `json:"estimated_seconds"`
	Took      float64 `json:"took_seconds"`
	Outcome   string  `json:"outcome"`
	Note      string  `json:"note,omitempty"`
}

func stepViewsOf(steps []bulk.ScrubStep) []stepView {
	views := []stepView{}
	for _, s := range steps {
		views = append(views, stepView{s.Name, s.Object, s.Statement, s.Lock, s.Blocks, s.Bytes, s.Estimate.Seconds(), s.Took.Seconds(), s.Outcome, s.Note})
	}
	return views
}

func (v *scrubView) print(t *table) {
	t.row(v.Column, v.State)
	for _, s := range v.Steps {
		length := "about " + lengthOf(s.Estimate)
		if s.Outcome != bulk.StepAhead {
			length = s.Outcome + " in " + lengthOf(s.Took)
		}
		t.row("\n"+s.Step+" "+s.Object, fmt.Sprintf("%.1f MB", float64(s.Bytes)/1e6), length)
		t.row("  "+s.Statement, "")
		t.row("  lock: "+s.Lock+"; blocks "+s.Blocks, "")
		if s.Note != "" {
			t.row("  "+s.Note, "")
		}
	}
	for i, open := range v.Open {
		if i == 0 {
			t.row("\nopen, so that the column is not called scrubbed:")
		}
		t.item(open)
	}
	if v.Scrubbed != nil {
		t.row("\nscrubbed " + v.Scrubbed.UTC().Format(time.RFC3339) + ", sealed " + v.Sealed.UTC().Format(time.RFC3339))
	}
	for i := range v.Remains {
		if i == 0 {
			t.row("\nwhat remains elsewhere:")
		}
		t.item(v.Remains[i].String())
	}
}

func lengthOf(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	if d >= time.Minute {
		return d.Round(time.Second).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
