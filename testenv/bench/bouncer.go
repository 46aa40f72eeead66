package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// startBouncer starts PgBouncer in session mode, with the same authentication
// (trust) as PostgreSQL and pgseal. It refuses to run as root: then it is the
// user postgres, as PostgreSQL itself.
func (s *servers) startBouncer() error {
	path, err := exec.LookPath("pgbouncer")
	if err != nil {
		path = "/usr/sbin/pgbouncer"
	}
	port, err := program.FreePort()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "pgseal-bench-pgbouncer-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // it reads its files once
	config := filepath.Join(dir, "pgbouncer.ini")
	users := filepath.Join(dir, "users.txt")
	for name, text := range map[string]string{config: s.bouncerConfig(port, users), users: "\"postgres\" \"\"\n"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	cmd := exec.Command(path, "-q", config)
	if os.Geteuid() == 0 {
		if cmd.SysProcAttr, err = asPostgres(); err != nil {
			return err
		}
	}
	var output limited
	cmd.Stdout, cmd.Stderr = &output, &output
	cmd.WaitDelay = time.Second
	if s.bouncer, err = program.Start(cmd); err != nil {
		return fmt.Errorf("pgbouncer: %w", err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	if err := s.bouncer.WaitFor(10*time.Second, func() error { return dial(address) }); err != nil {
		return fmt.Errorf("pgbouncer: %w\n%s", err, output.String())
	}
	s.pids[pgbouncer] = s.bouncer.PID()
	s.urls[pgbouncer], err = withHost(s.urls[direct], address)
	return err
}

func (s *servers) bouncerConfig(port int, users string) string {
	return fmt.Sprintf(`[databases]
* = host=127.0.0.1 port=%d
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = trust
auth_file = %s
pool_mode = session
default_pool_size = 150
max_client_conn = 400
ignore_startup_parameters = extra_float_digits
log_connections = 0
log_disconnections = 0
log_stats = 0
`, s.cluster.Port(), port, users)
}

// asPostgres drops from root to the user postgres.
func asPostgres() (*syscall.SysProcAttr, error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}
