package cluster

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// Cluster is a running private PostgreSQL. It is not safe for concurrent use,
// except URL, SocketURL, Port, DataDir, LogFile and Command.
type Cluster struct {
	options  Options
	account  account
	bindir   string
	dir      string // holds data, the Unix socket and the log
	port     int
	server   *process // nil while it is stopped
	watchdog *watchdog
}

// bindAttempts is how many ports are tried: a port that was free may be taken
// by another process before the server has bound it.
const bindAttempts = 5

// Start makes a cluster and starts its server. It returns when the server
// accepts connections. The caller ends it with Stop.
func Start(ctx context.Context, options Options) (*Cluster, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	who, err := serverAccount()
	if err != nil {
		return nil, err
	}
	c := &Cluster{options: options, account: who, bindir: options.BinDir}
	if err := c.create(ctx); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	if options.Fill != nil {
		if err := c.findSuperuser(ctx); err != nil {
			return nil, errors.Join(err, c.Stop())
		}
	}
	for attempt := 1; ; attempt++ {
		if c.port, err = freePort(); err == nil {
			if err = c.configure(); err == nil {
				err = c.launch(ctx)
			}
		}
		if err == nil {
			return c, nil
		}
		if attempt == bindAttempts || !errors.Is(err, errPortTaken) {
			return nil, errors.Join(err, c.Stop())
		}
	}
}

// create makes the folder, the watchdog and the data folder.
func (c *Cluster) create(ctx context.Context) error {
	dir, err := os.MkdirTemp(c.options.Parent, "pgseal-pg-")
	if err != nil {
		return fmt.Errorf("cluster: %w", err)
	}
	c.dir = dir
	if c.watchdog, err = startWatchdog(dir, c.DataDir()); err != nil {
		return err
	}
	// The socket's folder is open to other users as PostgreSQL's own is: who may
	// log in is pg_hba.conf's to say. The data folder is the server's alone.
	if err := errors.Join(os.Chmod(dir, 0o755), c.account.own(dir)); err != nil {
		return fmt.Errorf("cluster: %w", err)
	}
	if c.options.Fill != nil {
		return c.adopt()
	}
	return c.initdb(ctx)
}

func (c *Cluster) initdb(ctx context.Context) error {
	args := []string{"-D", c.DataDir(), "-U", c.options.User, "-E", "UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=" + c.options.Auth}
	if !c.options.Durable {
		args = append(args, "--no-sync")
	}
	if c.options.Password != "" {
		file := filepath.Join(c.dir, "password")
		if err := os.WriteFile(file, []byte(c.options.Password+"\n"), 0o600); err != nil {
			return fmt.Errorf("cluster: %w", err)
		}
		defer os.Remove(file)
		if err := c.account.own(file); err != nil {
			return fmt.Errorf("cluster: %w", err)
		}
		args = append(args, "--pwfile="+file)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(c.bindir, "initdb"), args...)
	cmd.Dir = c.dir
	cmd.Env = c.environment()
	cmd.SysProcAttr = c.account.attributes()
	out, err := cmd.CombinedOutput()
	if err != nil {
		if c.options.Output != nil {
			_, _ = c.options.Output.Write(out)
		}
		return fmt.Errorf("cluster: initdb: %w: %s", err, lastLines(out, 5))
	}
	return nil
}

// environment is that of PostgreSQL's programs: none of the caller's PG*
// settings, and messages that can be read.
func (c *Cluster) environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir, "LC_ALL=C.UTF-8", "TZ=UTC"}
}

// DataDir is the data folder: heap files, write-ahead log and all.
func (c *Cluster) DataDir() string { return filepath.Join(c.dir, "data") }

// LogFile is the server's log.
func (c *Cluster) LogFile() string { return filepath.Join(c.dir, "server.log") }

// SocketDir is the folder of the Unix socket.
func (c *Cluster) SocketDir() string { return c.dir }

// Port is the TCP port on 127.0.0.1.
func (c *Cluster) Port() int { return c.port }

// Address is host:port of the TCP listener.
func (c *Cluster) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)) }

// URL connects over TCP. The superuser's URL carries its password, if it has
// one; an empty user is the superuser.
func (c *Cluster) URL(database, user string) string {
	info := url.User(user)
	if user == "" || user == c.options.User {
		info = url.User(c.options.User)
		if c.options.Password != "" {
			info = url.UserPassword(c.options.User, c.options.Password)
		}
	}
	u := url.URL{Scheme: "postgres", User: info, Host: c.Address(), Path: "/" + database, RawQuery: "sslmode=disable"}
	return u.String()
}

// SocketURL connects the superuser over the Unix socket, which needs no
// password.
func (c *Cluster) SocketURL(database string) string {
	query := url.Values{"host": {c.dir}, "port": {strconv.Itoa(c.port)}, "user": {c.options.User}, "sslmode": {"disable"}}
	return (&url.URL{Scheme: "postgres", Path: "/" + database, RawQuery: query.Encode()}).String()
}

// Command prepares one of PostgreSQL's client programs (psql, pg_dump, pgbench
// ...) to reach this cluster as the superuser.
func (c *Cluster) Command(ctx context.Context, program string, args ...string) (*exec.Cmd, error) {
	path, err := c.program(program)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(c.environment(), "PGHOST="+c.dir, "PGPORT="+strconv.Itoa(c.port), "PGUSER="+c.options.User)
	return cmd, nil
}

// Psql runs SQL text through psql as the superuser and returns the rows
// unaligned, without headers.
func (c *Cluster) Psql(ctx context.Context, database, sql string) (string, error) {
	cmd, err := c.Command(ctx, "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql)
	if err != nil {
		return "", err
	}
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return string(out), fmt.Errorf("cluster: psql: %w: %s", err, lastLines(exit.Stderr, 5))
	}
	return string(out), err
}

func freePort() (port int, err error) {
	const first, behind = 10_000, 32_000 // none of those that the kernel gives to connections in the meantime
	for range 100 {
		port = first + rand.IntN(behind-first)
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, fmt.Errorf("cluster: %w", err)
}
