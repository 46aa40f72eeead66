package fleet

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// balance starts HAProxy in front of proxies: it sends nobody to one whose /ready says no. It returns where clients connect.
func balance(t *testing.T, proxies []*program.Deployment) string {
	t.Helper()
	path, err := exec.LookPath("haproxy")
	if err != nil {
		path = "/usr/sbin/haproxy"
	}
	port, err := program.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	var servers strings.Builder
	for i, p := range proxies {
		_, admin, _ := net.SplitHostPort(p.AdminAddress())
		fmt.Fprintf(&servers, "  server p%d %s check port %s inter 200ms fall 1 rise 1\n", i, p.Address(), admin)
	}
	config := filepath.Join(t.TempDir(), "haproxy.cfg")
	text := fmt.Sprintf("defaults\n  mode tcp\n  timeout connect 2s\n  timeout client 5m\n  timeout server 5m\n  retries 3\n  option redispatch 1\n"+
		"listen pgseal\n  bind 127.0.0.1:%d\n  balance roundrobin\n  option httpchk GET /ready\n%s", port, servers.String())
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	process, err := program.Start(exec.Command(path, "-db", "-f", config))
	if err != nil {
		t.Fatalf("haproxy (make test installs it): %v", err)
	}
	t.Cleanup(process.Kill)
	address := fmt.Sprintf("127.0.0.1:%d", port)
	err = process.WaitFor(20*time.Second, func() error {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			err = conn.Close()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return address
}
