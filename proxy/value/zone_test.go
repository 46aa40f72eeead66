package value

import (
	"encoding/binary"
	"strings"
	"sync"
	"testing"
	"time"
)

// Every zone that the server knows prints and reads times as there, also around the changes of its clocks and in the
// centuries before and after them.
func TestZonesMatchServer(t *testing.T) {
	o := newOracle(t)
	zones := new(Zones)
	typ := must("timestamptz")
	r := newRandom(11)
	var unknown []string
	tested := 0
	for i, row := range o.exec("select name from pg_timezone_names where name !~ '^posix' order by name") {
		name := string(row[0])
		if testing.Short() && i%8 != 0 {
			continue
		}
		o.set(Settings{TimeZone: name, DateStyle: "ISO", ByteaOutput: "hex", Zones: zones})
		zone, err := o.settings.location()
		if err != nil {
			unknown = append(unknown, name)
			continue
		}
		tested++
		for range 3 {
			micros := pick(r, r.Int64N(4e15)-3e15, firstMicro+r.Int64N(1e18), r.Int64N(9e18))
			o.compare(typ, binary.BigEndian.AppendUint64(nil, uint64(micros)), typ.OID, formatBinary)
			wall := dateStyle{format: styleISO}.appendTimestamp(nil, micros, nil, 0)
			o.compare(typ, wall, 0, formatText)
			if zoneNameIsPlain([]byte(name)) && !strings.HasSuffix(string(wall), "BC") {
				o.compare(typ, append(wall, " "+name...), 0, formatText)
			}
		}
		_, change := time.Unix(r.Int64N(2e9)-1e9, 0).In(zone).ZoneBounds()
		if change.IsZero() {
			continue
		}
		for _, off := range []int64{-7200, -3601, -3600, -1800, -1, 0, 1, 1799, 1800, 3599, 3600, 7200} {
			micros := (change.Unix() + off - unixSeconds) * microsPerSecond
			o.compare(typ, binary.BigEndian.AppendUint64(nil, uint64(micros)), typ.OID, formatBinary)
			for _, offset := range []int64{offsetAt(zone, change.Unix()), offsetAt(zone, change.Unix()-1)} {
				o.compare(typ, dateStyle{format: styleISO}.appendTimestamp(nil, micros+offset*microsPerSecond, nil, 0), 0, formatText)
			}
		}
	}
	if got := strings.Join(unknown, " "); got != "Factory localtime" && got != "Factory" && got != "" {
		t.Errorf("zones of the server that are not known here: %s", got)
	}
	if tested < 50 {
		t.Errorf("only %d zones were tested", tested)
	}
}

func TestPosixZonesMatchServer(t *testing.T) {
	o := newOracle(t)
	for _, set := range []string{"3", "-3.5", "'+05:45'", "'<+03>-03'", "'XYZ4'", "'ABCD-3:30'", "'X3'", "interval '-08:00' hour to minute", "'GMT+3'"} {
		o.exec("set time zone " + set)
		o.settings.TimeZone = o.conn.ParameterStatus("TimeZone")
		o.compare(must("timestamptz"), []byte("2024-05-31 12:00"), 0, formatText)
	}
}

// A session whose zone the proxy cannot be sure of gets an error, not a guess; what needs no zone still works.
func TestUnknownZoneIsRefused(t *testing.T) {
	typ := must("timestamptz")
	for _, name := range []string{"Local", "localtime", "posixrules", "right/Europe/Berlin", "../../etc/passwd", "CET-1CEST", "CET-1CEST,M3.5.0,M10.5.0/3", "Nowhere/Atall", "<+03", "X", "UTC+", "XYZ25", "XYZ1:60", "<a>1:2:3", "ABCD-3:30:15", "XYZ123"} {
		s := &Settings{TimeZone: name, Zones: new(Zones)}
		canonical, err := typ.Canonical(nil, []byte("2024-05-31 12:00Z"), 0, formatText, s)
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := typ.Wire(nil, canonical, formatBinary, s); err != nil {
			t.Errorf("%s: binary: %v", name, err)
		}
		_, err = typ.Wire(nil, canonical, formatText, s)
		if err == nil || stateOf(t, err) != codeUnsupported {
			t.Errorf("%s: printed (%v)", name, err)
		}
		_, err = typ.Canonical(nil, []byte("2024-05-31 12:00"), 0, formatText, s)
		if err == nil || stateOf(t, err) != codeUnsupported {
			t.Errorf("%s: read (%v)", name, err)
		}
	}
}

func TestUnknownStylesAreRefused(t *testing.T) {
	for _, style := range []string{"ISOX", "iso", "SQL DMY"} {
		for _, name := range []string{"date", "timestamp", "timestamptz", "interval"} {
			typ := must(name)
			s := &Settings{DateStyle: style, IntervalStyle: style}
			text := "2024-05-31"
			if name == "interval" {
				text = "P1D"
			}
			canonical, err := typ.Canonical(nil, []byte(text), 0, formatText, s)
			if err != nil {
				t.Fatal(err)
			}
			if _, err = typ.Wire(nil, canonical, formatText, s); err == nil || stateOf(t, err) != codeUnsupported {
				t.Errorf("%s printed under %s (%v)", name, style, err)
			}
			if _, err = typ.Wire(nil, canonical, formatBinary, s); err != nil {
				t.Errorf("%s in binary under %s: %v", name, style, err)
			}
		}
	}
}

func TestZonesAreShared(t *testing.T) {
	zones := new(Zones)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, name := range []string{"Europe/Berlin", "Asia/Tokyo", "Nowhere/Atall"} {
				zone, err := zones.load(name)
				if (err == nil) != (name != "Nowhere/Atall") || err == nil && zone.String() != name {
					t.Errorf("%s: %v, %v", name, zone, err)
				}
			}
		})
	}
	wg.Wait()
	if len(zones.known) != 2 {
		t.Errorf("%d zones are kept", len(zones.known))
	}
}
