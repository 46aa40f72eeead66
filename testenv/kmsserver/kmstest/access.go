package kmstest

import (
	"path"
	"slices"
	"strings"
)

// principal is who signed a request.
type principal struct {
	ARN       string // of the user, or of the session (arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION)
	Role      string // ARN of the assumed role, or ""
	Account   string
	AccessKey string
}

// is says whether pattern names p: "*", an ARN (a role's names all its sessions), an access key id or an account.
func (p principal) is(pattern string) bool {
	return pattern == "*" || pattern == p.ARN || pattern == p.AccessKey || pattern == p.Account ||
		(p.Role != "" && pattern == p.Role)
}

// Denial forbids operations. Empty fields stand for everything.
type Denial struct {
	Principal  string   `json:"principal"`  // "*", ARN of a user, role or session, access key id, or account
	Resource   string   `json:"resource"`   // "*" or ARN of a key or, for AssumeRole, of a role
	Operations []string `json:"operations"` // "Decrypt", "ReEncrypt*", ...; ReEncrypt is ReEncryptFrom and ReEncryptTo
}

func (d Denial) hits(p principal, resource, operation string) bool {
	if d.Principal != "" && !p.is(d.Principal) {
		return false
	}
	if d.Resource != "" && d.Resource != "*" && d.Resource != resource {
		return false
	}
	return len(d.Operations) == 0 || slices.ContainsFunc(d.Operations, func(pattern string) bool {
		ok, err := path.Match(pattern, operation)
		return ok && err == nil
	})
}

func (d Denial) equal(o Denial) bool {
	return d.Principal == o.Principal && d.Resource == o.Resource && slices.Equal(d.Operations, o.Operations)
}

// Deny forbids something until Allow is called with an equal denial.
func (s *Server) Deny(d Denial) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denials = append(s.denials, d)
	s.changed()
}

// Allow takes a denial back. The zero Denial takes all of them back.
func (s *Server) Allow(d Denial) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := d.equal(Denial{})
	s.denials = slices.DeleteFunc(s.denials, func(o Denial) bool { return all || d.equal(o) })
	s.changed()
}

func (s *Server) denied(p principal, resource, operation string) bool {
	return slices.ContainsFunc(s.denials, func(d Denial) bool { return d.hits(p, resource, operation) })
}

// authorise says whether the caller may do operation (the name of its IAM permission, without "kms:") on k.
func (c *call) authorise(k *key, operation string, pairs map[string]string) *apiError {
	if c.s.denied(c.who, k.ARN, operation) || (k.Restricted && !k.admits(c.who, operation, pairs)) {
		return errAccessDenied(c.who.ARN, operation)
	}
	return nil
}

// authoriseOwner is authorise for the operations that KMS offers to the key's own account alone.
func (c *call) authoriseOwner(k *key, operation string) *apiError {
	if c.who.Account != k.Account {
		return errAccessDenied(c.who.ARN, operation)
	}
	return c.authorise(k, operation, nil)
}

func (k *key) admits(p principal, operation string, pairs map[string]string) bool {
	return slices.ContainsFunc(k.Principals, p.is) ||
		slices.ContainsFunc(k.Grants, func(g *grant) bool { return g.allows(p, operation, pairs) })
}

// accountOf is the account in an ARN, or "".
func accountOf(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[4]
	}
	return ""
}
