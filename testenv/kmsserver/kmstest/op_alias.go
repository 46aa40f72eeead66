package kmstest

import (
	"slices"
	"strings"
)

type aliasInput struct {
	AliasName   string `json:"AliasName"`
	TargetKeyID string `json:"TargetKeyId"`
}

// alias checks the name and returns the alias ARN and whether it exists.
func (c *call) alias(name string) (arn string, exists bool, e *apiError) {
	if !aliasForm.MatchString(name) || strings.HasPrefix(name, "alias/aws/") {
		return "", false, fail("InvalidAliasNameException", "Invalid alias name: %s", name) // text not confirmed
	}
	arn = aliasARN(c.region, c.who.Account, name)
	_, exists = c.s.aliases[arn]
	return arn, exists, nil
}

func createAlias(c *call, in aliasInput) (any, *apiError) {
	arn, exists, e := c.alias(in.AliasName)
	if e != nil {
		return nil, e
	}
	if exists {
		return nil, fail("AlreadyExistsException", "An alias with the name %s already exists", arn)
	}
	return c.pointAlias(arn, in.TargetKeyID, "CreateAlias")
}

func updateAlias(c *call, in aliasInput) (any, *apiError) {
	arn, exists, e := c.alias(in.AliasName)
	if e != nil {
		return nil, e
	}
	if !exists {
		return nil, errNoAlias(arn)
	}
	return c.pointAlias(arn, in.TargetKeyID, "UpdateAlias")
}

func (c *call) pointAlias(arn, target, operation string) (any, *apiError) {
	k, e := c.owned(target, operation)
	if e != nil {
		return nil, e
	}
	if k.State == PendingDeletion {
		return nil, errInvalidState(k.ARN, k.State)
	}
	c.s.aliases[arn] = k.ARN
	c.s.changed()
	return nothing{}, nil
}

func deleteAlias(c *call, in aliasInput) (any, *apiError) {
	arn, exists, e := c.alias(in.AliasName)
	if e != nil {
		return nil, e
	}
	if !exists {
		return nil, errNoAlias(arn)
	}
	delete(c.s.aliases, arn)
	c.s.changed()
	return nothing{}, nil
}

type aliasListEntry struct {
	AliasName   string `json:"AliasName"`
	AliasArn    string `json:"AliasArn"`
	TargetKeyID string `json:"TargetKeyId"`
}

func listAliases(c *call, _ nothing) (any, *apiError) {
	out := struct {
		Aliases   []aliasListEntry `json:"Aliases"`
		Truncated bool             `json:"Truncated"`
	}{Aliases: []aliasListEntry{}}
	prefix := aliasARN(c.region, c.who.Account, "")
	for arn, target := range c.s.aliases {
		if name, ok := strings.CutPrefix(arn, prefix); ok {
			id := target[strings.LastIndexByte(target, '/')+1:]
			out.Aliases = append(out.Aliases, aliasListEntry{AliasName: name, AliasArn: arn, TargetKeyID: id})
		}
	}
	slices.SortFunc(out.Aliases, func(a, b aliasListEntry) int { return strings.Compare(a.AliasName, b.AliasName) })
	return out, nil
}
