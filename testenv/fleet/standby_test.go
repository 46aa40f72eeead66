package fleet

import (
	"time"

	"github.com/legatics/pgseal/testenv/postgres"
)

// follow sets up a standby of the primary that has every write before it is acknowledged.
func (f *fleet) follow() *postgres.Cluster {
	f.t.Helper()
	s := f.primary.Follow(f.t, clusterOptions())
	f.primary.Exec(f.t, "postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")
	f.primary.Exec(f.t, "postgres", "SELECT pg_reload_conf()")
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		var safe bool
		if err := f.admin().QueryRow(f.t.Context(), "SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')").Scan(&safe); err == nil && safe {
			return s
		}
		if time.Now().After(deadline) {
			f.t.Fatal("the standby does not follow")
		}
	}
}

// failOver loses the primary for good; a standby takes its place.
func failOver(f *fleet, tn *tenant) {
	s := f.follow()
	end := f.weather.begin(ofDatabase, "", nil, heard)
	defer end()
	if err := f.primary.Kill(); err != nil {
		f.t.Error(err)
	}
	s.Exec(f.t, "postgres", "SELECT pg_promote()")
	f.primary = s
	for _, m := range f.proxies {
		m.network.lead(s.Address())
		m.control.lead(s.Address())
	}
	f.took("a failover", f.settle(tn.name, "", heard))
}
