package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// newDataKeyConfig says when a tenant gets a new data key. The numbers come of crypto/doc.go: T values of a column under one data key repeat a nonce with a
// probability of at most T * 2^-77, so that 2^40 leave 2^-37; the bound of 2^-32 that NIST SP 800-38D allows is at 2^45.
type newDataKeyConfig struct {
	After     age      `yaml:"after"`     // its age; 0: no limit
	Values    quantity `yaml:"values"`    // sealed with it; 0: no limit
	Automatic bool     `yaml:"automatic"` // the proxy that notices makes it; else it says so
}

const (
	defaultValues = 1 << 40
	minKeyAge     = 24 * time.Hour
	minKeyValues  = 1 << 20
	maxKeyValues  = 1 << 45
)

func (n newDataKeyConfig) limits() pgstore.KeyLimits {
	return pgstore.KeyLimits{After: time.Duration(n.After), Values: int64(n.Values)}
}

func (n newDataKeyConfig) validate() error {
	if t := time.Duration(n.After); t != 0 && t < minKeyAge {
		return fmt.Errorf("keys.new_data_key.after: %s is less than a day: each data key stays for ever, and all are opened at every fetch", t)
	}
	if v := int64(n.Values); v != 0 && (v < minKeyValues || v > maxKeyValues) {
		return fmt.Errorf("keys.new_data_key.values: %d is neither 0 (no limit) nor within 2^20..2^45", v)
	}
	if n.Automatic && n.After == 0 && n.Values == 0 {
		return fmt.Errorf("keys.new_data_key.automatic: there is no limit that would ever ask for one: set after or values")
	}
	return nil
}

// age is a duration that may be written in days, as 365d.
type age time.Duration

// UnmarshalYAML implements yaml.BytesUnmarshaler.
func (a *age) UnmarshalYAML(b []byte) error {
	var text string
	if err := yaml.Unmarshal(b, &text); err != nil {
		return err
	}
	if number, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			return fmt.Errorf("%q is no age: 365d, 8760h", text)
		}
		*a = age(time.Duration(n) * 24 * time.Hour)
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return fmt.Errorf("%q is no age: 365d, 8760h", text)
	}
	*a = age(d)
	return nil
}

// quantity is a number that may be written as a power of two, as 2^40.
type quantity int64

// UnmarshalYAML implements yaml.BytesUnmarshaler.
func (q *quantity) UnmarshalYAML(b []byte) error {
	var text string
	if err := yaml.Unmarshal(b, &text); err != nil {
		return err
	}
	if exponent, ok := strings.CutPrefix(text, "2^"); ok {
		if n, err := strconv.ParseUint(exponent, 10, 8); err == nil && n < 63 {
			*q = 1 << n
			return nil
		}
	} else if n, err := strconv.ParseUint(text, 10, 64); err == nil && n <= math.MaxInt64 {
		*q = quantity(n)
		return nil
	}
	return fmt.Errorf("%q is no number: 2^40, 1000000000", text)
}
