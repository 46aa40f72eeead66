package proxy_test

import (
	"context"
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/legatics/pgseal/proxy"
)

// keptListener keeps what it has accepted.
type keptListener struct {
	net.Listener
	accepted chan *net.TCPConn
}

func (l keptListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err == nil {
		l.accepted <- c.(*net.TCPConn)
	}
	return c, err
}

// Both legs ask whether the other end is still there, before balancers forget the connection, and send at once what they have.
func TestKeepAlive(t *testing.T) {
	for _, limit := range []time.Duration{0, 90 * time.Second} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		legs := make(chan *net.TCPConn, 2)
		p := startOn(t, keptListener{listener, legs}, proxy.Config{PassOthers: true, Limits: proxy.Limits{Unacknowledged: limit},
			Dial: func(ctx context.Context) (net.Conn, error) {
				var d net.Dialer
				c, err := d.DialContext(ctx, "tcp", cluster.Address())
				if err == nil {
					legs <- c.(*net.TCPConn)
				}
				return c, err
			}})
		_ = p.connect(t, "postgres")
		for range 2 {
			c := <-legs
			for _, option := range []struct{ level, name, from, to int }{
				{unix.SOL_SOCKET, unix.SO_KEEPALIVE, 1, 1}, {unix.IPPROTO_TCP, unix.TCP_NODELAY, 1, 1}, {unix.IPPROTO_TCP, unix.TCP_KEEPIDLE, 1, 349},
				{unix.IPPROTO_TCP, unix.TCP_KEEPINTVL, 1, 60}, {unix.IPPROTO_TCP, unix.TCP_KEEPCNT, 1, 10},
				{unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(limit.Milliseconds()), int(limit.Milliseconds())},
			} {
				raw, err := c.SyscallConn()
				if err != nil {
					t.Fatal(err)
				}
				if err := raw.Control(func(fd uintptr) {
					if got, err := unix.GetsockoptInt(int(fd), option.level, option.name); err != nil || got < option.from || got > option.to {
						t.Errorf("option %d of level %d is %d, %v", option.name, option.level, got, err)
					}
				}); err != nil {
					t.Error(err)
				}
			}
		}
	}
}
