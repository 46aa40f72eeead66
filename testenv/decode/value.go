package decode

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The types whose values are looked at (pg_type.oid).
const (
	oidBool        = 16
	oidBytea       = 17
	oidInt8        = 20
	oidInt2        = 21
	oidInt4        = 23
	oidText        = 25
	oidJSON        = 114
	oidFloat4      = 700
	oidFloat8      = 701
	oidBpchar      = 1042
	oidVarchar     = 1043
	oidDate        = 1082
	oidTimestamp   = 1114
	oidTimestamptz = 1184
	oidNumeric     = 1700
	oidUUID        = 2950
	oidJSONB       = 3802
)

var (
	integerText = regexp.MustCompile(`^-?[0-9]{1,19}$`)
	numericText = regexp.MustCompile(`^(-?[0-9]+(\.[0-9]+)?|NaN|-?Infinity)$`)
	uuidText    = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// binarySizes holds the length of the binary form of types that have one.
var binarySizes = map[uint32]int{
	oidBool: 1, oidInt2: 2, oidInt4: 4, oidInt8: 8, oidFloat4: 4, oidFloat8: 8,
	oidDate: 4, oidTimestamp: 8, oidTimestamptz: 8, oidUUID: 16,
}

// checkValue tells whether a value can be of the type that its description
// declares. It never prints the value.
func checkValue(oid uint32, format int16, v []byte) error {
	ok := true
	switch format {
	case 0:
		ok = textFits(oid, string(v))
	case 1:
		ok = binaryFits(oid, v)
	default:
		return fmt.Errorf("format %d", format)
	}
	if !ok {
		return fmt.Errorf("%d bytes that are no value of type %d in format %d", len(v), oid, format)
	}
	return nil
}

func textFits(oid uint32, v string) bool {
	switch oid {
	case oidBool:
		return v == "t" || v == "f"
	case oidInt2, oidInt4, oidInt8:
		return integerText.MatchString(v)
	case oidNumeric:
		return numericText.MatchString(v)
	case oidUUID:
		return uuidText.MatchString(v)
	case oidBytea:
		digits, isHex := strings.CutPrefix(v, `\x`)
		if !isHex {
			return !strings.ContainsRune(v, 0)
		}
		_, err := hex.DecodeString(digits)
		return err == nil
	case oidJSON, oidJSONB:
		return json.Valid([]byte(v))
	default:
		return utf8.ValidString(v) && !strings.ContainsRune(v, 0)
	}
}

func binaryFits(oid uint32, v []byte) bool {
	if size, fixed := binarySizes[oid]; fixed {
		return len(v) == size && (oid != oidBool || v[0] <= 1)
	}
	switch oid {
	case oidText, oidVarchar, oidBpchar:
		return textFits(oid, string(v))
	case oidJSON:
		return json.Valid(v)
	case oidJSONB:
		return len(v) > 1 && v[0] == 1 && json.Valid(v[1:])
	case oidNumeric: // digits, weight, sign, scale, then the digits, all 16 bits
		return len(v) >= 8 && len(v) == 8+2*int(binary.BigEndian.Uint16(v))
	default:
		return true
	}
}
