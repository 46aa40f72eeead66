package kmstest

import (
	"slices"
	"strings"
)

type createKeyInput struct {
	Description string `json:"Description"`
	KeySpec     string `json:"KeySpec"`
	KeyUsage    string `json:"KeyUsage"`
	Origin      string `json:"Origin"`
}

type keyMetadataOutput struct {
	KeyMetadata metadata `json:"KeyMetadata"`
}

// createKey makes symmetric keys, with the material of AWS (Enabled) or without any (EXTERNAL: PendingImport).
func createKey(c *call, in createKeyInput) (any, *apiError) {
	if in.KeySpec != "" && in.KeySpec != "SYMMETRIC_DEFAULT" || in.KeyUsage != "" && in.KeyUsage != "ENCRYPT_DECRYPT" {
		return nil, fail("UnsupportedOperationException", "Only symmetric encryption keys can be made here.")
	}
	if c.s.denied(c.who, "*", "CreateKey") {
		return nil, errAccessDenied(c.who.ARN, "CreateKey")
	}
	k := c.s.addKey(KeyOptions{Region: c.region, Account: c.who.Account, Description: in.Description})
	if in.Origin == "EXTERNAL" {
		k.Origin, k.State = "EXTERNAL", PendingImport
	}
	c.s.changed()
	return keyMetadataOutput{k.metadata()}, nil
}

type keyInput struct {
	KeyID string `json:"KeyId"`
}

func describeKey(c *call, in keyInput) (any, *apiError) {
	k, e := c.key(in.KeyID)
	if e != nil {
		return nil, e
	}
	if e := c.authorise(k, "DescribeKey", nil); e != nil {
		return nil, e
	}
	return keyMetadataOutput{k.metadata()}, nil
}

type keyListEntry struct {
	KeyID  string `json:"KeyId"`
	KeyArn string `json:"KeyArn"`
}

// listKeys answers on one page, however many keys there are.
func listKeys(c *call, _ nothing) (any, *apiError) {
	out := struct {
		Keys      []keyListEntry `json:"Keys"`
		Truncated bool           `json:"Truncated"`
	}{Keys: []keyListEntry{}}
	for _, k := range c.s.keys {
		if k.Region == c.region && k.Account == c.who.Account {
			out.Keys = append(out.Keys, keyListEntry{KeyID: k.ID, KeyArn: k.ARN})
		}
	}
	slices.SortFunc(out.Keys, func(a, b keyListEntry) int { return strings.Compare(a.KeyID, b.KeyID) })
	return out, nil
}

// owned finds the key for an operation of its own account.
func (c *call) owned(id, operation string) (*key, *apiError) {
	k, e := c.key(id)
	if e == nil {
		e = c.authoriseOwner(k, operation)
	}
	return k, e
}

func enableKey(c *call, in keyInput) (any, *apiError) {
	return c.toggle(in.KeyID, "EnableKey", Enabled)
}

func disableKey(c *call, in keyInput) (any, *apiError) {
	return c.toggle(in.KeyID, "DisableKey", Disabled)
}

func (c *call) toggle(id, operation string, to State) (any, *apiError) {
	k, e := c.owned(id, operation)
	if e != nil {
		return nil, e
	}
	if k.State != Enabled && k.State != Disabled {
		return nil, errInvalidState(k.ARN, k.State)
	}
	k.State = to
	c.s.changed()
	return nothing{}, nil
}

type scheduleKeyDeletionInput struct {
	KeyID               string `json:"KeyId"`
	PendingWindowInDays int    `json:"PendingWindowInDays"`
}

type scheduleKeyDeletionOutput struct {
	KeyID               string  `json:"KeyId"`
	KeyState            State   `json:"KeyState"`
	DeletionDate        float64 `json:"DeletionDate"`
	PendingWindowInDays int     `json:"PendingWindowInDays"`
}

func scheduleKeyDeletion(c *call, in scheduleKeyDeletionInput) (any, *apiError) {
	k, e := c.owned(in.KeyID, "ScheduleKeyDeletion")
	if e != nil {
		return nil, e
	}
	days := in.PendingWindowInDays
	if days == 0 {
		days = 30
	}
	if days < 7 || days > 30 {
		return nil, errInvalid("1 validation error detected: Value at 'pendingWindowInDays' failed to satisfy constraint: Member must be between 7 and 30")
	}
	if k.State == PendingDeletion {
		return nil, errInvalidState(k.ARN, k.State)
	}
	k.State, k.DeletionDate = PendingDeletion, c.s.now().AddDate(0, 0, days)
	c.s.changed()
	return scheduleKeyDeletionOutput{k.ARN, k.State, epoch(k.DeletionDate), days}, nil
}

// cancelKeyDeletion leaves the key disabled, as the API reference says.
func cancelKeyDeletion(c *call, in keyInput) (any, *apiError) {
	k, e := c.owned(in.KeyID, "CancelKeyDeletion")
	if e != nil {
		return nil, e
	}
	if k.State != PendingDeletion {
		return nil, fail("KMSInvalidStateException", "%s is not pending deletion.", k.ARN)
	}
	k.State = Disabled
	c.s.changed()
	return keyInput{KeyID: k.ARN}, nil
}
