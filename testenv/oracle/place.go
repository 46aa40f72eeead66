package main

import (
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"
)

// place says what an answer belongs to: a message of the unit, and which of the message's completions it is or comes before.
type place struct{ message, nth int }

// endings are the types of answers that end what a message of the extended protocol is answered with.
func endings(m pgproto3.FrontendMessage) string {
	switch m.(type) {
	case *pgproto3.Query, *pgproto3.Sync:
		return "Z"
	case *pgproto3.Parse:
		return "1E"
	case *pgproto3.Bind:
		return "2E"
	case *pgproto3.Close:
		return "3E"
	case *pgproto3.Describe:
		return "TnE"
	case *pgproto3.Execute:
		return "CIsE"
	}
	return ""
}

// places finds what each answer belongs to.
func places(messages []pgproto3.FrontendMessage, answers []answer) []place {
	out := make([]place, len(answers))
	at := 0
	for i := 0; i < len(messages) && at < len(answers); i++ {
		ends := endings(messages[i])
		if ends == "" {
			continue
		}
		for nth, ended := 0, false; at < len(answers) && !ended; at++ {
			out[at] = place{i, nth}
			if strings.IndexByte("CIs", answers[at].typ) >= 0 {
				nth++
			}
			ended = strings.IndexByte(ends, answers[at].typ) >= 0
		}
		if _, simple := messages[i].(*pgproto3.Query); !simple && answers[at-1].typ == 'E' {
			i = beforeSync(messages, i)
		}
	}
	return out
}

// beforeSync is the message before the next Sync: the server skips to it behind an error.
func beforeSync(messages []pgproto3.FrontendMessage, i int) int {
	for ; i+1 < len(messages); i++ {
		if _, sync := messages[i+1].(*pgproto3.Sync); sync {
			break
		}
	}
	return i
}

// result is what is known of the completion that an answer belongs to.
func (u *unit) result(at place) result {
	for _, r := range u.results {
		if r.message == at.message {
			if at.nth == 0 {
				return r
			}
			at.nth--
		}
	}
	return result{form: "?"}
}

// form is the form of the statement that a message is about: its own, or the next one that completes.
func (u *unit) form(at place) string {
	for _, r := range u.results {
		if r.message == at.message && at.nth > 0 {
			at.nth--
			continue
		}
		if r.message >= at.message {
			return r.form
		}
	}
	return "parse alone"
}
