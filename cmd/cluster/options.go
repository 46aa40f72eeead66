package cluster

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Options of a cluster. The zero value is a fast throw-away cluster that trusts
// every local connection.
type Options struct {
	BinDir   string                  // folder of initdb and postgres; empty: FindBinaries
	Parent   string                  // folder in which the cluster's own is made; empty: os.TempDir
	Auth     string                  // of TCP connections: trust (default), scram-sha-256, md5, password; the Unix socket always trusts
	User     string                  // the superuser; empty: postgres
	Password string                  // of the superuser; empty with an Auth that needs one: "secret"
	Durable  bool                    // leave fsync, full_page_writes and synchronous_commit on
	Settings map[string]string       // of postgresql.conf, beyond and over the defaults here
	HBA      []string                // lines of pg_hba.conf that come first
	Files    map[string]string       // more files of the data folder, by name: certificates, say
	Fill     func(data string) error // fills the data folder in the place of initdb, with a base backup say; BinDir and User follow from it
	Timeout  time.Duration           // for the server to become ready, and to stop; 0: 60 s
	Output   io.Writer               // gets initdb's output when it fails; nil: only the error has it
}

func (o Options) withDefaults() (Options, error) {
	if o.Auth == "" {
		o.Auth = "trust"
	}
	if !slices.Contains([]string{"trust", "scram-sha-256", "md5", "password"}, o.Auth) {
		return o, fmt.Errorf("cluster: unknown authentication method %q", o.Auth)
	}
	if o.User == "" {
		o.User = "postgres"
	}
	if o.Password == "" && o.Auth != "trust" {
		o.Password = "secret"
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	if o.Parent == "" {
		o.Parent = os.TempDir()
	}
	if o.BinDir == "" {
		dir, err := FindBinaries()
		if err != nil {
			return o, err
		}
		o.BinDir = dir
	}
	return o, nil
}

// settings are the lines of postgresql.conf.
func (c *Cluster) settings() map[string]string {
	s := map[string]string{
		"listen_addresses":           "127.0.0.1",
		"port":                       fmt.Sprint(c.port),
		"unix_socket_directories":    c.dir,
		"max_connections":            "200",
		"shared_buffers":             "32MB",
		"timezone":                   "UTC",
		"log_timezone":               "UTC",
		"log_line_prefix":            "%m [%p] %q%u@%d %a ",
		"dynamic_shared_memory_type": "posix",
	}
	if c.options.Auth == "md5" {
		s["password_encryption"] = "md5"
	}
	if !c.options.Durable {
		for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
			s[name] = "off"
		}
	}
	maps.Copy(s, c.options.Settings)
	return s
}

// configure writes postgresql.conf and pg_hba.conf anew.
func (c *Cluster) configure() error {
	var conf strings.Builder
	settings := c.settings()
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		fmt.Fprintf(&conf, "%s = '%s'\n", name, strings.ReplaceAll(settings[name], "'", "''"))
	}
	hba := slices.Clone(c.options.HBA)
	hba = append(hba, "local all all trust", "local replication all trust")
	for _, database := range []string{"all", "replication"} {
		hba = append(hba, fmt.Sprintf("host %s all 127.0.0.1/32 %s", database, c.options.Auth))
	}
	files := map[string]string{"postgresql.conf": conf.String(), "pg_hba.conf": strings.Join(hba, "\n") + "\n"}
	maps.Copy(files, c.options.Files)
	for name, text := range files {
		path := filepath.Join(c.DataDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return fmt.Errorf("cluster: %w", err)
		}
		if err := c.account.own(path); err != nil {
			return fmt.Errorf("cluster: %w", err)
		}
	}
	return nil
}
