package program

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// PgBouncer is a running PgBouncer.
type PgBouncer struct {
	*Process
	address string
}

// Path is that of the program.
func (b *PgBouncer) Path() string { return bouncerPath() }

// bouncerPath: Debian keeps the program off the PATH of ordinary users.
func bouncerPath() string {
	if path, err := exec.LookPath("pgbouncer"); err == nil {
		return path
	}
	return "/usr/sbin/pgbouncer"
}

// Address is host:port.
func (b *PgBouncer) Address() string { return b.address }

// StartPgBouncer starts PgBouncer in front of a server (host:port) for its user postgres, who needs no password on either side. mode is
// session or transaction; lines are added to its configuration as they are. It refuses to run as root: then it is the user postgres, as PostgreSQL itself.
func StartPgBouncer(upstream, mode string, lines ...string) (*PgBouncer, error) {
	port, err := FreePort()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pgseal-pgbouncer-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // it reads its files once
	config, err := bouncerFiles(dir, upstream, mode, port, lines)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(bouncerPath(), "-q", config)
	if os.Geteuid() == 0 {
		if cmd.SysProcAttr, err = asPostgres(); err != nil {
			return nil, err
		}
	}
	var output logTail
	cmd.Stdout, cmd.Stderr = &output, &output
	cmd.WaitDelay = time.Second
	b := &PgBouncer{address: net.JoinHostPort("127.0.0.1", strconv.Itoa(port))}
	if b.Process, err = Start(cmd); err != nil {
		return nil, fmt.Errorf("pgbouncer: %w", err)
	}
	if err := b.WaitFor(10*time.Second, func() error { return dial(b.address) }); err != nil {
		return nil, fmt.Errorf("pgbouncer: %w\n%s", err, output.String())
	}
	return b, nil
}

func dial(address string) error {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	return c.Close()
}

// bouncerFiles writes the configuration and the users, and returns the path of the former.
func bouncerFiles(dir, upstream, mode string, port int, lines []string) (string, error) {
	host, upstreamPort, err := net.SplitHostPort(upstream)
	if err != nil {
		return "", err
	}
	config, users := filepath.Join(dir, "pgbouncer.ini"), filepath.Join(dir, "users.txt")
	text := fmt.Sprintf(`[databases]
* = host=%s port=%s
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = trust
auth_file = %s
pool_mode = %s
default_pool_size = 250
max_client_conn = 400
ignore_startup_parameters = extra_float_digits
log_connections = 0
log_disconnections = 0
log_stats = 0
%s
`, host, upstreamPort, port, users, mode, strings.Join(lines, "\n"))
	return config, errors.Join(os.Chmod(dir, 0o755), os.WriteFile(config, []byte(text), 0o644), os.WriteFile(users, []byte("\"postgres\" \"\"\n"), 0o644))
}

// OwnedByPostgres gives a file to the user that PostgreSQL and PgBouncer run as: their own, unless this process is root.
func OwnedByPostgres(file string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	as, err := asPostgres()
	if err != nil {
		return err
	}
	return os.Chown(file, int(as.Credential.Uid), int(as.Credential.Gid))
}

// AsPostgres has a program run as the user that PostgreSQL runs as: this process's own, unless that is root.
func AsPostgres() (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	return asPostgres()
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
