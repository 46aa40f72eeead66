package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// print writes the report for people: plain text, which prints on paper as well.
func (r *reportView) print(out *table) {
	out.row("REPORT ON THE KEY OF TENANT " + r.Tenant.Name)
	out.row(fmt.Sprintf("Database %s, made %s by pgseal %s.", r.Database, clock(r.Made), r.Version))
	out.paragraph(fmt.Sprintf("Use, drills and changes from %s to %s; the key history is whole. All times and days are UTC.", r.Since, r.Until))
	if len(r.Problems) > 0 {
		out.heading("NOT VERIFIABLE")
		out.paragraph("These records are not what pgseal has written, or are missing: somebody may have changed the database by hand. They are left out below, and what is said may lack them.")
		for _, p := range r.Problems {
			out.item(p)
		}
	}
	r.printStanding(out)
	r.printMasterKeys(out)
	r.printDataKeys(out)
	r.printHistory(out)
	r.printUsage(out)
	r.printDrills(out)
	out.heading("7. Locks, cache time, exports")
	if len(r.Changes) == 0 {
		out.row("None in the period.")
	}
	for _, e := range r.Changes {
		out.row(clock(e.At), e.Kind, e.Detail, "by "+e.Actor)
	}
	r.printLimits(out)
}

func (r *reportView) printStanding(out *table) {
	t, st := r.Tenant, r.Standing
	out.heading("1. The tenant and its key now")
	out.pair("tenant", t.Name)
	out.pair("immutable id", t.ID)
	out.pair("added", clock(*t.CreatedAt))
	state := st.State
	if st.Since != nil {
		state += " since " + clock(*st.Since)
	}
	out.pair("state", state)
	out.field("why", st.Why+codeOf(st.Code))
	if t.Locked {
		out.pair("locked", "since "+clock(*t.LockedSince)+" by "+t.LockedBy)
	} else {
		out.pair("locked", "no")
	}
	out.field("readable until", r.readable())
	out.pair("provider", t.Provider)
	out.pair("key", dash(t.Key))
	if t.ResolvedKey != t.Key {
		out.pair("which is", t.ResolvedKey)
	}
	out.pair("key material", t.Material)
	out.pair("region", r.Region)
	out.pair("role", t.Role)
	out.pair("external id", t.ExternalID)
	out.pair("endpoint", t.Endpoint)
	if r.Rotation != nil && r.Rotation.Pending {
		out.field("rotation", r.Rotation.sentence()+"; the data key has not been wrapped with that yet, and opens as before")
	}
	out.field("cache time", t.CacheTime+": so long, at most, the key can be used after a yes of the key service without another one")
	out.pair("data key", r.DataKey+" seals new values")
	if d := r.NewDataKey; d != nil {
		out.field("due", "a new data key, since "+clock(d.Since)+", because "+d.Why)
	}
	out.row()
	for _, p := range st.Proxies {
		if p.Silent == nil {
			out.row("proxy "+p.Name, p.State, "since "+dash(shortTime(p.Since)), "holds the key until "+dash(shortTime(p.ReadableUntil)))
		}
	}
	for _, p := range st.Proxies {
		if p.Silent != nil {
			out.paragraph(fmt.Sprintf("Proxy %s has not been heard of since %s and serves no more by the record. If its process still runs, cut off from the database, it has the key in memory until %s "+
				"at the latest; it cannot renew it, and refuses protected tables by itself after ten seconds of silence.", p.Name, clock(*p.Silent), clock(*p.ReadableUntil)))
		}
	}
}

func codeOf(code string) string {
	if code == "" {
		return ""
	}
	return " (" + code + ")"
}

// readable is the answer to the question until when the key can be used if nobody renews it.
func (r *reportView) readable() string {
	if r.Standing.ReadableUntil == nil {
		return "no proxy holds the key: nothing can be read now without a new yes of the key service"
	}
	return clock(*r.Standing.ReadableUntil) + ", the latest deadline of all proxies; without a new yes of the key service nothing can be read after it"
}

func (r *reportView) printMasterKeys(out *table) {
	out.heading("2. May I delete this key?")
	out.paragraph("Every key that wraps the tenant's data key, or ever did. Nothing is ever removed from this list.")
	for i, m := range r.MasterKeys {
		out.row()
		out.row(keyMark(i) + "  " + m.Key)
		out.pair("  provider", m.Provider)
		for _, name := range m.Named {
			if name != m.Key {
				out.pair("  configured as", name)
			}
		}
		out.pair("  by the role", strings.Join(m.Roles, ", "))
		for _, p := range m.Periods {
			until := "now"
			if p.Until != nil {
				until = clock(*p.Until)
			}
			out.pair("  wrapped", "from "+clock(p.From)+" to "+until)
		}
		for _, material := range m.Materials {
			out.pair("  key material", material.ID)
			out.pair("", "first used "+clock(material.From))
		}
		out.pair("  has wrapped", "data keys "+strings.Join(m.Once, ", "))
		if len(m.DataKeys) > 0 {
			out.pair("  is needed by", "data keys "+strings.Join(m.DataKeys, ", "))
			out.pair("  and so by", r.valuesText(m.Values))
		} else {
			out.pair("  is needed by", "no data key of this tenant")
		}
		for j := range m.Backups {
			out.item("Backup of database " + m.Backups[j].Database + ": " + m.Backups[j].String() + ".")
		}
		switch m.MayDelete {
		case deleteNo:
			out.row("  MAY I DELETE IT?  NO.")
		case deleteAsStated:
			out.row("  MAY I DELETE IT?  YES, if what was stated of backups is true.")
		default:
			out.row("  MAY I DELETE IT?  NO, unless no backup of its time is ever to be read.")
		}
		for _, reason := range m.Reasons {
			out.item(reason)
		}
	}
}

// valuesText says how many values, as far as they were counted.
func (r *reportView) valuesText(v *countView) string {
	if v == nil {
		return "values that were not counted"
	}
	text := v.String() + " sealed values"
	if r.Values.incomplete {
		text += ", and those of columns that could not be counted"
	}
	return text
}

func (r *reportView) printDataKeys(out *table) {
	out.heading("3. Data keys, and the values sealed under each")
	out.row("DATA KEY", "MADE", "VALUES", "OPENS THROUGH", "")
	for _, d := range r.DataKeys {
		values, note := "not counted", ""
		if d.Values != nil {
			values = d.Values.String()
		}
		through := d.Opened
		if d.Current {
			through, note = keyMark(0), "seals new values"
		}
		out.row(d.Number, shortTime(d.Made), values, through, note)
	}
	for _, d := range r.DataKeys {
		for _, c := range d.Columns {
			out.row("  "+d.Number, c.Column, c.String())
		}
	}
	for _, d := range r.DataKeys {
		if len(d.Pinned) > 0 {
			out.paragraph(fmt.Sprintf("Deterministic columns that keep data key %s, for new values too, until they are re-sealed: %s.", d.Number, strings.Join(d.Pinned, ", ")))
		}
	}
	for _, d := range r.DataKeys {
		if d.Provider != "" && d.Provider != r.Tenant.Provider {
			out.paragraph(fmt.Sprintf("Data key %s was made under a key of the provider %s. Whoever held that one may have kept the data key: what is sealed under it is only as safe as that, until it is re-sealed.",
				d.Number, d.Provider))
		}
	}
	r.printCensus(out)
}

func (r *reportView) printCensus(out *table) {
	if r.Values.How == countNone {
		out.paragraph("Values were not counted: that was asked for (--count none), or the records of the protected columns do not verify.")
		return
	}
	if r.Values.alone {
		r.printOwnCensus(out)
		return
	}
	if len(r.Values.Columns) == 0 {
		out.paragraph("No column is protected yet.")
	}
	for _, c := range r.Values.Columns {
		switch {
		case c.NotCounted != "":
			out.item(fmt.Sprintf("NOT COUNTED: %s (%s): %s.", c.Column, c.State, c.NotCounted))
		case c.Percent < 100:
			out.item(fmt.Sprintf("%s (%s): a sample of %.2g %% of the table; the truth is within the error 19 times out of 20. A data key that the sample does not show may have up to %s values there.",
				c.Column, c.State, c.Percent, grouped(c.Unseen)))
		default:
			out.item(fmt.Sprintf("%s (%s): every row was counted.", c.Column, c.State))
		}
		c.printOpened(out)
		if c.Plain != nil {
			out.item(fmt.Sprintf("%s holds %s values that are not sealed.", c.Column, c.Plain))
		}
		if c.Spoilt != nil {
			out.item(fmt.Sprintf("%s holds %s values that bear this store's mark and name no data key: they were altered, and will not open.", c.Column, c.Spoilt))
		}
	}
	for _, u := range r.Values.Unknown {
		out.item(fmt.Sprintf("%s holds %s values of data key %s, which this store does not have: they were brought from elsewhere, and do not open here.", u.Column, u.countView, u.Number))
	}
}

// printOwnCensus says how the tenant's own values were counted, and nothing of what else there is.
func (r *reportView) printOwnCensus(out *table) {
	text := "Only values of " + r.Tenant.Name + " are told, and only columns in which some were found. Of a large table a sample is read: the truth is within the error 19 times out of 20, and a column may have values that the sample does not show."
	if r.Values.incomplete {
		text += " Not every column could be counted."
	}
	out.paragraph(text)
	for _, c := range r.Values.Columns {
		c.printOpened(out)
	}
}

func (c *columnCensusView) printOpened(out *table) {
	if c.Opened != nil {
		out.item(fmt.Sprintf("%s is open by order of %s since %s: its values are stored as plaintext, or are about to be.", c.Column, c.Opened.By, c.Opened.Since.UTC().Format(time.RFC3339)))
	}
}

// keyMark is a short name for a key within the report.
func keyMark(i int) string { return fmt.Sprintf("K%d", i+1) }

func (r *reportView) printHistory(out *table) {
	out.heading("4. Key history")
	out.row("WHEN", "WHAT", "DATA KEY", "UNDER", "KEY MATERIAL", "PROVIDER", "BY")
	for i, h := range r.History {
		what := h.Action
		if i > 0 && r.History[i-1].Provider != h.Provider {
			what += ", provider changed"
		}
		under := slices.IndexFunc(r.MasterKeys, func(m masterKeyView) bool { return m.Provider == h.Provider && m.Key == h.Key })
		material := h.Material
		if len(material) > shownMaterial {
			material = material[:shownMaterial] + ".."
		}
		out.row(clock(h.At), what, h.DataKey, keyMark(under), dash(material), h.Provider, h.Actor)
	}
	out.paragraph("UNDER names the keys of part 2. Created: the first data key. Rotated: a new data key, under which the older ones were wrapped. Re-wrapped: the same data key under " +
		"another key or newer key material; no value is touched.")
}

// shownMaterial is how much of a key material's id is shown in a column.
const shownMaterial = 12

func (r *reportView) printUsage(out *table) {
	out.heading("5. Use of the key by day")
	if len(r.Usage.Days) == 0 {
		out.row("None was recorded in the period.")
		return
	}
	out.row("DAY", "SEALED", "OPENED", "KEY FETCHED", "FETCH REFUSED", "STATEMENTS REFUSED", "PROXIES")
	line := func(name string, u usageSum, proxies string) {
		out.row(name, grouped(u.Sealed), grouped(u.Opened), grouped(u.Fetched), grouped(u.Failed), grouped(u.Refused), proxies)
	}
	for _, d := range r.Usage.Days {
		line(d.Day, d.usageSum, strconv.Itoa(d.Proxies))
	}
	line("in all", r.Usage.Total, "")
	out.paragraph("SEALED and OPENED count values; KEY FETCHED the calls of the key service that gave the key, and FETCH REFUSED those that did not (CloudTrail has each of them as Decrypt); " +
		"STATEMENTS REFUSED those that ended because of the key. Of commands only those that seal rows (pgseal column) are in it.")
}

func (r *reportView) printDrills(out *table) {
	out.heading("6. Drills")
	if len(r.Drills) == 0 {
		out.row("None in the period.")
	}
	for _, d := range r.Drills {
		switch {
		case d.Passed == nil:
			out.row(clock(d.At), "by "+d.By, "its report cannot be read")
			continue
		case *d.Passed:
			out.row(clock(d.At), "by "+d.By, fmt.Sprintf("PASSED: took %s; every proxy had to follow within %s", d.Took, milliseconds(&d.BoundMS)))
		default:
			out.row(clock(d.At), "by "+d.By, fmt.Sprintf("FAILED: took %s; not every proxy followed within %s", d.Took, milliseconds(&d.BoundMS)))
		}
		for _, p := range d.Proxies {
			out.row("  "+p.Name, "last value "+milliseconds(p.LastValue), "first refusal "+milliseconds(p.FirstRefusal), "back "+milliseconds(p.FirstValue)+" after the end")
		}
	}
}

// milliseconds is a duration for people; never for nil.
func milliseconds(ms *int64) string {
	if ms == nil {
		return "never"
	}
	return (time.Duration(*ms) * time.Millisecond).String()
}

func (r *reportView) printLimits(out *table) {
	out.heading("8. What this report cannot know")
	out.item("Which copies of the database exist: backups, snapshots, archived logs, replicas, exports of wrapped keys. It knows those that pgseal backup check was shown, and what people have stated.")
	out.item("Sealed values that somebody has copied into tables or columns that are not protected, or out of the database.")
	out.item("Use in the last seconds before a proxy was killed or its machine failed: up to five seconds, and up to 1,023 values of each statement then under way.")
	out.item("Usage records of former days, or of proxies that have ended, which somebody with write access to the database has deleted or put back as they were earlier the same day.")
}

// clock is a time for people, to the second.
func clock(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func shortTime(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.DateTime)
}

// String is a count for people.
func (c countView) String() string {
	if c.Error == 0 {
		return grouped(c.N)
	}
	return "about " + grouped(c.N) + " (+/- " + grouped(c.Error) + ")"
}

// grouped is a number with its thousands apart.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for at := len(text) - 3; at > 0 && text[at-1] != '-'; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
