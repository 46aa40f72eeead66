package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/legatics/pgseal/keysource/localkey"
)

// Build compiles cmd/pgseal of the module that the present folder lies in, to a
// file in dir, and returns its path. A test under the race detector gets a
// program under the race detector.
func Build(ctx context.Context, dir string) (string, error) {
	binary := filepath.Join(dir, "pgseal")
	args := []string{"build", "-o", binary}
	if RaceDetector {
		args = append(args, "-race")
	}
	out, err := exec.CommandContext(ctx, "go", append(args, "github.com/legatics/pgseal/cmd/pgseal")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building pgseal: %w\n%s", err, out)
	}
	return binary, nil
}

// Options say what a Deployment stands in front of.
type Options struct {
	Binary   string // pgseal
	Dir      string // for its files; made if it is not there
	Upstream string // PostgreSQL, host:port; several divided by commas
	Attrs    string // what of several has sessions (target_session_attrs); empty: any
	Database string // the protected one
	Control  string // keyword/value connection string of the control connection: "user=postgres password=..."
	Policy   string // contents of policy.yaml
	Tenant   string // of every session; empty: acme
	Rule     string // whose session it is, as pgseal.yaml has it; empty: Tenant's
	TLS      string // client_tls; empty: {mode: disable}
	Users    string // users file of the admin side; empty: it has none
	Config   string // lines that are added to pgseal.yaml as they are
	Environ  []string
}

func (o Options) withDefaults() Options {
	if o.Tenant == "" {
		o.Tenant = "acme"
	}
	if o.Rule == "" {
		o.Rule = "{fixed: " + o.Tenant + "}"
	}
	if o.TLS == "" {
		o.TLS = "{mode: disable}"
	}
	if o.Attrs == "" {
		o.Attrs = "any"
	}
	return o
}

func (o Options) users() string {
	if o.Users == "" {
		return ""
	}
	return fmt.Sprintf(", users_file: %q", o.Users)
}

// Deployment is one pgseal program with its files.
type Deployment struct {
	options       Options
	listen, admin string
	process       *Process
	log           logTail
}

// Prepare writes the configuration and a local master key, and runs `pgseal init` and `pgseal tenant
// add`. The protected tables must be there.
func Prepare(ctx context.Context, options Options) (*Deployment, error) {
	options = options.withDefaults()
	d := &Deployment{options: options}
	if err := d.write(); err != nil {
		return nil, err
	}
	if err := localkey.Create(d.File("master.key")); err != nil {
		return nil, err
	}
	for _, args := range [][]string{{"init"}, {"tenant", "add", options.Tenant, "--provider", "local"}} {
		if out, err := d.Command(ctx, args...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("pgseal %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	return d, nil
}

// Another is one more proxy of the same deployment, with files and ports of its own. Dir, Upstream, Control and Policy may be others.
func (d *Deployment) Another(options Options) (*Deployment, error) {
	options.Tenant, options.Rule, options.TLS = d.options.Tenant, d.options.Rule, d.options.TLS
	return Existing(options, d.options.Dir)
}

// Existing is a deployment of a store that there is already, whose control key and master key lie in a folder.
func Existing(options Options, keys string) (*Deployment, error) {
	a := &Deployment{options: options.withDefaults()}
	if err := a.write(); err != nil {
		return nil, err
	}
	for _, name := range []string{"control.key", "master.key"} {
		key, err := os.ReadFile(filepath.Join(keys, name))
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(a.File(name), key, 0o600); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// write draws the ports and writes the configuration.
func (d *Deployment) write() error {
	for _, address := range []*string{&d.listen, &d.admin} {
		port, err := FreePort()
		if err != nil {
			return err
		}
		*address = fmt.Sprintf("127.0.0.1:%d", port)
	}
	if err := os.MkdirAll(d.options.Dir, 0o700); err != nil {
		return err
	}
	for name, text := range map[string]string{"pgseal.yaml": d.config(), "policy.yaml": d.options.Policy} {
		if err := os.WriteFile(d.File(name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (d *Deployment) config() string {
	return fmt.Sprintf(`environment: development
listen: %s
upstream: {address: "%s", target_session_attrs: %s, tls: {mode: disable}}
client_tls: %s
auth: {mode: passthrough}
admin: {listen: %s%s}
state_dir: state
databases:
  %s: {control: "%s", tenant: %s, policy: policy.yaml}
keys: {default_cache_time: 5m, control: {file: control.key}, local: {file: master.key}}
log: {level: info, format: text}
%s`, d.listen, d.options.Upstream, d.options.Attrs, d.options.TLS, d.admin, d.options.users(), d.options.Database, d.options.Control, d.options.Rule, d.options.Config)
}

// Command is a pgseal command with this deployment's configuration.
func (d *Deployment) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, d.options.Binary, append(args, "--config", filepath.Join(d.options.Dir, "pgseal.yaml"))...)
	cmd.Env = append(os.Environ(), d.options.Environ...)
	return cmd
}

// Serve starts `pgseal serve` and returns when it says that it is ready.
func (d *Deployment) Serve() error {
	cmd := d.Command(context.Background(), "serve")
	cmd.WaitDelay = 5 * time.Second
	cmd.Stdout, cmd.Stderr = &d.log, &d.log
	process, err := Start(cmd)
	if err != nil {
		return fmt.Errorf("pgseal serve: %w", err)
	}
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	err = process.WaitFor(30*time.Second, func() error {
		answer, err := client.Get("http://" + d.admin + "/ready")
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("/ready answers %s: %s", answer.Status, bytes.TrimSpace(body))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("pgseal serve: %w\n%s", err, d.Log())
	}
	d.process = process
	return nil
}

// Stop ends the program as an operator does; it must exit 0.
func (d *Deployment) Stop() error {
	if d.process == nil {
		return errors.New("pgseal is not running")
	}
	err := d.process.Stop(40 * time.Second)
	d.process = nil
	if err != nil {
		return fmt.Errorf("pgseal serve: %w\n%s", err, d.Log())
	}
	return nil
}

// Running tells that the program was started, and not ended by this process.
func (d *Deployment) Running() bool { return d.process != nil }

// Kill ends the program at once (SIGKILL).
func (d *Deployment) Kill() {
	if d.process != nil {
		d.process.Kill()
		d.process = nil
	}
}

// Signal sends a signal to `pgseal serve`.
func (d *Deployment) Signal(s os.Signal) error { return d.process.Signal(s) }

// PID is the process id of `pgseal serve`.
func (d *Deployment) PID() int { return d.process.PID() }

// File is the path of one of the deployment's files: master.key, policy.yaml...
func (d *Deployment) File(name string) string { return filepath.Join(d.options.Dir, name) }

// Address is where clients connect, host:port; AdminAddress where /metrics is.
func (d *Deployment) Address() string      { return d.listen }
func (d *Deployment) AdminAddress() string { return d.admin }

// URL is a connection URL of the database with the proxy in place of the server.
func (d *Deployment) URL(serverURL string) (string, error) {
	u, err := url.Parse(serverURL)
	if err != nil {
		return "", err
	}
	u.Host = d.listen
	return u.String(), nil
}

// Log is the end of what `pgseal serve` printed.
func (d *Deployment) Log() string { return d.log.String() }

// logTail keeps the last of what is written to it.
type logTail struct {
	mu  sync.Mutex
	buf []byte
}

const maxLog = 64 << 10

func (l *logTail) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf = append(l.buf, p...)
	if len(l.buf) > 2*maxLog {
		l.buf = append(l.buf[:0], l.buf[len(l.buf)-maxLog:]...)
	}
	return len(p), nil
}

func (l *logTail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.buf)
}
