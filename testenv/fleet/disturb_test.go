package fleet

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// Limits of how long proxies may be of different minds. Promised are 2 s; the rest is for a machine that does other things.
const (
	busy  = 13 * time.Second
	heard = 2*time.Second + busy
	// probing is how long a proxy may wait, after a no, until it asks again.
	probing = 30 * time.Second
)

// disturbance is something that happens to a deployment. It ends with everything as it should be.
type disturbance struct {
	name string
	do   func(f *fleet, tn *tenant)
}

func disturbances() []disturbance {
	return []disturbance{
		{"rotate", rotate},
		{"new data key", newDataKey},
		{"two rotations at once", twoAtOnce},
		{"another key", setARN},
		{"a rotation is killed", killedRotation},
		{"cache time", setCacheTime},
		{"lock", lock},
		{"denied", deny},
		{"a proxy is killed", killProxy},
		{"the control connection is cut", cutControl},
		{"a policy differs", differ},
		{"the database crashes", crash},
	}
}

// rotate lets the customer rotate his key, and wraps the data key anew.
func rotate(f *fleet, tn *tenant) {
	if _, err := f.kms.Rotate(tn.key()); err != nil {
		f.t.Error(err)
	}
	f.must("key", "rotate", tn.name)
	tn.did(1, 0, 0)
	f.settle(tn.name, "", heard)
}

func newDataKey(f *fleet, tn *tenant) {
	f.must("key", "rotate", tn.name, "--new-data-key")
	tn.did(0, 1, 0)
	f.settle(tn.name, "", heard)
}

func setARN(f *fleet, tn *tenant) {
	tn.keys = append(tn.keys, f.kms.CreateKey(kmstest.KeyOptions{}))
	f.must("key", "set-arn", tn.name, tn.key())
	tn.did(1, 0, 0)
	f.settle(tn.name, "", heard)
}

func setCacheTime(f *fleet, tn *tenant) {
	f.must("key", "set-cache-time", tn.name, fmt.Sprintf("%ds", 60+f.random.IntN(240)))
	f.settle(tn.name, "", heard)
}

// twoAtOnce: one of two commands may lose, and says so.
func twoAtOnce(f *fleet, tn *tenant) {
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			out, err := f.run("key", "rotate", tn.name, "--new-data-key")
			switch {
			case err == nil:
				tn.did(0, 1, 0)
			case !strings.Contains(out, "in the same moment; nothing was changed"):
				f.t.Errorf("a rotation beside another: %v: %s", err, out)
			}
		})
	}
	both.Wait()
	f.settle(tn.name, "", heard)
}

// killedRotation ends a command at a moment that nobody has chosen, and does it again.
func killedRotation(f *fleet, tn *tenant) {
	args := [][]string{{"key", "rotate", tn.name}, {"key", "rotate", tn.name, "--new-data-key"}}[f.random.IntN(2)]
	if _, err := f.kms.Rotate(tn.key()); err != nil {
		f.t.Error(err)
	}
	cmd := f.proxies[0].Command(f.t.Context(), args...)
	if err := cmd.Start(); err != nil {
		f.t.Error(err)
		return
	}
	time.Sleep(time.Duration(f.random.IntN(400)) * time.Millisecond)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	tn.did(0, 0, 1)
	f.settle(tn.name, "", heard)
	f.must("key", "rotate", tn.name, "--new-data-key")
	tn.did(0, 1, 0)
	f.settle(tn.name, "", heard)
}

func lock(f *fleet, tn *tenant) {
	end := f.weather.begin(ofLock, tn.name, nil, heard)
	defer end()
	f.must("key", "lock", tn.name)
	f.took("a lock", f.settle(tn.name, "KU009", heard))
	if f.random.IntN(2) == 0 {
		if m := f.pick(); m != nil { // it survives a restart
			f.restart(m)
			f.settle(tn.name, "KU009", heard)
		}
	}
	f.must("key", "unlock", tn.name)
	f.took("an unlock", f.settle(tn.name, "", heard))
}

// deny takes the key away. One proxy is started anew and asks the KMS; what it hears counts for all.
func deny(f *fleet, tn *tenant) {
	m := f.pick()
	if m == nil {
		return
	}
	no := kmstest.Denial{Operations: []string{"Decrypt", "GenerateDataKey", "ReEncrypt*"}, Resource: tn.key()}
	end := f.weather.begin(ofDenial, tn.name, nil, heard+probing)
	defer end()
	f.kms.Deny(no)
	f.restart(m)
	if got := f.look(f.t.Context(), m, tn.name); got != "KU001" {
		f.t.Errorf("%s, %s: %q of a key that is denied", m.name, tn.name, got)
	}
	f.took("another proxy's no", f.settle(tn.name, "KU001", heard))
	if out, err := f.run("key", "rotate", tn.name); err == nil || !strings.Contains(out, "KU001") {
		f.t.Errorf("a rotation of a key that is denied: %v: %s", err, out)
	}
	f.kms.Allow(no)
	f.took("the key's return", f.settle(tn.name, "", heard+probing))
}

func killProxy(f *fleet, tn *tenant) {
	if m := f.pick(); m != nil {
		f.restart(m)
		f.settle(tn.name, "", heard)
	}
}

// restart kills a proxy and starts it again.
func (f *fleet) restart(m *member) {
	end := f.weather.begin(ofProxy, "", m, busy)
	defer end()
	f.kill(m)
	f.start(m)
}

// cutControl leaves a proxy without its control connection for a while. It goes on with what it holds.
func cutControl(f *fleet, tn *tenant) {
	m := f.pick()
	if m == nil {
		return
	}
	end := f.weather.begin([]string{"KU006", "KP002"}, "", m, heard)
	defer end()
	m.control.setCut(true)
	time.Sleep(time.Duration(500+f.random.IntN(2500)) * time.Millisecond)
	m.control.setCut(false)
	f.settle(tn.name, "", heard)
}

// differ lists one column more in one proxy's policy, and later in the others'. No value is stored open once one of them seals.
func differ(f *fleet, tn *tenant) {
	if f.listed == columnsToList {
		return
	}
	f.listed++
	end := f.weather.begin(ofPolicy, "", nil, heard)
	defer end()
	first := f.random.IntN(len(f.proxies))
	for i := range f.proxies {
		m := f.proxies[(first+i)%len(f.proxies)]
		if err := m.write(policyWith(f.listed)); err != nil {
			f.t.Error(err)
		}
		time.Sleep(time.Duration(f.random.IntN(2000)) * time.Millisecond)
	}
	f.settle(tn.name, "", heard)
	column := fmt.Sprintf("n%d", f.listed)
	for deadline := time.Now().Add(heard + busy); ; time.Sleep(50 * time.Millisecond) {
		var sealing bool
		err := f.admin().QueryRow(f.t.Context(), `SELECT coalesce(bool_and(coalesce(p.acks ->> replace(c.id::text, '-', '') IN ('sealing', 'sealed'), false)), false)
			FROM pgseal.column_state c, pgseal.proxy p
			WHERE c.table_name = 'matters' AND c.column_name = $1 AND p.heartbeat_at > clock_timestamp() - interval '10 s'`, column).Scan(&sealing)
		if err == nil && sealing {
			break
		}
		if time.Now().After(deadline) {
			f.t.Errorf("not every proxy seals column %s, although all have the same policy (%v)", column, err)
			return
		}
	}
	f.sealedFrom[column] = time.Now()
}

// crash kills the database and starts it again.
func crash(f *fleet, tn *tenant) {
	end := f.weather.begin(ofDatabase, "", nil, heard)
	defer end()
	if err := f.primary.Kill(); err != nil {
		f.t.Error(err)
	}
	time.Sleep(time.Duration(f.random.IntN(1000)) * time.Millisecond)
	if err := f.primary.Restart(f.t.Context()); err != nil {
		f.t.Error(err)
	}
	f.took("a crash of the database", f.settle(tn.name, "", heard))
}

// pick is a proxy to which something happens; there is always another one. nil where that is not so.
func (f *fleet) pick() *member {
	if len(f.proxies) < 2 {
		return nil
	}
	return f.proxies[f.random.IntN(len(f.proxies))]
}

func (tn *tenant) key() string { return tn.keys[len(tn.keys)-1] }

// did notes what became of commands.
func (tn *tenant) did(rewrapped, renewed, unsure int) {
	tn.mu.Lock()
	defer tn.mu.Unlock()
	tn.rewrapped += rewrapped
	tn.renewed += renewed
	tn.unsure += unsure
}

// took notes how long the proxies were of different minds.
func (f *fleet) took(what string, d time.Duration) {
	f.measured[what] = append(f.measured[what], d)
}
