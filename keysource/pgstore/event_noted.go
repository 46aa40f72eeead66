package pgstore

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"strconv"
	"strings"
)

// NotedHead is a head as somebody has noted it, with as much of its hash as was
// noted.
type NotedHead struct {
	Head
	Prefix []byte
}

// ParseHead reads WRITER:NUMBER:HASH. Of the hash, 6 bytes or more are needed,
// in hexadecimal digits, as they are in the log; or the number that the metric
// pgseal_event_log_head_hash shows, after an #.
func ParseHead(text string) (n NotedHead, err error) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return n, errHeadForm
	}
	if n.Writer, err = ParseWriterID(parts[0]); err != nil {
		return n, errHeadForm
	}
	if n.Seq, err = strconv.ParseInt(parts[1], 10, 64); err != nil || n.Seq < 1 {
		return n, errHeadForm
	}
	if number, ok := strings.CutPrefix(parts[2], "#"); ok {
		f, err := strconv.ParseFloat(number, 64) // 1.234e+14, as metrics are printed
		if err != nil || f < 0 || f >= 1<<48 || f != math.Trunc(f) {
			return n, errHeadForm
		}
		n.Prefix = binary.BigEndian.AppendUint64(nil, uint64(f)<<16)[:6]
	} else if n.Prefix, err = hex.DecodeString(parts[2]); err != nil || len(n.Prefix) < 6 || len(n.Prefix) > len(n.Hash) {
		return n, errHeadForm
	}
	copy(n.Hash[:], n.Prefix)
	return n, nil
}

var errHeadForm = errors.New("not a head of the event log: WRITER:NUMBER:HASH")
