package keysource

import (
	"context"
	"time"
)

// Material is what a master key is made of now: what the KMS would wrap with.
type Material struct {
	KeyARN     string    // the key's own ARN; another one than before when an alias was pointed elsewhere
	MaterialID string    // empty where the KMS does not tell
	RotatedAt  time.Time // when the KMS began to use it; zero where it does not tell
	How        string    // RotatedAutomatically, RotatedOnDemand, RotatedManually, or empty
}

// How a master key came to be made of other material.
const (
	RotatedAutomatically = "automatic" // by the KMS, year by year or so
	RotatedOnDemand      = "on demand" // by the KMS, because the key's owner wanted it
	RotatedManually      = "manual"    // the alias leads to another key
)

// Describer is what a driver offers besides when it can tell what a master key is made of, without using the key.
type Describer interface {
	// Describe tells what the key that spec names is made of now, and where that is not what wrapped was made with, how and since when as far as the KMS
	// tells. Errors are a Wrapper's; that nobody may ask is AccessDenied, and says nothing about the use of the key.
	Describe(ctx context.Context, spec KeySpec, wrapped Wrapped) (Material, error)
}
