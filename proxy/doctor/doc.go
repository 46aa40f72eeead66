// Package doctor looks at a protected database and says what in it would leak, break or block: each finding with its
// severity, what was seen, and the SQL or command that mends it. It changes nothing, and no value of a table gets into a
// finding: names and counts only.
//
//	error        plaintext is stored or can get in, or statements on protected tables cannot be served
//	warning      plaintext may be shown or kept elsewhere, or something will be refused
//	information  worth knowing, nothing to mend: who could take the guard away, who copies the server
//
// What a policy and a database do not agree about is found by the policy itself (policy.Validate, by way of the planner's
// catalogue), how a guard stands by proxy/guard; both are reported here with the rest. What the present role may not see
// is said, not passed over.
package doctor
