package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/proxy"
)

// console answers on the virtual database.
type console struct{ service *service }

// console is nil where no role may use it.
func (s *service) console() *proxy.Console {
	c := s.config.Console
	if len(c.Roles) == 0 {
		return nil
	}
	return &proxy.Console{Database: c.Database, Roles: c.Roles, LoginDatabase: c.LoginDatabase, Version: version, Run: (&console{s}).run}
}

// consoleCommand is one thing that can be asked for.
type consoleCommand struct {
	name, help string
	run        func(c *console, ctx context.Context, who proxy.ConsoleUser, argument string) (*proxy.ConsoleResult, error)
}

// show is a command without an argument that changes nothing.
func show(name, help string, rows func(c *console, ctx context.Context) (columns []string, rows [][]any, err error)) consoleCommand {
	return consoleCommand{"SHOW " + name, help, func(c *console, ctx context.Context, _ proxy.ConsoleUser, _ string) (*proxy.ConsoleResult, error) {
		columns, all, err := rows(c, ctx)
		return &proxy.ConsoleResult{Tag: "SHOW", Columns: columns, Rows: all}, err
	}}
}

func consoleCommands() []consoleCommand {
	return []consoleCommand{
		show("SESSIONS", "the open sessions", (*console).sessions),
		show("STATS", "what each database's sessions have done", (*console).stats),
		show("KEYS", "the tenants' keys as this proxy holds them", (*console).keys),
		show("POLICIES", "the protected columns and their states", (*console).policies),
		show("TENANTS", "the tenants in the store", (*console).tenants),
		show("CONFIG", "the configuration, without secrets", (*console).configuration),
		show("VERSION", "the program's version", func(*console, context.Context) ([]string, [][]any, error) {
			return []string{"version"}, [][]any{{"pgseal " + version}}, nil
		}),
		show("HELP", "this list", func(*console, context.Context) ([]string, [][]any, error) {
			var rows [][]any
			for _, c := range consoleCommands() {
				rows = append(rows, []any{c.usage(), c.help})
			}
			return []string{"command", "does"}, rows, nil
		}),
		{"RELOAD", "read policies, certificates and users again, as SIGHUP does; the log says what was wrong", (*console).reload},
		{"DRAIN", "end this proxy as SIGTERM does: sessions end when they are idle", (*console).drain},
		{"LOCK", "refuse every use of the tenant's key in every proxy, as pgseal key lock does", (*console).lock},
	}
}

func (c consoleCommand) usage() string {
	if c.name == "LOCK" {
		return "LOCK tenant"
	}
	return c.name
}

// run carries one command out.
func (c *console) run(ctx context.Context, who proxy.ConsoleUser, command string) (*proxy.ConsoleResult, error) {
	known, argument, err := parseCommand(command)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, lockTimeout)
	defer stop()
	r, err := known.run(c, ctx, who, argument)
	var told *proxy.ConsoleError
	if err != nil && !errors.As(err, &told) {
		return nil, &proxy.ConsoleError{Code: "58000", Message: forPeople(err).Error()}
	}
	return r, err
}

// parseCommand finds out what is asked for. Nothing at all, a comment, and SET, which drivers send unasked, do nothing.
func parseCommand(command string) (known consoleCommand, argument string, err error) {
	word, rest := firstWord(strings.TrimRight(command, "; \t\r\n"))
	name := strings.ToUpper(word)
	switch {
	case name == "" || strings.HasPrefix(name, "--"):
		return nothing(""), "", nil
	case name == "SET":
		return nothing("SET"), "", nil
	case name == "SHOW":
		word, rest = firstWord(rest)
		name += " " + strings.ToUpper(word)
	}
	for _, known := range consoleCommands() {
		if known.name != name {
			continue
		}
		if takes := known.name == "LOCK"; takes != (rest != "") {
			return known, "", &proxy.ConsoleError{Code: "42601", Message: "the command is given as: " + known.usage()}
		}
		return known, unquoted(rest), nil
	}
	return known, "", &proxy.ConsoleError{Code: "42601", Message: "pgseal's console does not know this command", Hint: "SHOW HELP lists the commands."}
}

// firstWord cuts the first word off a text, and the spaces around it.
func firstWord(text string) (word, rest string) {
	text = strings.TrimSpace(text)
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		return text, ""
	}
	return text[:end], strings.TrimSpace(text[end:])
}

func nothing(tag string) consoleCommand {
	return consoleCommand{run: func(*console, context.Context, proxy.ConsoleUser, string) (*proxy.ConsoleResult, error) {
		return &proxy.ConsoleResult{Tag: tag}, nil
	}}
}

// unquoted takes the quotes off a tenant's name.
func unquoted(name string) string {
	for _, q := range []string{`'`, `"`} {
		if len(name) > 1 && strings.HasPrefix(name, q) && strings.HasSuffix(name, q) {
			return strings.ReplaceAll(name[1:len(name)-1], q+q, q)
		}
	}
	return name
}

func (c *console) reload(ctx context.Context, who proxy.ConsoleUser, _ string) (*proxy.ConsoleResult, error) {
	c.service.log.Info("reload ordered in the console", "user", who.Role, "client", who.Client)
	c.service.reload(ctx)
	return &proxy.ConsoleResult{Tag: "RELOAD", Notice: "a file that is not valid changes nothing; the log says why"}, nil
}

func (c *console) drain(_ context.Context, who proxy.ConsoleUser, _ string) (*proxy.ConsoleResult, error) {
	c.service.log.Info("drain ordered in the console", "user", who.Role, "client", who.Client)
	select {
	case c.service.ordered <- struct{}{}:
	default: // it was ordered before
	}
	return &proxy.ConsoleResult{Tag: "DRAIN"}, nil
}

// lock locks the tenant in every database that has it. Who did it is in the tenant's record and in the events.
func (c *console) lock(ctx context.Context, who proxy.ConsoleUser, tenant string) (*proxy.ConsoleResult, error) {
	actor := fmt.Sprintf("%s on the console of %s from %s", who.Role, proxyName(), who.Client)
	var done, failed []string
	for _, l := range c.service.sites {
		switch _, err := l.store.Lock(ctx, tenant, actor); {
		case err == nil:
			done = append(done, l.name)
		case keysource.KindOf(err) != keysource.TenantUnknown:
			c.service.log.Warn("a tenant could not be locked", "database", l.name, "tenant", tenant, "cause", err)
			failed = append(failed, l.name)
		}
	}
	switch {
	case len(failed) > 0:
		return nil, &proxy.ConsoleError{Code: "58000", Message: "not locked in every database: " + strings.Join(failed, ", "), Hint: "Give the command again when the database can be reached; pgseal's log has the cause."}
	case len(done) == 0:
		return nil, &proxy.ConsoleError{Code: "42704", Message: fmt.Sprintf("there is no tenant %q", tenant), Hint: "SHOW TENANTS lists those that there are."}
	}
	slices.Sort(done)
	c.service.log.Info("tenant locked in the console", "tenant", tenant, "user", who.Role, "client", who.Client, "databases", strings.Join(done, ", "))
	return &proxy.ConsoleResult{Tag: "LOCK", Notice: "locked in " + strings.Join(done, ", ") + "; every proxy gives the key up within two seconds. pgseal key unlock ends it"}, nil
}

// when is a time as the console shows it; nil for none.
func when(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}

// orNull is nil in the place of an empty word.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
