package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
)

// drillFormat is the first word of every report.
const drillFormat = "pgseal drill report 1"

// drillBound is within what time of an order every proxy has to follow it.
const drillBound = 2 * time.Second

// drillReport is what a drill did. Its JSON without blanks is what the event holds. Times are by the database's clock.
type drillReport struct {
	Format   string         `json:"format"`
	Version  string         `json:"pgseal"`
	Drill    string         `json:"drill"`
	Database string         `json:"database"`
	Tenant   string         `json:"tenant"`
	TenantID string         `json:"tenant_id"`
	Key      string         `json:"key"`
	By       string         `json:"ordered_by"`
	Ordered  time.Time      `json:"ordered"`
	Planned  time.Time      `json:"planned_end"`
	Ended    time.Time      `json:"ended"`
	Early    bool           `json:"ended_early"`
	Scope    []string       `json:"scope"` // the proxies that were named; empty: all
	BoundMS  int64          `json:"bound_ms"`
	Passed   bool           `json:"passed"`
	Failures []string       `json:"failures"`
	Remarks  []string       `json:"remarks"`
	Proxies  []drilledProxy `json:"proxies"`
}

// drilledProxy is what a drill did in one proxy, in milliseconds since the order, or since its end; null is never.
type drilledProxy struct {
	Name         string           `json:"proxy"`
	State        string           `json:"state"` // drilled, unused, silent
	Noticed      *int64           `json:"noticed_ms"`
	LastValue    *int64           `json:"last_value_ms"` // sealed or opened; less than 0: before the order
	FirstRefusal *int64           `json:"first_refusal_ms"`
	Refused      map[string]int64 `json:"refused"`        // statements, by SQLSTATE
	Held         int              `json:"keys_held"`      // plaintext copies of the key in memory when it was noticed
	Left         int              `json:"keys_left"`      // of them, not destroyed by the time of the report
	Destroyed    *int64           `json:"destroyed_ms"`   // the last of them
	Over         *int64           `json:"over_ms"`        // since the end: noticed
	FirstValue   *int64           `json:"first_value_ms"` // since the end
	StateAfter   string           `json:"state_after"`
	CodeAfter    string           `json:"code_after"`
	ClockError   int64            `json:"clock_error_ms"` // by how much the above may be wrong
	Heard        *time.Time       `json:"heard"`          // when it last reported
}

func (w *drillWatch) report() *drillReport {
	t := w.tenant
	r := &drillReport{
		Format: drillFormat, Version: version, Drill: drillID(&w.drill), Database: w.s.name, Tenant: t.Name, TenantID: t.ID.String(), Key: t.Spec.KeyARN,
		By: w.drill.By, Ordered: w.drill.Ordered.UTC(), Planned: w.planned.UTC(), Ended: w.drill.Until.UTC(), Early: w.early, Scope: append([]string{}, w.drill.Proxies...),
		BoundMS: drillBound.Milliseconds(), Failures: []string{}, Remarks: []string{}, Proxies: []drilledProxy{},
	}
	names := slices.Sorted(maps.Keys(w.heard))
	for _, name := range w.proxies {
		if _, ok := w.heard[name]; !ok {
			names = append(names, name)
		}
	}
	for _, name := range names {
		p := w.drilled(name)
		r.Proxies = append(r.Proxies, p)
		r.judge(p, w.locked)
	}
	if w.locked {
		r.Remarks = append(r.Remarks, "the tenant was locked in the meantime")
	}
	if len(r.Proxies) == 0 {
		r.Failures = append(r.Failures, "no proxy was heard of")
	}
	r.Passed = len(r.Failures) == 0
	return r
}

// drilled is what was heard of one proxy.
func (w *drillWatch) drilled(name string) drilledProxy {
	h, ok := w.heard[name]
	p := drilledProxy{Name: name, State: "silent", Refused: map[string]int64{}, StateAfter: h.key.State, CodeAfter: h.key.Code}
	if !ok {
		return p
	}
	beat := h.Heartbeat.UTC()
	p.Heard = &beat
	m := h.rehearsed
	switch {
	case m == nil && h.Heartbeat.Before(w.drill.Until):
		return p
	case m == nil:
		p.State = "unused"
		return p
	}
	since := func(zero time.Time, at *time.Time) *int64 {
		if at == nil {
			return nil
		}
		ms := at.Sub(zero).Round(time.Millisecond).Milliseconds()
		return &ms
	}
	p.Noticed, p.LastValue, p.FirstRefusal, p.Destroyed = since(w.drill.Ordered, m.Noticed), since(w.drill.Ordered, m.LastValue), since(w.drill.Ordered, m.FirstRefusal), since(w.drill.Ordered, m.Destroyed)
	p.Over, p.FirstValue = since(w.drill.Until, m.Over), since(w.drill.Until, m.FirstValue)
	p.Held, p.Left, p.ClockError = m.Held, m.Left, (m.Blur + time.Millisecond - 1).Milliseconds()
	maps.Copy(p.Refused, m.Refused)
	if p.State = "drilled"; p.Over == nil && h.Heartbeat.Before(w.drill.Until) { // it has died in the drill
		p.State = "silent"
	}
	return p
}

// judge says what is wrong with a proxy, and what should be known.
func (r *drillReport) judge(p drilledProxy, locked bool) {
	fail := func(format string, args ...any) {
		r.Failures = append(r.Failures, "proxy "+p.Name+": "+fmt.Sprintf(format, args...))
	}
	remark := func(format string, args ...any) {
		r.Remarks = append(r.Remarks, "proxy "+p.Name+": "+fmt.Sprintf(format, args...))
	}
	over := func(ms *int64) bool { return ms != nil && *ms-p.ClockError > r.BoundMS }
	if p.Held > 0 && over(p.Noticed) { // without a key there was nothing to give up
		fail("it followed after %d ms, not within %d", *p.Noticed, r.BoundMS)
	}
	if over(p.LastValue) {
		fail("a value was sealed or opened %d ms after the order", *p.LastValue)
	}
	switch {
	case p.State == "unused":
		remark("it did not notice the drill: nobody used the key there, or the drill was over before it looked")
		return
	case p.State == "silent" && p.Heard == nil:
		fail("it was not heard of")
		return
	case p.State == "silent":
		fail("it was not heard of after %s", p.Heard.Format(time.RFC3339))
		return
	}
	if len(p.Refused) == 0 {
		remark("nobody asked for the key in the drill: what the application does without it was not seen")
	}
	if p.Left > 0 {
		remark("%d plaintext copies of the key are still in memory, because statements that began before the drill have not ended; they are not used", p.Left)
	}
	switch {
	case p.Over == nil:
		fail("it does not say that the drill is over")
	case p.FirstValue == nil && p.CodeAfter != "" && !locked:
		fail("the key has not come back: %s %s", p.StateAfter, p.CodeAfter)
	case p.FirstValue == nil:
		remark("nobody has used the key since")
	}
}

// publish keeps the report, and prints it.
func (w *drillWatch) publish(ctx context.Context, c *cli.Context) error {
	r := w.report()
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	kept := w.keep(ctx, string(text))
	if file := c.String("report"); file != "" {
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, text, "", "  "); err != nil {
			return err
		}
		pretty.WriteByte('\n')
		if err := os.WriteFile(file, pretty.Bytes(), 0o644); err != nil {
			kept = errors.Join(kept, err)
		}
	}
	if err := output(c, r, func(t *table) { r.print(t) }); err != nil {
		return errors.Join(kept, err)
	}
	if kept != nil {
		return fmt.Errorf("the report is not kept in the database, and will not verify: %w", kept)
	}
	if !r.Passed {
		return errors.New("the drill has failed: " + strings.Join(r.Failures, "; "))
	}
	return nil
}

// keep writes the report as an event, if need be again and again for a while.
func (w *drillWatch) keep(ctx context.Context, text string) error {
	ctx, stop := context.WithTimeout(ctx, drillKeep)
	defer stop()
	for {
		err := w.s.store.ReportDrill(ctx, w.tenant, text, actor())
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(drillLook)
	}
}

func (r *drillReport) print(t *table) {
	verdict := "passed: every proxy followed within " + (time.Duration(r.BoundMS) * time.Millisecond).String()
	if !r.Passed {
		verdict = "FAILED"
	}
	end := ""
	if r.Early {
		end = ", before its time"
	}
	t.pair("drill", r.Drill)
	t.pair("tenant", r.Tenant)
	t.pair("key", r.Key)
	t.pair("ordered", r.Ordered.Format(time.RFC3339Nano)+" by "+r.By)
	t.pair("ended", r.Ended.Format(time.RFC3339Nano)+end)
	t.pair("outcome", verdict)
	for _, f := range r.Failures {
		t.pair("failure", f)
	}
	for _, f := range r.Remarks {
		t.pair("remark", f)
	}
	t.row("")
	t.row("PROXY", "STATE", "NOTICED", "LAST VALUE", "FIRST REFUSAL", "REFUSED", "KEY DESTROYED", "OVER", "FIRST VALUE AGAIN")
	for _, p := range r.Proxies {
		destroyed := millis(p.Destroyed)
		switch {
		case p.State == "drilled" && p.Held == 0:
			destroyed = "none held"
		case p.Left > 0:
			destroyed = fmt.Sprintf("NO, %d left", p.Left)
		}
		t.row(p.Name, p.State, millis(p.Noticed), millis(p.LastValue), millis(p.FirstRefusal), refusedWords(p.Refused), destroyed, millis(p.Over), millis(p.FirstValue))
	}
}

func millis(ms *int64) string {
	if ms == nil {
		return "-"
	}
	return fmt.Sprintf("%d ms", *ms)
}

func refusedWords(refused map[string]int64) string {
	var all []string
	for _, code := range slices.Sorted(maps.Keys(refused)) {
		all = append(all, fmt.Sprintf("%d x %s", refused[code], code))
	}
	return dash(strings.Join(all, ", "))
}
