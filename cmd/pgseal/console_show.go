package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"
)

func (c *console) sessions(context.Context) ([]string, [][]any, error) {
	var rows [][]any
	for _, s := range c.service.server.Sessions() {
		rows = append(rows, []any{int64(s.ID), s.Database, s.User, orNull(s.Tenant), s.Client, string(s.State), when(s.Since), s.Queries, s.Transactions, s.Received, s.Sent, s.Busy.Milliseconds()})
	}
	return []string{"id", "database", "user", "tenant", "client", "state", "connected", "queries", "transactions", "received_bytes", "sent_bytes", "query_ms"}, rows, nil
}

func (c *console) stats(context.Context) ([]string, [][]any, error) {
	var rows [][]any
	for _, d := range c.service.server.Traffic() {
		open := 0
		for _, n := range d.States {
			open += n
		}
		rows = append(rows, []any{d.Database, int64(open), d.Sessions, d.Queries, d.Transactions, d.Received, d.Sent, d.Busy.Milliseconds(), d.Connecting.Milliseconds(), d.Slow})
	}
	return []string{"database", "sessions", "total_sessions", "total_queries", "total_transactions", "total_received_bytes", "total_sent_bytes", "total_query_ms", "total_connect_ms", "total_slow"}, rows, nil
}

func (c *console) keys(context.Context) ([]string, [][]any, error) {
	var rows [][]any
	for _, l := range c.service.sites {
		for _, s := range l.ring.Statuses() {
			code, name := "", ""
			if s.Failure != nil {
				code, name = s.Failure.SQLState(), s.Failure.Name()
			}
			rows = append(rows, []any{l.name, s.Tenant, s.State.String(), when(s.Since), when(s.ReadableUntil), orNull(code), orNull(name), orNull(s.Provider), orNull(s.Key)})
		}
	}
	return []string{"database", "tenant", "state", "since", "readable_until", "code", "reason", "provider", "key"}, rows, nil
}

func (c *console) policies(context.Context) ([]string, [][]any, error) {
	var rows [][]any
	for _, l := range c.service.sites {
		pol := l.inForce.Load()
		hash := pol.Hash()
		states := map[string]string{}
		if now := l.columns.current(); now != nil {
			for i := range now.Columns {
				col := &now.Columns[i]
				states[col.Column.String()] = string(col.Called())
			}
		}
		for _, table := range pol.Names() {
			t := pol.Table(table)
			for _, name := range t.ColumnNames() {
				column := table.String() + "." + name
				rows = append(rows, []any{l.name, column, fmt.Sprint(t.Columns[name].Mode), orNull(states[column]), hex.EncodeToString(hash[:8])})
			}
		}
	}
	return []string{"database", "column", "mode", "state", "policy_hash"}, rows, nil
}

func (c *console) tenants(ctx context.Context) ([]string, [][]any, error) {
	var rows [][]any
	for _, l := range c.service.sites {
		all, err := l.store.Tenants(ctx)
		if err != nil {
			return nil, nil, err
		}
		for _, t := range all {
			if t.Tenant == nil {
				rows = append(rows, []any{l.name, t.Name, nil, nil, nil, "the record does not verify", nil})
				continue
			}
			state := "in use"
			if t.Tenant.Locked {
				state = "locked by " + t.Tenant.LockedBy
			}
			if t.Tenant.Retired {
				state = "retired"
			}
			rows = append(rows, []any{l.name, t.Name, t.Tenant.Spec.Provider, orNull(t.Tenant.Spec.KeyARN), t.Tenant.CacheTime.String(), state, when(t.Tenant.KeySince)})
		}
	}
	return []string{"database", "tenant", "provider", "key", "cache_time", "state", "data_key_since"}, rows, nil
}

func (c *console) configuration(context.Context) ([]string, [][]any, error) {
	var rows [][]any
	for _, pair := range shownConfig(reflect.ValueOf(*c.service.config), "") {
		rows = append(rows, []any{pair[0], pair[1]})
	}
	return []string{"key", "value"}, rows, nil
}

// shownConfig are the keys of the configuration with their values. Connection strings may hold a password and are not shown; of URLs only scheme, host and path are.
func shownConfig(v reflect.Value, prefix string) (all [][2]string) {
	if d, ok := v.Interface().(time.Duration); ok {
		return [][2]string{{prefix, d.String()}}
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
			if key != "" && key != "-" && v.Type().Field(i).IsExported() {
				all = append(all, shownConfig(v.Field(i), strings.TrimPrefix(prefix+"."+key, "."))...)
			}
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			all = append(all, shownConfig(v.MapIndex(key), prefix+"."+key.String())...)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return shownConfig(v.Elem(), prefix)
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, shownConfig(v.Index(i), fmt.Sprintf("%s.%d", prefix, i+1))...)
		}
	case reflect.String:
		return [][2]string{{prefix, shownValue(prefix, v.String())}}
	default:
		return [][2]string{{prefix, fmt.Sprint(v.Interface())}}
	}
	return all
}

const notShown = "(not shown)"

// shownWords are the keys whose values are words, names, addresses and paths that may be shown. Others that are text are not: they may be secrets. A star stands for
// the name of a database, or a number in a list.
func shownWords() []string {
	return []string{"environment", "listen.*", "upstream.address", "upstream.tls.mode", "upstream.tls.ca", "upstream.tls.cert", "upstream.tls.key", "upstream.tls.server_name",
		"client_tls.mode", "client_tls.cert", "client_tls.key", "client_tls.ca", "proxy_protocol.*", "auth.mode", "auth.cleartext", "auth.channel_binding", "auth.query", "auth.users_file",
		"auth.certificates.*.cn", "auth.certificates.*.san", "auth.certificates.*.role", "auth.upstream.user", "auth.upstream.password_file", "admin.listen", "admin.users_file", "state_dir",
		"databases.*.tenant.fixed", "databases.*.tenant.by", "databases.*.tenant.setting", "databases.*.policy", "other_databases", "keys.control.file", "keys.local.file", "keys.aws.endpoint",
		"keys.aws.sts_endpoint", "log.level", "log.format", "trace.otlp", "console.database", "console.login_database", "console.roles.*"}
}

func shownValue(key, val string) string {
	known := slices.ContainsFunc(shownWords(), func(pattern string) bool { ok, err := path.Match(dots(pattern), dots(key)); return ok && err == nil })
	if !known && val != "" {
		return notShown
	}
	if !strings.Contains(val, "://") {
		return val
	}
	u, err := url.Parse(val)
	if err != nil {
		return notShown
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// dots makes a key a path, whose parts patterns match one by one.
func dots(key string) string { return strings.ReplaceAll(key, ".", "/") }
