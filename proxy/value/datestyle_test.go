package value

import (
	"encoding/binary"
	"testing"
)

// Under every DateStyle, dates and times are printed as the server prints them; what is read does not depend on it.
func TestDateStylesMatchServer(t *testing.T) {
	o := newOracle(t)
	zones := new(Zones)
	r := newRandom(71)
	for _, style := range []string{"ISO", "SQL", "Postgres", "German"} {
		for _, order := range []string{"MDY", "DMY", "YMD"} {
			for _, zone := range []string{"UTC", "GMT", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "America/Sao_Paulo", "<+0530>-05:30", "XYZ-3:30"} {
				o.set(Settings{TimeZone: zone, DateStyle: style + ", " + order, ByteaOutput: "hex", Zones: zones})
				for range 12 {
					micros := pick(r, r.Int64N(4e15)-3e15, firstMicro+r.Int64N(1e18), r.Int64N(9e18), r.Int64N(2e15))
					form := binary.BigEndian.AppendUint64(nil, uint64(micros))
					o.compare(must("timestamptz"), form, OIDTimestamptz, formatBinary)
					o.compare(must("timestamp"), form, OIDTimestamp, formatBinary)
					o.compare(must("date"), binary.BigEndian.AppendUint32(nil, uint32(int32(micros/microsPerDay))), OIDDate, formatBinary)
				}
				for _, text := range []string{"2024-05-31 13:45:10.25+02", "0044-03-15 12:00:00 BC", "infinity", "epoch", "1999-01-08", "12345-06-07 08:09:10"} {
					o.compare(must("timestamptz"), []byte(text), 0, formatText)
					o.compare(must("date"), []byte(text), 0, formatText)
					o.compare(must("text"), []byte(text[:min(len(text), 8)]), 0, formatText)
				}
				o.compare(must("timestamptz[]"), []byte(`{"2024-05-31 13:45:10.25+02",NULL}`), 0, formatText)
			}
		}
	}
}

// A cast to text writes a date in the session's style, too.
func TestDateStyleCountsInCasts(t *testing.T) {
	o := newOracle(t)
	for _, style := range []string{"SQL, DMY", "Postgres, MDY", "German, YMD"} {
		o.set(Settings{TimeZone: "Europe/Berlin", DateStyle: style, ByteaOutput: "hex", Zones: new(Zones)})
		o.compare(must("text"), []byte("2024-05-31"), OIDDate, formatText)
		o.compare(must("text"), []byte("2024-05-31 10:00:00+02"), OIDTimestamptz, formatText)
	}
}
