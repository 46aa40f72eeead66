package wire_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/proxy/wire"
)

func message(typ byte, body []byte) []byte {
	out, at := wire.Begin(nil, typ)
	return wire.Finish(append(out, body...), at)
}

// conversation is a stream of messages around the sizes of the buffers.
func conversation() (stream []byte, sizes []int) {
	for i, n := range []int{0, 1, 4, 5, 100, 8186, 8187, 8188, 8192, 70_000, 0, 3, 1 << 20, 17} {
		m := message(byte('A'+i), bytes.Repeat([]byte{byte(i)}, n))
		stream = append(stream, m...)
		sizes = append(sizes, len(m))
	}
	return stream, sizes
}

// However the bytes arrive, and whatever is done with each message, what is forwarded is what came.
func TestForwardedAsItCame(t *testing.T) {
	stream, sizes := conversation()
	sources := map[string]func() io.Reader{
		"whole":    func() io.Reader { return bytes.NewReader(stream) },
		"one byte": func() io.Reader { return iotest.OneByteReader(bytes.NewReader(stream)) },
		"halves":   func() io.Reader { return iotest.HalfReader(bytes.NewReader(stream)) },
		"data+EOF": func() io.Reader { return iotest.DataErrReader(bytes.NewReader(stream)) },
	}
	for name, source := range sources {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			r, w := wire.NewReader(source()), wire.NewWriter(&out)
			var got []int
			for i := 0; ; i++ {
				_, size, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, size)
				switch i % 3 {
				case 0:
					err = r.ForwardRun(w)
				case 1:
					if _, err = r.Prefix(10); err == nil {
						err = r.Forward(w)
					}
				case 2:
					var body []byte
					if body, err = r.Body(2 << 20); err == nil && len(body) != size-wire.HeaderSize {
						t.Fatalf("body of %d bytes in a message of %d", len(body), size)
					}
					if err == nil {
						err = r.Forward(w)
					}
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(sizes, got); diff != "" {
				t.Error(diff)
			}
			if !bytes.Equal(stream, out.Bytes()) {
				t.Error("the bytes differ")
			}
		})
	}
}

// A message that was only looked at, or discarded, is gone with the next.
// A run ends where the type changes, at a message that has not arrived whole, and before a length that cannot be.
func TestForwardRun(t *testing.T) {
	row, other := message('D', []byte("row")), message('C', nil)
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	for name, tt := range map[string]struct {
		stream     []byte
		run        int // messages that go at once
		next       byte
		impossible bool
	}{
		"alone":      {stream: join(row, other), run: 1, next: 'C'},
		"three":      {stream: join(row, row, row, other, row), run: 3, next: 'C'},
		"torn":       {stream: join(row, row, row[:6]), run: 2, next: 'D'},
		"torn head":  {stream: join(row, row[:4]), run: 1},
		"no length":  {stream: join(row, []byte{'D', 0, 0, 0, 3}), run: 1, impossible: true},
		"negative":   {stream: join(row, []byte{'D', 0xff, 0xff, 0xff, 0xff, 1}), run: 1, impossible: true},
		"at the end": {stream: join(row, row), run: 2},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			r, w := wire.NewReader(bytes.NewReader(tt.stream)), wire.NewWriter(&out)
			if _, _, err := r.Next(); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(r.ForwardRun(w), w.Flush()); err != nil {
				t.Fatal(err)
			}
			if want := tt.stream[:tt.run*len(row)]; !bytes.Equal(out.Bytes(), want) {
				t.Errorf("%q went, want %q", out.Bytes(), want)
			}
			typ, _, err := r.Next()
			if typ != tt.next || errors.Is(err, wire.ErrLength) != tt.impossible || tt.next == 0 && err == nil {
				t.Errorf("then %q, %v", typ, err)
			}
		})
	}
}

func TestDiscard(t *testing.T) {
	stream, sizes := conversation()
	r := wire.NewReader(iotest.HalfReader(bytes.NewReader(stream)))
	for i := range sizes {
		typ, _, err := r.Next()
		if err != nil || typ != byte('A'+i) {
			t.Fatalf("message %d: %q, %v", i, typ, err)
		}
		if i%2 == 0 {
			if err := r.Discard(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestHostileLengths(t *testing.T) {
	for _, length := range []uint32{0, 1, 3, 1<<30 + 5, 0x7fffffff, 0x80000000, 0xffffffff} {
		head := binary.BigEndian.AppendUint32([]byte{'Q'}, length)
		if _, _, err := wire.NewReader(bytes.NewReader(head)).Next(); !errors.Is(err, wire.ErrLength) {
			t.Errorf("length %d: %v", length, err)
		}
	}
}

// A peer that announces a gigabyte and sends a little does not make us hold more than a little.
func TestAnnouncedLengthIsNotAllocated(t *testing.T) {
	head := binary.BigEndian.AppendUint32([]byte{'Q'}, 1<<30)
	var r *wire.Reader
	bytesUsed := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			r = wire.NewReader(bytes.NewReader(append(head, make([]byte, 1000)...)))
			if _, _, err := r.Next(); err != nil {
				b.Fatal(err)
			}
			if _, err := r.Body(1<<30 + 5); !errors.Is(err, io.ErrUnexpectedEOF) {
				b.Fatal(err)
			}
		}
	}).AllocedBytesPerOp()
	if bytesUsed > 64<<10 {
		t.Errorf("%d bytes held for 1000", bytesUsed)
	}
}

func TestTooLargeCanStillBeForwarded(t *testing.T) {
	m := message('Q', make([]byte, 100_000))
	var out bytes.Buffer
	r, w := wire.NewReader(bytes.NewReader(m)), wire.NewWriter(&out)
	if _, _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Body(1000); !errors.Is(err, wire.ErrTooLarge) {
		t.Fatal(err)
	}
	if err := r.Forward(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(m, out.Bytes()) {
		t.Error("the bytes differ")
	}
}

// interrupted fails every other read with a deadline.
type interrupted struct {
	src io.Reader
	n   int
}

func (r *interrupted) Read(b []byte) (int, error) {
	if r.n++; r.n%2 == 1 {
		return 0, os.ErrDeadlineExceeded
	}
	return r.src.Read(b[:1+rand.IntN(len(b))])
}

// An interrupted read loses nothing: the same call again goes on.
func TestInterrupted(t *testing.T) {
	stream, _ := conversation()
	var out bytes.Buffer
	r, w := wire.NewReader(&interrupted{src: bytes.NewReader(stream)}), wire.NewWriter(&out)
	again := func(f func() error) error {
		for {
			if err := f(); !errors.Is(err, os.ErrDeadlineExceeded) {
				return err
			}
		}
	}
	for {
		err := again(func() error { _, _, err := r.Next(); return err })
		if err == io.EOF {
			break
		}
		if err == nil {
			err = again(func() error { return r.Forward(w) })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	_ = w.Flush()
	if !bytes.Equal(stream, out.Bytes()) {
		t.Error("the bytes differ")
	}
}

func TestTruncated(t *testing.T) {
	m := message('Q', make([]byte, 100))
	for n := 1; n < len(m); n++ {
		r := wire.NewReader(bytes.NewReader(m[:n]))
		_, _, err := r.Next()
		if err == nil {
			_, err = r.Body(1000)
		}
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

// Torn is said of a message that was forwarded in part, and of no other.
func TestTorn(t *testing.T) {
	m := message('D', make([]byte, 100))
	stream := append(bytes.Clone(m), m[:50]...)
	r, w := wire.NewReader(bytes.NewReader(stream)), wire.NewWriter(io.Discard)
	if _, _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if err := r.Forward(w); err != nil || r.Torn() {
		t.Fatalf("%v, torn %v", err, r.Torn())
	}
	if _, _, err := r.Next(); err != nil || r.Torn() {
		t.Fatalf("%v, torn %v", err, r.Torn())
	}
	if err := r.Forward(w); !errors.Is(err, io.ErrUnexpectedEOF) || !r.Torn() {
		t.Fatalf("%v, torn %v", err, r.Torn())
	}
	r = wire.NewReader(bytes.NewReader(m[:50]))
	if _, _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if err := r.Discard(); !errors.Is(err, io.ErrUnexpectedEOF) || r.Torn() {
		t.Fatalf("discarded: %v, torn %v", err, r.Torn())
	}
}

// roomy notes the least room that a read was given.
type roomy struct {
	src   io.Reader
	least int
}

func (r *roomy) Read(b []byte) (int, error) {
	r.least = min(r.least, len(b))
	return r.src.Read(b[:min(len(b), 3000)])
}

// A long message that streams in parts is read with all the room that the buffer has.
func TestStreamingUsesTheBuffer(t *testing.T) {
	src := &roomy{src: bytes.NewReader(message('d', make([]byte, 100_000))), least: 1 << 20}
	r := wire.NewReader(src)
	if _, _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if err := r.Forward(wire.NewWriter(io.Discard)); err != nil || src.least < 8<<10 {
		t.Errorf("%v, a read with room for %d bytes", err, src.least)
	}
}

// Pass-through allocates nothing.
func TestForwardAllocatesNothing(t *testing.T) {
	m := bytes.Repeat(message('D', make([]byte, 100)), 50)
	src := bytes.NewReader(m)
	r, w := wire.NewReader(src), wire.NewWriter(io.Discard)
	run := func() {
		src.Reset(m)
		for range 50 {
			if _, _, err := r.Next(); err != nil {
				t.Fatal(err)
			}
			if err := r.Forward(w); err != nil {
				t.Fatal(err)
			}
		}
		_ = w.Flush()
	}
	run()
	if n := testing.AllocsPerRun(100, run); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkForward(b *testing.B) {
	m := bytes.Repeat(message('D', make([]byte, 100)), 50)
	src := bytes.NewReader(m)
	r, w := wire.NewReader(src), wire.NewWriter(io.Discard)
	b.SetBytes(int64(len(m)))
	b.ReportAllocs()
	for b.Loop() {
		src.Reset(m)
		for range 50 {
			_, _, _ = r.Next()
			_ = r.Forward(w)
		}
		_ = w.Flush()
	}
}

// FuzzReader: whatever comes, the reader returns whole messages or an error, and never more bytes than came.
func FuzzReader(f *testing.F) {
	stream, _ := conversation()
	f.Add(stream[:200])
	f.Add(message('Q', []byte("select 1\x00")))
	f.Add([]byte{'Q', 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{'Q', 0, 0, 0, 3})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, stream []byte) {
		var out bytes.Buffer
		r, w := wire.NewReader(iotest.OneByteReader(bytes.NewReader(stream))), wire.NewWriter(&out)
		for {
			if _, _, err := r.Next(); err != nil {
				break
			}
			if _, err := r.Body(1 << 16); err != nil && !errors.Is(err, wire.ErrTooLarge) {
				break
			}
			if err := r.Forward(w); err != nil {
				break
			}
		}
		_ = w.Flush()
		if !bytes.HasPrefix(stream, out.Bytes()) {
			t.Fatal("forwarded something else than what came")
		}
	})
}
