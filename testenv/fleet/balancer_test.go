package fleet

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// balance starts HAProxy, which may find nothing to warn of, in front of proxies: it sends nobody to one whose /ready says no. It returns where clients connect.
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
	config := filepath.Join(t.TempDir(), "haproxy.cfg")
	if err := os.WriteFile(config, []byte(balancing(t, port, proxies)), 0o600); err != nil {
		t.Fatal(err)
	}
	process, err := program.Start(exec.Command(path, "-db", "-dW", "-f", config))
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

// balancing is the configuration in docs/fleet.md, with a port, and with the addresses of proxies in the place of those of its first servers.
func balancing(t *testing.T, port int, proxies []*program.Deployment) string {
	t.Helper()
	server := regexp.MustCompile(`^(  server p\d+ )\S+( check port )\d+$`)
	var b strings.Builder
	placed, bound := 0, false
	for line := range strings.Lines(fromDocument(t).haproxy) {
		line = strings.TrimSuffix(line, "\n")
		m := server.FindStringSubmatch(line)
		switch {
		case m != nil && placed == len(proxies):
			continue
		case m != nil:
			_, admin, _ := net.SplitHostPort(proxies[placed].AdminAddress())
			line = m[1] + proxies[placed].Address() + m[2] + admin
			placed++
		case strings.HasPrefix(line, "  bind "):
			line, bound = fmt.Sprintf("  bind 127.0.0.1:%d", port), true
		}
		b.WriteString(line + "\n")
	}
	if placed < len(proxies) || !bound {
		t.Fatalf("docs/fleet.md: of %d proxies %d have a server, bind: %t", len(proxies), placed, bound)
	}
	return b.String()
}
