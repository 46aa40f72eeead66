package bulk

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Pace are the bounds that an operator has set to work on a column. Where one is exceeded the work rests. A zero field is no bound.
type Pace struct {
	MaxLoad  int           `json:"max_load,omitempty"`      // sessions of others that are active at once
	MaxLag   time.Duration `json:"max_lag,omitempty"`       // of replicas' replay, in nanoseconds
	MaxBytes int64         `json:"max_lag_bytes,omitempty"` // of replicas' replay
	MaxWAL   int64         `json:"max_wal_rate,omitempty"`  // bytes of WAL that the server writes in a second
	MaxDead  float64       `json:"max_dead,omitempty"`      // share of the table's rows that are dead
	MaxSlow  float64       `json:"max_slower,omitempty"`    // p99 of statements, in multiples of what it is while the work rests; 0: twice
}

// Settings are the operator's wishes in the record of work. They are under its MAC.
type Settings struct {
	Pace
	Form string `json:"form,omitempty"` // of work that fills a second column: a digest of what its values are sealed as
}

// Validate tells whether the bounds can be meant.
func (p Pace) Validate() error {
	switch {
	case p.MaxLoad < 0 || p.MaxLag < 0 || p.MaxBytes < 0 || p.MaxWAL < 0:
		return errors.New("a bound of the pace is negative")
	case p.MaxDead < 0 || p.MaxDead >= 1:
		return errors.New("the share of dead rows is between 0 and 1")
	case p.MaxSlow != 0 && p.MaxSlow <= 1:
		return errors.New("how much slower statements may become is a factor above 1")
	}
	return nil
}

// Text is the settings as the record keeps them.
func (s Settings) Text() string {
	text, _ := json.Marshal(s) // of numbers
	if string(text) == "{}" {
		return ""
	}
	return string(text)
}

// settingsOf reads a record's. What a later version has added is passed over.
func settingsOf(text string) (s Settings, err error) {
	if text == "" {
		return s, nil
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return s, fmt.Errorf("the settings of the work are none: %w", err)
	}
	return s, s.Validate()
}
