package tenants

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// idleCost is what a proxy costs while nobody asks for anything.
type idleCost struct {
	bytes      float64       // to and from the database, a second
	statements float64       // a second
	poll       time.Duration // that one look for changed tenants takes at least
}

// idle looks at two proxies that have just started, and that nobody has asked for a key.
func (w *world) idle(t *testing.T) (c idleCost) {
	conn := w.cluster.Conn(t, w.database, "")
	commits := func() (n int64) {
		if err := conn.QueryRow(t.Context(), "SELECT xact_commit FROM pg_stat_database WHERE datname = $1", w.database).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	window := time.Duration(max(2, 10*min(*minutes, 1))) * time.Second
	time.Sleep(time.Second) // what only the start costs
	bytes, statements, began := w.control.bytes.Load(), commits(), time.Now()
	time.Sleep(window)
	passed := time.Since(began).Seconds()
	c.bytes = float64(w.control.bytes.Load()-bytes) / passed
	c.statements = float64(commits()-statements) / passed / float64(len(w.proxies))
	const look = "SELECT concat(count(*), ' ', sum(hashtextextended(v::text, 0))) FROM (SELECT t.name, t.version, coalesce(r.version, 0) FROM pgseal.tenant t LEFT JOIN pgseal.key_refusal r ON r.tenant = t.id) v"
	c.poll = time.Hour
	for range 20 {
		began := time.Now()
		if _, err := conn.Exec(t.Context(), look); err != nil {
			t.Fatal(err)
		}
		c.poll = min(c.poll, time.Since(began))
	}
	t.Logf("a proxy at rest: %.0f bytes and %.1f statements a second; a look for changes takes %v", c.bytes, c.statements, c.poll)
	if counts := w.kms.Counts(); len(counts) != 0 {
		t.Errorf("nobody has asked for a key, and the KMS was asked: %v", counts)
	}
	if most := 50_000.; c.bytes > most {
		t.Errorf("%.0f bytes a second, at most %.0f are wanted, however many tenants", c.bytes, most)
	}
	return c
}

// footprint is what a proxy's memory is made of with so many tenants in use.
type footprint struct {
	tenants, keys    int
	resident         int // bytes
	live             int // on the heap, when it was last collected
	locked, unlocked int // of keys
	series           int // that /metrics has
}

func (w *world) footprint(t *testing.T, proxy, tenants int) footprint {
	t.Helper()
	m, series := w.metrics(t, proxy)
	f := footprint{tenants: tenants, series: series, keys: int(m["pgseal_secret_memory_keys"]), locked: int(m["pgseal_secret_memory_locked_bytes"]),
		unlocked: int(m["pgseal_secret_memory_unlocked_bytes"]), live: int(m["go_memstats_next_gc_bytes"]) / 2, resident: int(m["process_resident_memory_bytes"])}
	t.Logf("%4d tenants in use: resident %.1f MiB, of it live %.1f MiB, %d keys in %d KiB locked and %d KiB unlocked memory, %d metrics; the system counts %d KiB as locked",
		tenants, float64(f.resident)/(1<<20), float64(f.live)/(1<<20), f.keys, f.locked>>10, f.unlocked>>10, series, lockedBy(t, w.proxies[proxy].PID())>>10)
	return f
}

// lockedBy is how much of a process's memory is locked, by proc(5).
func lockedBy(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		if rest, ok := strings.CutPrefix(string(line), "VmLck:"); ok {
			kib, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				t.Fatal(err)
			}
			return kib << 10
		}
	}
	t.Fatal("no VmLck")
	return 0
}

// metrics reads a proxy's, without labels; what has labels is only counted.
func (w *world) metrics(t *testing.T, proxy int) (values map[string]float64, series int) {
	t.Helper()
	answer, err := http.Get("http://" + w.proxies[proxy].AdminAddress() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	values = map[string]float64{}
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		name, value, ok := strings.Cut(lines.Text(), " ")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		series++
		if v, err := strconv.ParseFloat(value, 64); err == nil {
			values[name] = v
		}
	}
	return values, series
}

// fill has every tenant write a value through the second proxy, some of them at first.
func (w *world) fill(t *testing.T) (all []footprint) {
	const proxy, at = 1, 8
	all = append(all, w.footprint(t, proxy, 0))
	some := min(100, len(w.tenants)/2)
	for _, part := range [][]*tenant{w.tenants[:some], w.tenants[some:]} {
		w.sessions(t, proxy, at, func(i int, s *session) error {
			for j := i; j < len(part); j += at {
				if err := s.write(t.Context(), part[j]); err != nil {
					return fmt.Errorf("%s: %w", part[j].name, err)
				}
			}
			return nil
		})
		all = append(all, w.footprint(t, proxy, int(all[len(all)-1].tenants)+len(part)))
	}
	// One each; a second attempt may have been made where this machine took its time.
	if n := w.kms.Count("Decrypt"); n < len(w.tenants) || n > len(w.tenants)*5/4 {
		t.Errorf("%d calls for %d tenants", n, len(w.tenants))
	}
	none, many := all[0], all[len(all)-1]
	if each := (many.resident - none.resident) / len(w.tenants); each > 256<<10 && !program.RaceDetector { // which keeps shadows of its own
		t.Errorf("%d bytes of memory for each tenant", each)
	}
	if many.keys < len(w.tenants) || many.locked+many.unlocked > 128*len(w.tenants)+4096 {
		t.Errorf("%d keys of %d tenants take %d bytes", many.keys, len(w.tenants), many.locked+many.unlocked)
	}
	if many.series > none.series+20 {
		t.Errorf("the metrics have grown from %d to %d", none.series, many.series)
	}
	return all
}

// shown waits until the view for applications shows every tenant's key in use, and gives how long it takes to read.
func (w *world) shown(t *testing.T) (took time.Duration) {
	conn := w.cluster.Conn(t, w.database, "")
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		var available int
		began := time.Now()
		if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM pgseal.tenant_state WHERE state = 'available'").Scan(&available); err != nil {
			t.Fatal(err)
		}
		if took = time.Since(began); available == len(w.tenants) {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("pgseal.tenant_state shows %d of %d tenants", available, len(w.tenants))
		}
	}
	t.Logf("pgseal.tenant_state is read in %v", took)
	if took > 3*time.Second {
		t.Errorf("reading pgseal.tenant_state takes %v", took)
	}
	return took
}

// letGo has every tenant locked, so that the proxies give all keys up, and unlocked.
func (w *world) letGo(t *testing.T) footprint {
	w.each(t, len(w.tenants), func(i int) error {
		_, err := w.store.Lock(t.Context(), w.tenants[i].name, "test")
		return err
	})
	gone := time.Now()
	for end := gone.Add(patience); ; time.Sleep(100 * time.Millisecond) {
		m, _ := w.metrics(t, 1)
		if m["pgseal_secret_memory_keys"] == 1 { // the control key
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%v keys are left in memory", m["pgseal_secret_memory_keys"])
		}
	}
	for end := time.Now().Add(3 * time.Minute); *minutes > 0 && time.Now().Before(end); time.Sleep(time.Second) {
		m, _ := w.metrics(t, 1)
		if time.Unix(int64(m["go_memstats_last_gc_time_seconds"]), 0).After(gone) {
			time.Sleep(10 * time.Second) // in which memory goes back to the system
			break
		}
	}
	f := w.footprint(t, 1, 0)
	w.each(t, len(w.tenants), func(i int) error {
		_, err := w.store.Unlock(t.Context(), w.tenants[i].name, "test")
		return err
	})
	return f
}
