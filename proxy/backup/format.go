package backup

import (
	"bytes"
	"encoding/binary"
	"time"
)

// Kind is the form of a backup.
type Kind string

// The kinds.
const (
	Plain     Kind = "plain"     // SQL text: pg_dump, pg_dumpall
	Custom    Kind = "custom"    // pg_dump -Fc
	Directory Kind = "directory" // pg_dump -Fd
	Tar       Kind = "tar"       // pg_dump -Ft
	Base      Kind = "base"      // pg_basebackup
	Gzip      Kind = "gzip"      // something else, compressed
)

// HeadSize is how much of a file KindOf wants to see.
const HeadSize = 1024

// KindOf tells a file's form by its beginning. A tar file is a base backup's unless it begins with the table of contents of pg_dump's.
func KindOf(head []byte) Kind {
	switch {
	case bytes.HasPrefix(head, []byte("PGDMP")):
		return Custom
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return Gzip
	case len(head) > 262 && string(head[257:262]) == "ustar":
		if bytes.HasPrefix(head, []byte("toc.dat\x00")) {
			return Tar
		}
		return Base
	}
	return Plain
}

// tarBlock is the size of the header before a file in a tar file.
const tarBlock = 512

// ArchiveMade reads when an archive of pg_dump was made from its beginning, or from that of its table of contents. PostgreSQL writes it as the local time of the
// machine that made it, and does not say which that is: local is taken. ok is false where it cannot be read.
func ArchiveMade(head []byte, local *time.Location) (made time.Time, ok bool) {
	if KindOf(head) == Tar && len(head) > tarBlock {
		head = head[tarBlock:]
	}
	const fixed = 11 // magic, version, sizes of int and offset, format
	if !bytes.HasPrefix(head, []byte("PGDMP")) || len(head) < fixed || head[5] != 1 || head[8] == 0 || head[8] > 8 {
		return time.Time{}, false
	}
	size, rest := int(head[8]), head[fixed:]
	number := func() (n int) {
		if len(rest) < size+1 {
			rest, ok = nil, false
			return 0
		}
		var b [8]byte
		copy(b[:], rest[1:1+size])
		n = int(int32(binary.LittleEndian.Uint64(b[:])))
		if rest[0] != 0 {
			n = -n
		}
		rest = rest[1+size:]
		return n
	}
	ok = true
	if head[6] >= 15 && len(rest) > 0 { // the algorithm of compression, one byte since then
		rest = rest[1:]
	} else {
		number()
	}
	sec, minute, hour, day, month, year := number(), number(), number(), number(), number(), number()
	within := func(n, first, last int) bool { return n >= first && n <= last }
	ok = ok && within(month, 0, 11) && within(year, 100, 1000) && within(day, 1, 31) && within(hour, 0, 23) && within(minute, 0, 59) && within(sec, 0, 60)
	if !ok {
		return time.Time{}, false
	}
	return time.Date(1900+year, time.Month(month+1), day, hour, minute, sec, 0, local), true
}
