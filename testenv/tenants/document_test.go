package tenants

import (
	"bytes"
	"fmt"
	"time"
)

// document is what was measured, with what follows from it.
func (f *findings) document() []byte {
	var b bytes.Buffer
	b.WriteString(`# Many tenants in one database

The figures were written by ` + "`make tenants`" + fmt.Sprintf(`, with %d tenants in one database, two proxies, a real PostgreSQL, and a key service that speaks AWS's protocol to AWS's own SDK, all on one machine of two
cores: what counts is the ratios. Every tenant has a key of its own in one of five Regions, every second one a role, and the cache times differ.

`, f.tenants))
	f.writeCalls(&b)
	b.WriteString(arithmetic)
	f.writeTrouble(&b)
	f.writeLives(&b)
	f.writeMemory(&b)
	b.WriteString(memlock)
	f.writeDatabase(&b)
	return b.Bytes()
}

func (f *findings) writeCalls(b *bytes.Buffer) {
	fmt.Fprintf(b, `## Calls of the key service

A proxy asks the key service for a tenant's key when somebody needs it, and again when 70 to 80 %% of the cache time are over if it was used since. A proxy that starts asks for nothing, and a key
that nobody uses is let go.

| | |
|---|---:|
| calls after the start, before anybody needed a key | 0 |
| calls by one proxy when each of the %d tenants was first used | %d |
| tenants with a cache time of 1 minute, in use in 2 proxies for %s | %d |
| calls for each of them: at least, at most | %d, %d |
| what is allowed: one for each refresh and proxy | %d |
| sessions of roles meanwhile (half of the tenants have one, it is kept for 14 minutes) | %d |

`, f.tenants, f.tenants, f.calls.elapsed.Round(time.Second), f.calls.tenants, f.calls.least, f.calls.most, f.calls.bound, f.calls.sessions)
}

const arithmetic = `### How many calls to expect

    calls a second = tenants in use × proxies / (0.75 × cache time in seconds)

| tenants in use | proxies | cache time | calls a second | calls a month | cost a month at 0.03 USD for 10,000 |
|---:|---:|---|---:|---:|---:|
| 1,000 | 2 | 1 minute | 44 | 115 million | 346 USD |
| 1,000 | 2 | 5 minutes | 9 | 23 million | 69 USD |
| 1,000 | 5 | 5 minutes | 22 | 58 million | 173 USD |
| 1,000 | 2 | 1 hour | 0.7 | 1.9 million | 6 USD |
| 1,000 | 2 | 24 hours | 0.03 | 80,000 | 0.24 USD |
| 10,000 | 5 | 5 minutes | 222 | 576 million | 1,728 USD |

Prices and quotas are AWS's, and AWS's to change: look at its price list and at Service Quotas.

- **KMS** limits cryptographic operations of an account in a Region, 5,500 to 100,000 a second depending on the Region, and counts them for the account that *asks*. Where pgseal asks with its own
  principal for keys in the customers' accounts, all tenants of a Region share the quota of pgseal's account; with a role in the customer's account, each customer's own counts, and a customer who exhausts his quota harms
  himself alone. Give tenants roles.
- **STS** hands out 600 sessions a second to an account in a Region. A session lasts 15 minutes, so that 1,000 tenants with roles need about 1.2 a second for each proxy; with cache times above a quarter of an hour, each call of KMS needs one. Only a start under full load comes near:
  a proxy begins at most 128 fetches at once.
- **External key stores** answer slowly and have small quotas of their own (1,800 a second by default for all keys of one store, and what the store itself can do): give their tenants a long cache time.
- A call that fails is tried twice, and then not for 1, 2, 4 .. 30 s: a tenant in trouble costs 4 calls a minute and proxy at most in the long run, while somebody asks.

**Which cache time?** It is how long a withdrawal may take to have its effect, and how long the key service may be away before anybody notices. 5 minutes is a good start. Less than that only for whoever asks for it; a tenant
whose key service is slow, far away or metered is better off with an hour.

`

func (f *findings) writeTrouble(b *bytes.Buffer) {
	victims := max(10, f.tenants/10)
	fmt.Fprintf(b, `## When some keys are in trouble

Rounds in alternation: in every second one the keys of %d tenants are denied, throttled, answered after 2 s, or never answered, a quarter each, roles included, while sessions of all of them keep asking. What the others notice:

| round | statements, key held: median | p99 | first statement of a tenant, whose key has to be fetched: median | p95 | longest |
|---|---:|---:|---:|---:|---:|
`, victims)
	for _, r := range f.rounds {
		words := "all well"
		if r.trouble {
			words = fmt.Sprintf("%d in trouble", victims)
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", words, ms(at(r.warm, .5)), ms(at(r.warm, .99)), ms(at(r.cold, .5)), ms(at(r.cold, .95)), ms(at(r.cold, 1)))
	}
	ratio := func(figure func(round) time.Duration) float64 {
		return float64(medianOf(f.rounds, true, figure)) / float64(medianOf(f.rounds, false, figure))
	}
	fmt.Fprintf(b, `
Ratio of the medians over all rounds, with trouble to without: **%.2f** (p99, key held), **%.2f** (p95, key fetched). A statement that had waited for one of the calls that are not answered would have taken 900 ms or more.
When the trouble was over, the last of the %d was served again after %.1f s, without anybody's doing: the delay between attempts grows with the time that the trouble lasts, to 30 s.

No tenant waits for another's call of the key service, and none for another's STS: each has one fetch of its own, which every session of that tenant shares, and there is no pool of workers or of connections in between that calls
without an answer could fill up. Only when more than 128 fetches begin within a tenth of a second do some of them wait, for a tenth of a second at most for each 128 (`+"`pgseal_key_fetch_queued_seconds`"+` shows it): more TLS handshakes at once than that would time out together.

After a restart with all %d tenants waiting, %d sessions at once, everybody was served within %.1f s; %d fetches waited before they began, %d statements were refused because the machine was too slow to answer in time.

`, ratio(held99), ratio(fetched95), victims, f.back.Seconds(), f.herd.tenants, f.herd.sessions, f.herd.took.Seconds(), f.herd.queued, f.herd.again)
}

func (f *findings) writeLives(b *bytes.Buffer) {
	fmt.Fprintf(b, `## Tenants that come and go

`+"`pgseal tenant add` and `tenant retire`"+` need no restart. While the others were in use, every proxy served a tenant within %s of its being added, and refused one (KU010) within %s of its being retired; polling makes it
2 s at most. The others' p99 was %s before and %s meanwhile.

`, ms(at(f.lives.added, 1)), ms(at(f.lives.retired, 1)), ms(at(f.lives.before, .99)), ms(at(f.lives.meanwhile, .99)))
}

func (f *findings) writeMemory(b *bytes.Buffer) {
	b.WriteString(`## Memory

| tenants in use | resident | live on the Go heap | keys in memory | locked memory | metrics |
|---:|---:|---:|---:|---:|---:|
`)
	for i, m := range f.memory {
		words := fmt.Sprint(m.tenants)
		if i == len(f.memory)-1 {
			words = "0, after all keys were given up"
		}
		fmt.Fprintf(b, "| %s | %.1f MiB | %.1f MiB | %d | %d KiB | %d |\n", words, mib(m.resident), mib(m.live), m.keys, (m.locked+m.unlocked)>>10, m.series)
	}
	none, many := f.memory[0], f.memory[len(f.memory)-2]
	fmt.Fprintf(b, `
About %d KiB for each tenant in use, and 64 bytes of locked memory for each data key (a tenant has one for every generation). The metrics have no tenant among their labels: their number does not grow with the tenants.
`+"`pgseal key status`, `tenant list` and the view `pgseal.tenant_state`"+` tell about single ones.

`, (many.resident-none.resident)/max(many.tenants, 1)>>10)
}

const memlock = `### Locked memory

Data keys lie in memory that is not swapped and not in core dumps, 64 to a page of 4 KiB. The system limits how much a process may lock (` + "`ulimit -l`, RLIMIT_MEMLOCK" + `): 8 MiB on most systems, enough for 131,000 keys; in some
containers 64 KiB, enough for 1,000. What is beyond the limit **works, but may be swapped**: refusing the key would stop a customer's work for fear of a swap device. The log says so, and
` + "`pgseal_secret_memory_unlocked_bytes`" + `, which should be 0: raise the limit (systemd: ` + "`LimitMEMLOCK=64M`" + `; Docker: ` + "`--ulimit memlock=67108864`" + `; or the capability IPC_LOCK), or have no swap, or an encrypted one. Keys that come later are locked as soon as there is room.

`

func (f *findings) writeDatabase(b *bytes.Buffer) {
	fmt.Fprintf(b, `## What the database notices

Every proxy looks once a second which tenants' records have changed: one statement, whose answer is a few bytes, however many tenants there are; the list is read only when it is another one. With %d tenants the statement took
%s. A proxy at rest exchanged %.1f KB a second with the database and made %.0f statements a second, for everything: tenants, catalogue, states of columns, heartbeat. Five proxies: %.0f KB and %.0f statements.
With %d tenants in use it was %.1f KB a second: each proxy registers what it holds; where only deadlines have moved, every 5 s. The view `+"`pgseal.tenant_state`"+` of all of them was read in %s.

A proxy reads a tenant's record when it fetches the key, on 4 connections.

## Limits

- Names of tenants: as many as there are. A proxy remembers what it knows of each tenant that was ever asked for (some hundred bytes, and 4 KB of the AWS client of each role) until it is restarted. Names of no tenant that sessions think up are forgotten.
- `+"`tenant: {by: setting}`"+` lets one session serve one tenant after another, so that a pool of connections may be shared by all; `+"`by: role`"+` needs a role, and connections of its own, for each tenant.
- With `+"`state_dir`"+`, the first use of a tenant after an installation writes a file of some hundred bytes for each tenant, at once for all that come together.
`, f.tenants, ms(f.idle.poll), f.idle.bytes/1000, f.idle.statements, 5*f.idle.bytes/1000, 5*f.idle.statements, f.calls.tenants, f.calls.bytes/1000, ms(f.shown))
}

func ms(d time.Duration) string {
	switch {
	case d >= 100*time.Millisecond:
		return fmt.Sprintf("%.0f ms", float64(d)/1e6)
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.2f ms", float64(d)/1e6)
}

func mib(n int) float64 { return float64(n) / (1 << 20) }
