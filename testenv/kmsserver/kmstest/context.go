package kmstest

import (
	"encoding/binary"
	"maps"
	"slices"
)

// canonicalContext encodes an encryption context: its pairs sorted by key, each key and each value preceded by its
// length as uint32, big endian. Without the lengths {"a": "bc"} and {"ab": "c"} would be one context.
func canonicalContext(pairs map[string]string) []byte {
	var b []byte
	for _, k := range slices.Sorted(maps.Keys(pairs)) {
		b = appendPart(b, k)
		b = appendPart(b, pairs[k])
	}
	return b
}

func appendPart(b []byte, s string) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
	return append(b, s...)
}

// contextHolds says whether want is part of have.
func contextHolds(have, want map[string]string) bool {
	for k, v := range want {
		if got, ok := have[k]; !ok || got != v {
			return false
		}
	}
	return true
}
