package soak

import (
	"fmt"
	"syscall"
	"time"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// disturbance is something that happens to the deployment. It ends with everything as it should be, though a key may come back a little later.
type disturbance struct {
	name string
	do   func(s *soak)
}

var disturbances = []disturbance{
	{"keys denied", deny},
	{"backends terminated", terminate},
	{"proxy killed", kill},
	{"reloads", reload},
	{"locks", lock},
	{"keys rotated", rotate},
	{"control connections cut", cutControl},
	{"new data keys", newDataKey},
	{"cache times set", setCacheTime},
}

// disturb lets one thing after the other happen: each once, in order, and then drawn, until the time is over.
func (s *soak) disturb(end time.Time) {
	pause := min(2*time.Second, *length/60)
	for n := 0; time.Now().Before(end) && !s.t.Failed(); n++ {
		d := disturbances[n%len(disturbances)]
		if n >= len(disturbances) {
			d = disturbances[s.random.IntN(len(disturbances))]
		}
		d.do(s)
		s.did("disturbances: " + d.name)
		time.Sleep(pause)
	}
	if !s.second.Running() {
		s.start()
	}
}

func (s *soak) start() {
	if err := s.second.Serve(); err != nil {
		s.t.Error(err)
	}
}

func kill(s *soak) {
	s.second.Kill()
	s.start()
}

// terminate ends some sessions at the server.
func terminate(s *soak) {
	s.cluster.Exec(s.t, s.database, `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity
		WHERE datname = current_database() AND usename IN ('steady', 'moved') ORDER BY random() LIMIT 3) AS chosen`)
}

// cutControl ends the proxies' own connections.
func cutControl(s *soak) {
	s.cluster.Exec(s.t, s.database, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND usename = 'postgres' AND pid <> pg_backend_pid()`)
}

func reload(s *soak) {
	if err := s.first.Signal(syscall.SIGHUP); err != nil {
		s.t.Error(err)
	}
}

func rotate(s *soak) {
	for _, tenant := range []string{steady, moved} {
		if _, err := s.kms.Rotate(s.keys[tenant]); err != nil {
			s.t.Error(err)
		}
		s.must("key", "rotate", tenant)
	}
}

func newDataKey(s *soak) {
	s.must("key", "rotate", []string{steady, moved}[s.random.IntN(2)], "--new-data-key")
}

func setCacheTime(s *soak) {
	s.must("key", "set-cache-time", moved, fmt.Sprintf("%ds", 60+s.random.IntN(60)))
}

func lock(s *soak) {
	s.must("key", "lock", moved)
	time.Sleep(min(time.Second, *length/60))
	s.must("key", "unlock", moved)
}

// deny takes the key away and has the KMS asked, so that every proxy hears it, and gives it back.
func deny(s *soak) {
	no := kmstest.Denial{Operations: []string{"Decrypt", "GenerateDataKey", "ReEncrypt*"}, Resource: s.keys[moved]}
	s.kms.Deny(no)
	s.probe()
	time.Sleep(min(time.Second, *length/60))
	s.kms.Allow(no)
	s.probe()
}

// probe has the KMS asked; a command fails where the answer is no.
func (s *soak) probe() {
	_, _ = s.first.Command(s.t.Context(), "key", "probe", moved).CombinedOutput()
}
