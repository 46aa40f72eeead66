package soak

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// reading is what the first proxy said of itself at one moment, by metric.
type reading map[string]float64

const (
	memory      = "process_resident_memory_bytes"
	goroutines  = "go_goroutines"
	descriptors = "process_open_fds"
	sessions    = "pgseal_sessions_open"
)

// get asks the admin side of a proxy.
func (s *soak) get(ctx context.Context, d *program.Deployment, path string) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+d.AdminAddress()+path, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Close = true
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, body)
	}
	return body, err
}

// sample is nil where the proxy did not answer.
func (s *soak) sample(ctx context.Context) reading {
	text, err := s.get(ctx, s.first, "/metrics")
	if err != nil {
		if ctx.Err() == nil {
			s.t.Errorf("/metrics: %v", err)
		}
		return nil
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(string(text)))
	if err != nil {
		s.t.Error(err)
		return nil
	}
	r := reading{}
	for _, name := range []string{memory, goroutines, descriptors, sessions} {
		f := families[name]
		if f == nil || len(f.Metric) != 1 {
			s.t.Errorf("there is no metric %s", name)
			return nil
		}
		r[name] = f.Metric[0].GetGauge().GetValue()
	}
	return r
}

// idle is a sample of the first proxy without sessions.
func (s *soak) idle() reading {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		r := s.sample(s.t.Context())
		if r != nil && r[sessions] == 0 {
			return r
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("the first proxy does not come to rest: %v", r)
		}
	}
}

// watch samples until ctx ends.
func (s *soak) watch(ctx context.Context) (all []reading) {
	ticker := time.NewTicker(min(time.Second, max(100*time.Millisecond, *length/400)))
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return all
		case <-ticker.C:
			if r := s.sample(ctx); r != nil {
				all = append(all, r)
			}
		}
	}
}

// poll reads the page and the API of both proxies, as a dashboard does.
func (s *soak) poll(ctx context.Context) {
	base := "/api/v1/databases/" + s.database + "/"
	paths := []string{"/live", "/ready", "/", "/api/v1/databases", base + "proxies", base + "columns", base + "tenants/" + moved + "/key", base + "tenants/" + steady + "/events",
		base + "tenants/" + steady + "/history", base + "tenants/" + steady + "/usage"}
	for n := 0; ctx.Err() == nil; n++ {
		for i, d := range []*program.Deployment{s.first, s.second} {
			_, err := s.get(ctx, d, paths[n%len(paths)])
			if err == nil {
				s.did("admin answers")
			} else if i == 0 && ctx.Err() == nil { // it says no for a moment when its control connection is cut
				s.did("admin answers other than 200: " + paths[n%len(paths)] + " " + first(err.Error(), 15))
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func first(text string, n int) string { return text[:min(n, len(text))] }

// givenBack waits until the first proxy uses what it used before the first client came.
func (s *soak) givenBack(before reading) {
	var now reading
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(500 * time.Millisecond) {
		now = s.sample(s.t.Context())
		if now == nil || now[sessions] == 0 && now[goroutines] <= before[goroutines]+idleGoroutines && now[descriptors] <= before[descriptors]+idleDescriptors {
			break
		}
		if time.Now().After(deadline) {
			s.t.Errorf("not given back by the first proxy: %v before the first client, %v after the last; started by:\n%s", before, now, stacks(s.first))
			break
		}
	}
	var backends int
	err := s.cluster.Conn(s.t, s.database, "").QueryRow(s.t.Context(),
		"SELECT count(*) FROM pg_stat_activity WHERE usename IN ('steady', 'moved')").Scan(&backends)
	if err != nil || backends > 0 {
		s.t.Errorf("%d sessions of clients that have gone are left at the server (%v)", backends, err)
	}
	s.t.Logf("before the first client %v, after the last %v", before, now)
}

// What an idle proxy may hold more than before, however long it played: connections that are kept for the next call, to the KMS with two goroutines each;
// and the housekeeping of the job queue, if it was elected for that meanwhile: 8 services of River's with 6 tickers between them.
const (
	idleDescriptors = 6
	idleGoroutines  = 2*idleDescriptors + 8 + 6 + 4 // of the last anything, for the moment in which the sample is taken
)

// tolerance is how much more of something may be used in the last quarter of the time than in the second, in the median.
type tolerance struct {
	metric string
	factor float64
	plus   float64
}

// held are the tolerances: of memory a tenth and 8 MiB; in the short form half and 32 MiB, since Go's heap is still finding its size.
func held(short bool) []tolerance {
	m := tolerance{memory, 1.1, 8 << 20}
	if short {
		m = tolerance{memory, 1.5, 32 << 20}
	}
	return []tolerance{m, {goroutines, 1.25, 20}, {descriptors, 1.25, 10}}
}

// flat holds the last quarter against the second, and says what it saw.
func flat(t testing.TB, taken []reading, tolerances []tolerance) (lines []string) {
	t.Helper()
	if len(taken) < 8 {
		t.Errorf("only %d samples", len(taken))
		return nil
	}
	quarter := len(taken) / 4
	for _, tol := range tolerances {
		second, last := median(taken[quarter:2*quarter], tol.metric), median(taken[len(taken)-quarter:], tol.metric)
		limit := second*tol.factor + tol.plus
		if last > limit && !(program.RaceDetector && tol.metric == memory) { // the race detector has a memory of its own
			t.Errorf("%s is not flat: %.0f in the second quarter, %.0f in the last, at most %.0f", tol.metric, second, last, limit)
		}
		lines = append(lines, fmt.Sprintf("%s: %.0f in the second quarter, %.0f in the last (median of %d samples each), %.0f at the most", tol.metric, second, last, quarter, highest(taken, tol.metric)))
	}
	return lines
}

func median(taken []reading, metric string) float64 {
	var all []float64
	for _, r := range taken {
		all = append(all, r[metric])
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func highest(taken []reading, metric string) (top float64) {
	for _, r := range taken {
		top = max(top, r[metric])
	}
	return top
}
