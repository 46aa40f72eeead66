package main

import (
	"encoding/hex"
	"runtime"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/legatics/pgseal/keysource"
)

// siteCollector exports how the configured databases and their tenants' keys stand in this proxy.
type siteCollector struct {
	sites []*liveSite

	build, policy, generation, refused, damage *prometheus.Desc
	tenants, until, unlabelled, outage         *prometheus.Desc
}

// labelledTenants is up to how many tenants of a database are labels. Where there are more none is, so that the number of series has a bound and no
// series comes and goes.
const labelledTenants = 50

func newSiteCollector(sites []*liveSite) *siteCollector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, labels, nil)
	}
	return &siteCollector{sites: sites,
		build:      desc("pgseal_build_info", "1, with the version of the program.", "version", "go_version"),
		policy:     desc("pgseal_policy_info", "1, with the hash of the policy in force: it is the same in all proxies of a database, or they have different policies.", "database", "policy_hash"),
		generation: desc("pgseal_policy_generation", "Number of the catalogue that statements are planned by: it rises with every change of policy, tables and states of columns.", "database"),
		refused:    desc("pgseal_protected_tables_refused", "1 while every statement on protected tables is refused: this proxy was silent for too long, another policy is in force, or a guard is missing in production.", "database"),
		damage:     desc("pgseal_guard_damage_seen_total", "How often a look, one a second, found the guard of a sealed column taken away or changed, over all columns.", "database"),
		tenants:    desc("pgseal_tenants", "Tenants whose keys this proxy was asked for, by the state of the key.", "database", "state"),
		until: desc("pgseal_key_readable_until_seconds", "When the key that is held ends unless the key service says yes again, in seconds since 1970; 0: none is held. Only with up to 50 tenants in a database.",
			"database", "tenant"),
		unlabelled: desc("pgseal_tenants_unlabelled", "Tenants that pgseal_key_readable_until_seconds does not show, because there are more than 50.", "database"),
		outage: desc("pgseal_key_outage_ends_seconds", "When the first of the keys ends that are still held while their key service does not answer, in seconds since 1970; 0: there is none.",
			"database"),
	}
}

// Describe implements prometheus.Collector.
func (c *siteCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.build, c.policy, c.generation, c.refused, c.damage, c.tenants, c.until, c.unlabelled, c.outage} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (c *siteCollector) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(c.build, 1, version, runtime.Version())
	for _, l := range c.sites {
		hash := l.inForce.Load().Hash()
		catalogue := l.planner.Catalogue()
		gauge(c.policy, 1, l.name, hex.EncodeToString(hash[:8]))
		gauge(c.generation, float64(catalogue.Version), l.name)
		gauge(c.refused, yes(catalogue.Stale != "" || catalogue.Term.Over()), l.name)
		out <- prometheus.MustNewConstMetric(c.damage, prometheus.CounterValue, float64(l.columns.damaged()), l.name)
		c.keys(gauge, l.name, l.ring.Statuses())
	}
}

// keys shows the keys of one database.
func (c *siteCollector) keys(gauge func(*prometheus.Desc, float64, ...string), database string, all []keysource.Status) {
	all = slices.DeleteFunc(all, func(s keysource.Status) bool { return s.Version == 0 }) // names that clients have made up
	states := map[keysource.State]int{}
	var outage time.Time
	for _, s := range all {
		states[s.State]++
		if s.State == keysource.StateUnreachable && !s.ReadableUntil.IsZero() && (outage.IsZero() || s.ReadableUntil.Before(outage)) {
			outage = s.ReadableUntil
		}
		if len(all) <= labelledTenants {
			gauge(c.until, sinceEpoch(s.ReadableUntil), database, s.Tenant)
		}
	}
	for s := keysource.StateUnknown; s <= keysource.StateInvalid; s++ {
		gauge(c.tenants, float64(states[s]), database, s.String())
	}
	left := 0
	if len(all) > labelledTenants {
		left = len(all)
	}
	gauge(c.unlabelled, float64(left), database)
	gauge(c.outage, sinceEpoch(outage), database)
}

// sinceEpoch is a time as metrics have it; 0 for none.
func sinceEpoch(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
