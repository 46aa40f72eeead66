package value

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"strconv"
)

// inetCodec is inet and, network, cidr. Canonical form is PostgreSQL's binary form: 2 for IPv4 or 3 for IPv6, the bits of
// the mask, 1 for cidr or 0 for inet, the address's size, the address.
type inetCodec struct{ network bool }

const (
	inetHeader = 4
	inetV4     = 2
	inetV6     = 3
)

func (c inetCodec) name() string {
	if c.network {
		return "cidr"
	}
	return "inet"
}

// append appends the canonical form of an address of 4 or 16 bytes.
func (c inetCodec) append(dst []byte, bits byte, address []byte) []byte {
	family, network := byte(inetV4), byte(0)
	if len(address) == 16 {
		family = inetV6
	}
	if c.network {
		network = 1
	}
	return append(append(dst, family, bits, network, byte(len(address))), address...)
}

func (c inetCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	host, mask, masked := bytes.Cut(in, []byte{'/'})
	address, err := netip.ParseAddr(string(host))
	if err != nil || address.Zone() != "" || len(mask) > 3 {
		return dst, c.syntaxError()
	}
	raw := address.AsSlice()
	bits := len(raw) * 8
	if masked {
		n, rest, ok := cutInteger(mask)
		if !ok || len(rest) > 0 || n > int64(bits) || len(mask) > 1 && mask[0] == '0' {
			return dst, c.syntaxError()
		}
		bits = int(n)
	}
	if c.network && hasHostBits(raw, bits) {
		return dst, &Error{Code: codeSyntax, Message: "invalid cidr value", Hint: "The address has bits to the right of its mask; use inet for addresses of hosts."}
	}
	return c.append(dst, byte(bits), raw), nil
}

func (c inetCodec) syntaxError() error {
	return syntaxError(c.name(), "Accepted: an IPv4 address of four decimal numbers or an IPv6 address, and a slash and the bits of the mask.")
}

// hasHostBits tells whether a bit is set to the right of the mask.
func hasHostBits(address []byte, bits int) bool {
	for i, b := range address {
		if keep := min(max(bits-i*8, 0), 8); b<<keep != 0 {
			return true
		}
	}
	return false
}

func (c inetCodec) receive(dst, in []byte, _ int32) ([]byte, error) {
	bad := func(what string) ([]byte, error) {
		return dst, binaryError("invalid " + what + ` in external "` + c.name() + `" value`)
	}
	if len(in) < inetHeader {
		return dst, shortError()
	}
	size := 4
	switch in[0] {
	case inetV4:
	case inetV6:
		size = 16
	default:
		return bad("address family")
	}
	switch {
	case int(in[1]) > size*8:
		return bad("bits")
	case int(in[3]) != size:
		return bad("length")
	}
	address := in[inetHeader:]
	if err := fixedSize(address, size); err != nil {
		return dst, err
	}
	if c.network && hasHostBits(address, int(in[1])) {
		return dst, binaryError(`invalid external "cidr" value`)
	}
	return c.append(dst, in[1], address), nil
}

// stored tells whether canonical bytes are an address.
func (c inetCodec) stored(canonical []byte) bool {
	var room [inetHeader + 16]byte
	again, err := c.receive(room[:0], canonical, -1)
	return err == nil && bytes.Equal(again, canonical)
}

func (c inetCodec) send(dst, canonical []byte) ([]byte, error) {
	if !c.stored(canonical) {
		return dst, storedError(c.name())
	}
	return append(dst, canonical...), nil
}

func (c inetCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	if !c.stored(canonical) {
		return dst, storedError(c.name())
	}
	return appendInet(dst, canonical, c.network), nil
}

// appendInet writes an address and, where it does not cover the address itself alone or is asked for, the mask.
func appendInet(dst, canonical []byte, masked bool) []byte {
	bits, address := int(canonical[1]), canonical[inetHeader:]
	if len(address) == 4 {
		dst = appendIPv4(dst, address)
	} else {
		dst = appendIPv6(dst, address)
	}
	if masked || bits != len(address)*8 {
		dst = strconv.AppendInt(append(dst, '/'), int64(bits), 10)
	}
	return dst
}

func appendIPv4(dst, address []byte) []byte {
	for i, b := range address {
		if i > 0 {
			dst = append(dst, '.')
		}
		dst = strconv.AppendInt(dst, int64(b), 10)
	}
	return dst
}

// appendIPv6 writes :: for the first of the longest runs of two or more zero words, and the last four bytes as IPv4 where
// nothing, or ffff alone, stands in front of them.
func appendIPv6(dst, address []byte) []byte {
	word := func(i int) uint16 { return binary.BigEndian.Uint16(address[2*i:]) }
	best, length := -1, 1
	for i := 0; i < 8; i++ {
		n := 0
		for i+n < 8 && word(i+n) == 0 {
			n++
		}
		if n > length {
			best, length = i, n
		}
		i += n
	}
	mapped := best == 0 && (length == 6 || length == 5 && word(5) == 0xffff)
	for i := 0; i < 8; i++ {
		switch {
		case i == best:
			dst = append(dst, ':', ':')
			i += length - 1
			continue
		case i > 0 && i != best+length || i > 0 && best < 0:
			dst = append(dst, ':')
		}
		if i == 6 && mapped {
			return appendIPv4(dst, address[12:])
		}
		dst = strconv.AppendUint(dst, uint64(word(i)), 16)
	}
	return dst
}

// toNetwork casts inet and cidr into each other: a cidr that is stored loses the bits to the right of its mask.
func (in incoming) toNetwork(dst []byte, t Type, c inetCodec, why purpose) ([]byte, error) {
	if in.oid != OIDInet && in.oid != OIDCIDR {
		return dst, in.mismatch(t)
	}
	var room [inetHeader + 16]byte
	canonical, err := in.source(room[:0])
	if err != nil {
		return dst, err
	}
	bits, address := int(canonical[1]), canonical[inetHeader:]
	for i := range address {
		if keep := min(max(bits-i*8, 0), 8); c.network && why == storing {
			address[i] &^= 0xff >> keep
		}
	}
	return c.append(dst, byte(bits), address), nil
}
