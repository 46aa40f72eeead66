package pgstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// Outdated is a record that was seen in a later version than the database has now.
type Outdated struct {
	Kind    string `json:"kind"` // store, tenant, data key, column or list of backups
	Name    string `json:"name"`
	Version int64  `json:"version"` // 0: the database does not have it
	Seen    int64  `json:"seen"`
}

// FindOutdated holds the records against the versions that the state folder and live proxies remember: what an AcceptRestore gives up. It changes nothing.
// remembered tells that anybody remembers anything. conn comes from Connect.
func FindOutdated(ctx context.Context, conn *pgx.Conn, key *crypto.ControlKey, stateDir string) (all []Outdated, remembered bool, err error) {
	row, err := readStoreRow(ctx, conn, key)
	if err != nil {
		return nil, false, err
	}
	seen, err := remembers(ctx, conn, &Store{key: key, id: row.id, tag: row.tag, now: time.Now}, stateDir)
	if err != nil || seen.Versions == nil {
		return nil, false, err
	}
	if seen.Epoch < row.epoch {
		return nil, true, nil // a restore was accepted since
	}
	names, versions, err := recordVersions(ctx, conn)
	if err != nil {
		return nil, true, err
	}
	// Read again behind what proxies have seen: it may have changed in between.
	if row, err = readStoreRow(ctx, conn, key); err != nil {
		return nil, true, err
	}
	versions["store"] = row.version
	for what, highest := range seen.Versions {
		if versions[what] >= highest {
			continue
		}
		o := Outdated{Version: versions[what], Seen: highest}
		kind, id, _ := strings.Cut(what, " ")
		switch kind {
		case "tenant":
			if o.Version == 0 {
				continue // named below, by its name
			}
			o.Kind, o.Name = kind, names[what]
		case "name":
			if o.Version > 0 {
				continue
			}
			o.Kind, o.Name = "tenant", id
		case "data_key":
			if o.Version > 0 {
				continue // its tenant is older, too
			}
			var n uint32
			_, _ = fmt.Sscan(id, &n)
			o.Kind, o.Name = "data key", hexNumber(crypto.KeyNumber(n))
		case "column":
			o.Kind, o.Name = kind, cmp.Or(names[what], id)
		case "store":
			o.Kind = kind
		case "backup_list":
			o.Kind = "list of backups"
		default:
			continue
		}
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b Outdated) int { return cmp.Or(cmp.Compare(b.Kind, a.Kind), cmp.Compare(a.Name, b.Name)) })
	return all, true, nil
}

// remembers is what the state folder of this machine, and live proxies, have seen of a store.
func remembers(ctx context.Context, db querier, s *Store, stateDir string) (Seen, error) {
	var m memory
	if stateDir != "" {
		seen, err := newSeenFile(stateDir, s.id, s.key).load()
		if err != nil {
			return Seen{}, err
		}
		if seen.Versions != nil {
			m.merge(seen)
		}
	}
	proxies, err := s.readProxies(ctx, db)
	if err != nil {
		return Seen{}, err
	}
	for _, p := range proxies {
		if p.Live() {
			m.merge(p.Seen)
		}
	}
	return m.seen, nil
}

// recordVersions are the versions that the database has, by what a memory calls the records, and what people call them.
func recordVersions(ctx context.Context, db querier) (names map[string]string, versions map[string]int64, err error) {
	rows, err := db.Query(ctx, `SELECT 'tenant ' || id, name, version FROM pgseal.tenant UNION ALL SELECT 'name ' || name, name, version FROM pgseal.tenant
		UNION ALL SELECT 'data_key ' || key_number, '', version FROM pgseal.data_key
		UNION ALL SELECT 'column ' || replace(id::text, '-', ''), schema_name || '.' || table_name || '.' || column_name, version FROM pgseal.column_state
		UNION ALL SELECT 'backup_list', '', version FROM pgseal.backup_list`)
	if err != nil {
		return nil, nil, err
	}
	names, versions = map[string]string{}, map[string]int64{}
	var what, name string
	var version int64
	_, err = pgx.ForEachRow(rows, []any{&what, &name, &version}, func() error {
		names[what], versions[what] = name, version
		return nil
	})
	return names, versions, err
}
