package awskms

import (
	"maps"

	"github.com/legatics/pgseal/keysource"
)

// Codes is the table of error codes.
func Codes() map[string]keysource.Kind { return maps.Clone(codes) }
