package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"os/user"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/localkey"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/bulk"
)

// site is one configured database as a command works on it.
type site struct {
	config   *config
	name     string
	database databaseConfig
	log      *slog.Logger

	store *pgstore.Store // after open
	key   *crypto.ControlKey
}

// siteOf reads the configuration and picks the database that the command is about.
func siteOf(c *cli.Context) (*site, error) {
	config, err := loadConfig(c.String("config"))
	if err != nil {
		return nil, err
	}
	name := c.String("database")
	if name == "" {
		if len(config.Databases) > 1 {
			return nil, usagef(c, "several databases are configured: name one with --database (%s)",
				strings.Join(slices.Sorted(maps.Keys(config.Databases)), ", "))
		}
		for only := range config.Databases {
			name = only
		}
	}
	return config.site(c, name)
}

// sitesOf are the databases that a command is about which acts on all of them unless one is named.
func sitesOf(c *cli.Context) ([]*site, error) {
	config, err := loadConfig(c.String("config"))
	if err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(config.Databases))
	if one := c.String("database"); one != "" {
		names = []string{one}
	}
	var all []*site
	for _, name := range names {
		s, err := config.site(c, name)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func (c *config) site(cc *cli.Context, name string) (*site, error) {
	database, ok := c.Databases[name]
	if !ok {
		return nil, usagef(cc, "database %q is not in %s", name, c.path)
	}
	return &site{config: c, name: name, database: database, log: c.commandLogger(cc.App.ErrWriter)}, nil
}

// control is the connection string of the control connection: host, port and database are the upstream's and this entry's unless
// it says otherwise.
func (s *site) control() string {
	if strings.HasPrefix(s.database.Control, "postgres://") || strings.HasPrefix(s.database.Control, "postgresql://") {
		return s.database.Control
	}
	all, _ := s.config.Upstream.addresses() // validated
	var hosts, ports []string
	for _, a := range all {
		host, port := a.connection()
		hosts, ports = append(hosts, host), append(ports, port)
	}
	return fmt.Sprintf("host=%s port=%s dbname=%s %s %s", quoteValue(strings.Join(hosts, ",")), quoteValue(strings.Join(ports, ",")), quoteValue(s.name),
		s.config.controlTLS(), s.database.Control)
}

// quoteValue writes a value of a connection string
// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE).
func quoteValue(v string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(v) + "'"
}

// open opens the store that `pgseal init` has made, and is nil only where all of the schema is of this program's version.
func (s *site) open(ctx context.Context) error {
	if err := s.openStore(ctx); err != nil {
		return err
	}
	if err := bulk.CheckTables(ctx, s.store.Pool()); err != nil {
		s.close()
		s.store = nil
		return err
	}
	return nil
}

// openStore is open for whoever brings the job queue's tables to this program's version afterwards.
func (s *site) openStore(ctx context.Context) error {
	key, err := pgstore.ReadControlKey(s.config.file(s.config.Keys.Control.File))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w (pgseal init makes it for a new store; for an existing one copy it from another proxy)", err)
		}
		return fmt.Errorf("the control key: %w", err)
	}
	store, err := pgstore.Open(ctx, pgstore.Options{Conn: s.control(), Key: key, Log: s.log, StateDir: s.config.file(s.config.StateDir)})
	if err != nil {
		key.Destroy()
		if errors.Is(err, pgstore.ErrOlder) {
			return fmt.Errorf("KU012: the store of database %s is older than what was seen of it: the database was restored to an earlier time, or somebody has put old records back. "+
				"If the restore is meant: pgseal init --accept-restore (docs/restore.md)", s.name)
		}
		if keysource.KindOf(err) == keysource.KeyRecordInvalid {
			return fmt.Errorf("KU012: the control key in %s does not verify the store of database %s: it is another store's key, or somebody changed the record",
				s.config.file(s.config.Keys.Control.File), s.name)
		}
		return fmt.Errorf("%w%s", err, s.controlHint(err))
	}
	s.store, s.key = store, key
	return nil
}

func (s *site) close() {
	if s.store != nil {
		s.store.Close()
		s.key.Destroy()
	}
}

func (s *site) policyFile() string { return s.config.file(s.database.Policy) }

// policy loads the site's policy file.
func (s *site) policy() (*policy.Policy, error) {
	path := s.policyFile()
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the policy: %w", err)
	}
	p, err := policy.Load(path, data)
	if err != nil {
		return nil, err
	}
	p.SeveralTenants, p.TenantSetting = s.database.Tenant.several(), s.database.Tenant.setting()
	return p, nil
}

// wrappers are the key management drivers that the configuration allows. The local one is for development.
func (c *config) wrappers() (map[string]keysource.Wrapper, error) {
	aws, err := awskms.New(awskms.Options{Endpoint: c.Keys.AWS.Endpoint, STSEndpoint: c.Keys.AWS.STSEndpoint, PlainHTTP: !c.production(), InstanceMetadata: c.Keys.AWS.InstanceMetadata})
	if err != nil {
		return nil, fmt.Errorf("keys.aws: %w", err)
	}
	all := map[string]keysource.Wrapper{keysource.ProviderAWS: aws}
	if !c.production() {
		all[keysource.ProviderLocal] = localkey.New(c.file(c.Keys.Local.File))
	}
	return all, nil
}

// actor is who gives a command, for the history.
func actor() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	if u, err := user.Current(); err == nil {
		return u.Username + "@" + host
	}
	return fmt.Sprintf("uid %d@%s", os.Getuid(), host)
}
