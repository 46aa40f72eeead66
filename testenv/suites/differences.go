package main

// difference is a test that cannot pass through pgseal.
type difference struct {
	suite, policy string // policy "": each
	test          string // package and name
	reason        string
}

// differences are all that there are: none.
var differences []difference

// expected is the reason why a test cannot pass; "" where there is none.
func expected(suite, policy, test string) string {
	for _, d := range differences {
		if d.suite == suite && d.test == test && (d.policy == "" || d.policy == policy) {
			return d.reason
		}
	}
	return ""
}
