package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// config is pgseal.yaml. Every key has its default in defaults.
type config struct {
	Environment    string                    `yaml:"environment"` // development or production
	Listen         addresses                 `yaml:"listen"`      // one, or a list
	ReusePort      bool                      `yaml:"reuse_port"`  // several processes listen on the same ports
	Upstream       upstreamConfig            `yaml:"upstream"`
	ClientTLS      clientTLSConfig           `yaml:"client_tls"`
	ProxyProtocol  proxyProtocolConfig       `yaml:"proxy_protocol"`
	Auth           authConfig                `yaml:"auth"`
	Admin          adminConfig               `yaml:"admin"`
	StateDir       string                    `yaml:"state_dir"`
	Databases      map[string]databaseConfig `yaml:"databases"`
	OtherDatabases string                    `yaml:"other_databases"` // refuse or pass
	WorkOnColumns  bool                      `yaml:"work_on_columns"` // share in the work on the rows of columns; false leaves it to pgseal worker
	Keys           keysConfig                `yaml:"keys"`
	Limits         limitsConfig              `yaml:"limits"`
	Log            logConfig                 `yaml:"log"`
	Trace          traceConfig               `yaml:"trace"`
	Console        consoleConfig             `yaml:"console"`

	path string // of the file; relative paths in it are relative to its folder
}

type upstreamConfig struct {
	Address            string            `yaml:"address"`              // several, divided by commas, are tried in their order
	TargetSessionAttrs string            `yaml:"target_session_attrs"` // what a host must be to have sessions, with libpq's words; any
	TLS                upstreamTLSConfig `yaml:"tls"`
}

type databaseConfig struct {
	Control string       `yaml:"control"` // connection string of the control connection
	Tenant  tenantConfig `yaml:"tenant"`
	Policy  string       `yaml:"policy"`
}

type keysConfig struct {
	DefaultCacheTime time.Duration    `yaml:"default_cache_time"`
	RotationCheck    time.Duration    `yaml:"rotation_check"` // between two questions to the KMS whether a key was rotated; 0: it is not asked
	NewDataKey       newDataKeyConfig `yaml:"new_data_key"`
	Control          fileConfig       `yaml:"control"`
	Local            fileConfig       `yaml:"local"`
	AWS              awsConfig        `yaml:"aws"`
}

type fileConfig struct {
	File string `yaml:"file"`
}

type logConfig struct {
	Level  string `yaml:"level"`  // debug, info, warn or error
	Format string `yaml:"format"` // text or json

	SlowStatement time.Duration `yaml:"slow_statement"` // statements that take longer are logged, with their phases; 0: none is
}

func defaults() *config {
	return &config{
		Environment: "development",
		Listen:      addresses{"127.0.0.1:6543"},
		Upstream:    upstreamConfig{Address: "127.0.0.1:5432"},
		Admin:       adminConfig{Listen: "127.0.0.1:6544"},

		OtherDatabases: "refuse",
		WorkOnColumns:  true,
		Keys: keysConfig{DefaultCacheTime: 5 * time.Minute, RotationCheck: time.Hour, NewDataKey: newDataKeyConfig{Values: defaultValues}, Control: fileConfig{File: "control.key"},
			Local: fileConfig{File: "master.key"}},
		Limits:  defaultLimits(),
		Trace:   traceConfig{Sample: 1},
		Console: consoleConfig{Database: "pgseal", LoginDatabase: "postgres"},
		Log:     logConfig{Level: "info", Format: "text"},
	}
}

const (
	minCacheTime = time.Minute
	maxCacheTime = 24 * time.Hour
	maxConfig    = 1 << 20 // bytes

	minRotationCheck = 10 * time.Minute
	maxRotationCheck = 7 * 24 * time.Hour
)

// loadConfig reads and validates a configuration file. Its errors are one sentence each, with the place in the file where there is one.
func loadConfig(path string) (*config, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot read the configuration: %w; --config FILE or PGSEAL_CONFIG says where it is", err)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	if len(data) > maxConfig {
		return nil, fmt.Errorf("%s: larger than %d bytes", path, maxConfig)
	}
	return parseConfig(path, data)
}

func parseConfig(path string, data []byte) (*config, error) {
	c := defaults()
	if err := decodeYAML(data, c); err != nil && !errors.Is(err, io.EOF) {
		return nil, yamlError(path, err)
	}
	c.path = path
	if err := c.validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// decodeYAML takes a panic of the YAML library, which odd tags bring about, for what it is: a bad file, and no reason to end a proxy.
func decodeYAML(data []byte, into any) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("not valid YAML")
		}
	}()
	return yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(into)
}

// yamlError puts the place in front, as file:line:column.
func yamlError(path string, err error) error {
	first, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n")
	var line, column int
	if n, _ := fmt.Sscanf(first, "[%d:%d]", &line, &column); n == 2 {
		_, message, _ := strings.Cut(first, "] ")
		if strings.HasSuffix(message, " of type time.Duration") {
			message = "a duration needs its unit: 90s, 5m, 12h"
		}
		return fmt.Errorf("%s:%d:%d: %s", path, line, column, message)
	}
	return fmt.Errorf("%s: %s", path, first)
}

// file resolves a path of the configuration.
func (c *config) file(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(c.path), path)
}

func (c *config) production() bool { return c.Environment == "production" }

func oneOf(key, val string, allowed ...string) error {
	for _, a := range allowed {
		if val == a {
			return nil
		}
	}
	return fmt.Errorf("%s: %q is not one of %s", key, val, strings.Join(allowed, ", "))
}

func (c *config) validate() error {
	checks := []error{
		oneOf("environment", c.Environment, "development", "production"),
		c.Upstream.validate(c.production()), c.ClientTLS.validate(), c.ProxyProtocol.validate(), c.validateAuth(),
		oneOf("other_databases", c.OtherDatabases, "refuse", "pass"),
		oneOf("log.level", c.Log.Level, "debug", "info", "warn", "error"),
		oneOf("log.format", c.Log.Format, "text", "json"),
		c.Listen.validate(), c.Admin.validate(c.production()),
	}
	for _, err := range checks {
		if err != nil {
			return err
		}
	}
	if t := c.Keys.DefaultCacheTime; t < minCacheTime || t > maxCacheTime {
		return fmt.Errorf("keys.default_cache_time: %s is outside %s..%s", t, minCacheTime, maxCacheTime)
	}
	if t := c.Keys.RotationCheck; t != 0 && (t < minRotationCheck || t > maxRotationCheck) {
		return fmt.Errorf("keys.rotation_check: %s is neither 0 (not at all) nor within %s..%s", t, minRotationCheck, maxRotationCheck)
	}
	if err := c.Keys.NewDataKey.validate(); err != nil {
		return err
	}
	if err := c.Keys.AWS.validate(c.production()); err != nil {
		return err
	}
	if err := c.Limits.validate(); err != nil {
		return err
	}
	if c.Log.SlowStatement < 0 {
		return errors.New("log.slow_statement: it is a time, such as 200ms; 0: none is logged")
	}
	if err := c.Trace.validate(); err != nil {
		return err
	}
	if err := c.Console.validate(c); err != nil {
		return err
	}
	if len(c.Databases) == 0 {
		return errors.New("databases: name at least one")
	}
	for name, db := range c.Databases {
		if err := db.validate(c); err != nil {
			return fmt.Errorf("databases.%s.%w", name, err)
		}
		if err := c.controlNamesServer(name, db); err != nil {
			return err
		}
	}
	return nil
}

func (d databaseConfig) validate(c *config) error {
	if d.Policy == "" {
		return errors.New("policy: name the policy file")
	}
	return d.Tenant.validate(c)
}

func hostPort(key, val string) error {
	if _, _, err := net.SplitHostPort(val); err != nil {
		return fmt.Errorf("%s: %q is not HOST:PORT", key, val)
	}
	return nil
}

// commandLogger is the logger of a command that ends by itself: what it did it prints, so that only warnings are worth a line.
func (c *config) commandLogger(w io.Writer) *slog.Logger {
	quiet := *c
	if c.Log.Level == "info" {
		quiet.Log.Level = "warn"
	}
	return quiet.logger(w)
}

// logger writes to w as the configuration says.
func (c *config) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.Log.Level)) // validated
	options := &slog.HandlerOptions{Level: level}
	if c.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
