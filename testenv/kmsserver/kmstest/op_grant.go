package kmstest

import (
	"encoding/hex"
	"maps"
	"slices"
)

// grant lets a principal use one key for some operations, the key's restriction notwithstanding.
type grant struct {
	ID         string
	Name       string
	Grantee    string
	Operations []string
	Equals     map[string]string // nil: no such constraint
	Subset     map[string]string
	Created    float64
}

// allows says whether g covers the operation (name of its permission) of p with this encryption context.
func (g *grant) allows(p principal, operation string, pairs map[string]string) bool {
	return p.is(g.Grantee) && slices.Contains(g.Operations, operation) &&
		(g.Equals == nil || maps.Equal(g.Equals, pairs)) && contextHolds(pairs, g.Subset)
}

type grantConstraints struct {
	EncryptionContextEquals map[string]string `json:"EncryptionContextEquals,omitempty"`
	EncryptionContextSubset map[string]string `json:"EncryptionContextSubset,omitempty"`
}

type createGrantInput struct {
	KeyID            string            `json:"KeyId"`
	GranteePrincipal string            `json:"GranteePrincipal"`
	Operations       []string          `json:"Operations"`
	Name             string            `json:"Name"`
	Constraints      *grantConstraints `json:"Constraints"`
	DryRun           bool              `json:"DryRun"`
}

type createGrantOutput struct {
	GrantID    string `json:"GrantId"`
	GrantToken string `json:"GrantToken"`
}

// createGrant takes effect at once, so that its token is never needed.
func createGrant(c *call, in createGrantInput) (any, *apiError) {
	in.DryRun = c.dryRun(in.DryRun)
	k, e := c.key(in.KeyID)
	if e != nil {
		return nil, e
	}
	if in.GranteePrincipal == "" {
		return nil, errMissing("granteePrincipal")
	}
	if len(in.Operations) == 0 {
		return nil, errMissing("operations")
	}
	if e := c.use(k, "CreateGrant", nil, in.DryRun); e != nil {
		return nil, e
	}
	g := &grant{
		ID: hex.EncodeToString(random(32)), Name: in.Name, Grantee: in.GranteePrincipal,
		Operations: in.Operations, Created: epoch(c.s.now()),
	}
	if in.Constraints != nil {
		g.Equals, g.Subset = in.Constraints.EncryptionContextEquals, in.Constraints.EncryptionContextSubset
	}
	k.Grants = append(k.Grants, g)
	c.s.changed()
	return createGrantOutput{GrantID: g.ID, GrantToken: hex.EncodeToString(random(48))}, nil
}

type revokeGrantInput struct {
	KeyID   string `json:"KeyId"`
	GrantID string `json:"GrantId"`
	DryRun  bool   `json:"DryRun"`
}

func revokeGrant(c *call, in revokeGrantInput) (any, *apiError) {
	in.DryRun = c.dryRun(in.DryRun)
	k, e := c.key(in.KeyID)
	if e != nil {
		return nil, e
	}
	if e := c.authorise(k, "RevokeGrant", nil); e != nil {
		return nil, e
	}
	i := slices.IndexFunc(k.Grants, func(g *grant) bool { return g.ID == in.GrantID })
	if i < 0 {
		return nil, fail("NotFoundException", "Grant ID %s not found", in.GrantID) // text not confirmed
	}
	if in.DryRun {
		return nil, errDryRun()
	}
	k.Grants = slices.Delete(k.Grants, i, i+1)
	c.s.changed()
	return nothing{}, nil
}

type grantListEntry struct {
	KeyID            string           `json:"KeyId"`
	GrantID          string           `json:"GrantId"`
	Name             string           `json:"Name,omitempty"`
	CreationDate     float64          `json:"CreationDate"`
	GranteePrincipal string           `json:"GranteePrincipal"`
	IssuingAccount   string           `json:"IssuingAccount"`
	Operations       []string         `json:"Operations"`
	Constraints      grantConstraints `json:"Constraints"`
}

func listGrants(c *call, in keyInput) (any, *apiError) {
	k, e := c.key(in.KeyID)
	if e != nil {
		return nil, e
	}
	if e := c.authorise(k, "ListGrants", nil); e != nil {
		return nil, e
	}
	out := struct {
		Grants    []grantListEntry `json:"Grants"`
		Truncated bool             `json:"Truncated"`
	}{Grants: []grantListEntry{}}
	for _, g := range k.Grants {
		out.Grants = append(out.Grants, grantListEntry{
			KeyID: k.ARN, GrantID: g.ID, Name: g.Name, CreationDate: g.Created, GranteePrincipal: g.Grantee,
			IssuingAccount: "arn:aws:iam::" + k.Account + ":root", Operations: g.Operations,
			Constraints: grantConstraints{EncryptionContextEquals: g.Equals, EncryptionContextSubset: g.Subset},
		})
	}
	return out, nil
}

// Grant lets a principal (written as in Denial) do operations on a key, and returns the grant's id.
func (s *Server) Grant(arn, grantee string, operations ...string) (id string, err error) {
	err = s.change(arn, func(k *key) {
		g := &grant{ID: hex.EncodeToString(random(32)), Grantee: grantee, Operations: operations, Created: epoch(s.now())}
		k.Grants, id = append(k.Grants, g), g.ID
	})
	return id, err
}

// Revoke ends a grant. One that does not exist is no error.
func (s *Server) Revoke(arn, id string) error {
	return s.change(arn, func(k *key) {
		k.Grants = slices.DeleteFunc(k.Grants, func(g *grant) bool { return g.ID == id })
	})
}
