package withdrawal

import (
	"bytes"
	"fmt"
	"time"
)

// document is what was measured, for people.
func document(trials []*trial) []byte {
	var b bytes.Buffer
	b.WriteString(`# Withdrawal, measured

Written by ` + "`make withdrawal`" + `. Every key was in use in every way below when it was taken away, with a cache time of one minute, the shortest; each use went on until it failed. A real PostgreSQL, real
drivers, and a key service that speaks AWS's protocol to AWS's own SDK; AWS itself takes seconds, sometimes minutes, until a change of a key or of its policy holds everywhere.

`)
	table(&b, "A no", `From the first no of the key service nothing more is sealed or opened. The key service tells nobody of a withdrawal: pgseal asks again when four fifths of the cache time are over at the latest, so that a key
which is in use is gone within the cache time at the longest. In milliseconds from the no to the last value that came through (less than 0: before it), and from when the key was given back to the first value.`,
		trials, true, func(tr *trial, at time.Time) string { return fmt.Sprintf("%d", at.Sub(tr.no).Milliseconds()) })
	table(&b, "No answer", `What is held serves until the cache time since the last yes is over, and no longer. In seconds from the last yes to the last value that came through, and from when the key service was back to the first value.`,
		trials, false, func(tr *trial, at time.Time) string { return fmt.Sprintf("%.1f", at.Sub(tr.yes).Seconds()) })
	b.WriteString(`The figures are of when the client had the value in hand; for COPY in, of when it sent the last row before it heard: of such a COPY no row is stored. What has left pgseal cannot be called back: rows that
lie in the buffers of sockets and drivers may be read after the limit.
`)
	return b.Bytes()
}

func table(b *bytes.Buffer, title, text string, trials []*trial, denied bool, figure func(*trial, time.Time) string) {
	fmt.Fprintf(b, "## %s\n\n%s\n\n| the key goes | SQLSTATE |", title, text)
	all := uses()
	for _, u := range all {
		fmt.Fprintf(b, " %s |", u.name)
	}
	b.WriteString(" back again |\n|---|---|")
	for range len(all) + 1 {
		b.WriteString("---:|")
	}
	b.WriteString("\n")
	for _, tr := range trials {
		if tr.denied != denied {
			continue
		}
		fmt.Fprintf(b, "| %s | %s |", tr.words, tr.code)
		for _, o := range tr.uses {
			fmt.Fprintf(b, " %s |", figure(tr, o.last))
		}
		if tr.give == nil {
			b.WriteString(" - |\n")
		} else {
			fmt.Fprintf(b, " %.1f s |\n", tr.back.Seconds())
		}
	}
	b.WriteString("\n")
}
