package access

// CheapHash is a hash that tests can make often.
func CheapHash(password string) string {
	return hashed{memory: minMemory, time: 1, threads: 1, salt: []byte("salt of the test")}.text(password)
}

// SafeNext is where a log-in leads.
func SafeNext(next string) string { return safeNext(next) }

// HashingAtOnce is how many passwords are hashed at a time.
const HashingAtOnce = hashingAtOnce
