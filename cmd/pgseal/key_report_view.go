package main

import (
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/census"
)

// reportView is a report on a tenant's key.
type reportView struct {
	Made     time.Time    `json:"made"`
	Version  string       `json:"pgseal"`
	Database string       `json:"database"`
	Since    string       `json:"since"` // of use, drills and changes; a day
	Until    string       `json:"until"`
	Problems []string     `json:"not_verifiable"` // records that are left out because they do not verify, or that are missing
	Tenant   admin.Tenant `json:"tenant"`
	Region   string       `json:"region,omitempty"`
	DataKey  string       `json:"data_key"`
	Standing standingView `json:"standing"`

	Rotation   *kmsMaterialView `json:"rotation,omitempty"`     // what the key service last said that the key is made of; nil where it was not asked
	NewDataKey *dueView         `json:"new_data_key,omitempty"` // that one is due; nil where it is not

	Statements []databaseStatement `json:"all_backups_listed,omitempty"`
	MasterKeys []masterKeyView     `json:"master_keys"`
	DataKeys   []dataKeyView       `json:"data_keys"`
	Values     valuesView          `json:"values"`
	History    []historyView       `json:"history"`
	Usage      usageView           `json:"usage"`
	Drills     []heldDrillView     `json:"drills"`
	Changes    []admin.Event       `json:"changes"`
}

// databaseStatement is somebody's word that all backups of a database are listed.
type databaseStatement struct {
	Database string `json:"database"`
	statementView
}

// standingView is how the key stands now.
type standingView struct {
	State         string      `json:"state"`
	Code          string      `json:"code,omitempty"`
	Since         *time.Time  `json:"since,omitempty"`
	Why           string      `json:"why"`
	ReadableUntil *time.Time  `json:"readable_until,omitempty"` // the latest deadline that any proxy has registered
	Proxies       []proxyView `json:"proxies"`
}

// masterKeyView is one key that wraps the tenant's data key, or did.
type masterKeyView struct {
	Provider  string             `json:"provider"`
	Key       string             `json:"key"`
	Named     []string           `json:"configured_as,omitempty"` // aliases
	Roles     []string           `json:"roles,omitempty"`
	Periods   []periodView       `json:"wrapped"`
	Materials []materialView     `json:"key_materials,omitempty"`
	Once      []string           `json:"data_keys_wrapped_once"` // by number: those that it wrapped itself at some time
	DataKeys  []string           `json:"data_keys_needing_it"`   // those that open through it now
	Values    *countView         `json:"values_needing_it,omitempty"`
	Others    []string           `json:"other_tenants_needing_it,omitempty"`
	Backups   []listedBackupView `json:"backups_needing_it,omitempty"` // listed, and kept
	MayDelete string             `json:"may_delete"`                   // no | only_without_backups | as_stated
	Reasons   []string           `json:"reasons"`
}

// The answers to the question whether a key may be deleted. There is no plain yes: which backups exist is for people to say.
const (
	deleteNo             = "no"
	deleteWithoutBackups = "only_without_backups"
	deleteAsStated       = "as_stated" // if it is true that every backup is listed
)

// periodView is a time in which a key wrapped the data key.
type periodView struct {
	From  time.Time  `json:"from"`
	Until *time.Time `json:"until,omitempty"`
}

// materialView is what a key was made of, as far as the key service tells.
type materialView struct {
	ID   string    `json:"id"`
	From time.Time `json:"from"` // when it was first used for the tenant
}

// dataKeyView is one data key of the tenant, and what is sealed under it.
type dataKeyView struct {
	Number   string            `json:"number"`
	Made     *time.Time        `json:"made,omitempty"`
	Provider string            `json:"made_under_provider,omitempty"`
	Current  bool              `json:"current"`
	Opened   string            `json:"opens_through"`
	Values   *countView        `json:"values,omitempty"` // nil: nothing was counted
	Columns  []columnCountView `json:"columns,omitempty"`
	Pinned   []string          `json:"pinned_columns,omitempty"` // deterministic ones that keep it
}

// countView is a number of values; the truth lies within the error 19 times out of 20.
type countView struct {
	N     int64 `json:"n"`
	Error int64 `json:"error,omitempty"`
}

func viewOfCount(c census.Count) countView { return countView{c.N, c.Error} }

// columnCountView is what one column holds under one data key.
type columnCountView struct {
	Column string `json:"column"`
	countView
}

// valuesView is what the counting was like.
type valuesView struct {
	How     string              `json:"how"` // exact, sample, none
	Columns []columnCensusView  `json:"columns"`
	Unknown []unknownNumberView `json:"unknown_data_keys,omitempty"` // that values name and the store does not have

	alone      bool // of the tenant's own values nothing but how many there are
	incomplete bool // a column could not be counted
}

// columnCensusView is how one column was counted.
type columnCensusView struct {
	Column     string     `json:"column"`
	State      string     `json:"state"`
	Percent    float64    `json:"percent_read"`
	Plain      *countView `json:"not_sealed,omitempty"`
	Spoilt     *countView `json:"spoilt,omitempty"`
	Unseen     int64      `json:"a_data_key_not_seen_may_have,omitempty"`
	NotCounted string     `json:"not_counted,omitempty"`

	Opened *openedView `json:"opened,omitempty"` // by whose order it is, or is to be, plain
}

// unknownNumberView is a data key's number that the store does not have.
type unknownNumberView struct {
	Number string `json:"number"`
	columnCountView
}

// usageView is what was done with the key, by day.
type usageView struct {
	Days  []usageDayView `json:"days"`
	Total usageSum       `json:"total"`
}

type usageDayView struct {
	Day string `json:"day"`
	usageSum
	Proxies int `json:"proxies"` // processes that recorded something
}

type usageSum struct {
	Sealed  int64 `json:"sealed"`
	Opened  int64 `json:"opened"`
	Fetched int64 `json:"key_fetches"`
	Failed  int64 `json:"key_fetches_refused"`
	Refused int64 `json:"statements_refused"`
}

// heldDrillView is one drill, by its report.
type heldDrillView struct {
	At      time.Time        `json:"at"`
	By      string           `json:"by"`
	Passed  *bool            `json:"passed,omitempty"` // nil: its report could not be read
	Took    string           `json:"took,omitempty"`
	BoundMS int64            `json:"bound_ms,omitempty"`
	Proxies []heldDrillProxy `json:"proxies,omitempty"`
	Text    string           `json:"report,omitempty"`
}
