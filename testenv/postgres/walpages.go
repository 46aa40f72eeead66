package postgres

import "encoding/binary"

// What stands at the beginning of each page of the write-ahead log (access/xlog_internal.h): XLogPageHeaderData, in a segment's first page XLogLongPageHeaderData.
const (
	walPage       = 8192
	walMagic      = 0xd1 // the high byte, in all versions so far
	walLongHeader = 0x0002
	walHeaderSize = 24
	walLongSize   = 40
)

// unpaged is a segment of the write-ahead log without the headers of its pages, so that a record that goes on in the next page is in one piece.
func unpaged(segment []byte) []byte {
	all := make([]byte, 0, len(segment))
	for len(segment) > 0 {
		page := segment[:min(walPage, len(segment))]
		segment = segment[len(page):]
		switch {
		case len(page) < walLongSize || page[1] != walMagic: // never used
		case binary.LittleEndian.Uint16(page[2:])&walLongHeader != 0:
			page = page[walLongSize:]
		default:
			page = page[walHeaderSize:]
		}
		all = append(all, page...)
	}
	return all
}
