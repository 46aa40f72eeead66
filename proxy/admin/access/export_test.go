package access

// CheapHash is a hash that tests can make often.
func CheapHash(password string) string {
	return hashed{memory: minMemory, time: 1, threads: 1, salt: []byte("salt of the test")}.text(password)
}

// SafeNext is where a log-in leads.
func SafeNext(next string) string { return safeNext(next) }

// HoldTurns has no password compared, of browsers that are known or of strangers, until release.
func (g *Guard) HoldTurns(known bool) (release func()) {
	l := g.lane(known)
	l.turn <- struct{}{}
	return func() { <-l.turn }
}

// FillQueue takes every place of the queue, until release.
func (g *Guard) FillQueue(known bool) (release func()) {
	l := g.lane(known)
	for range cap(l.queue) {
		l.queue <- struct{}{}
	}
	return func() {
		for range cap(l.queue) {
			<-l.queue
		}
	}
}

// Queued is how many wait, or have a password compared.
func (g *Guard) Queued(known bool) int { return len(g.lane(known).queue) }

func (g *Guard) lane(known bool) *lane {
	if known {
		return &g.hashing.known
	}
	return &g.hashing.strangers
}
