package main

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func keySetCacheTimeCommand() *cli.Command {
	return &cli.Command{
		Name: "set-cache-time", Usage: "set how long the plaintext data key may be held after the last yes", ArgsUsage: "TENANT DURATION",
		Description: `From 1m to 24h; 5m is recommended. It takes effect in every proxy within two seconds, also on keys that are held already. A shorter
one makes an outage of the key service felt sooner, a longer one makes a withdrawal that the proxy cannot hear of take effect later.`,
		Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: keySetCacheTime,
	}
}

func keySetCacheTime(c *cli.Context) error {
	if c.NArg() != 2 {
		return usagef(c, "name the tenant and its cache time, 5m for instance")
	}
	d, err := time.ParseDuration(c.Args().Get(1))
	if err != nil {
		return usagef(c, "%q is no duration: 90s, 5m, 12h", c.Args().Get(1))
	}
	if d < keysource.MinCacheTime || d > keysource.MaxCacheTime {
		return usagef(c, "a cache time of %s is outside 1m to 24h", d)
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		t, err := s.store.SetCacheTime(ctx, c.Args().First(), d, actor())
		if err != nil {
			return forPeople(err)
		}
		return printTenant(c, t)
	})
}

func keyProbeCommand() *cli.Command {
	return &cli.Command{
		Name: "probe", Usage: "ask the key service now whether the tenant's key may be used", ArgsUsage: "TENANT",
		Description: `Asks with the rights of whoever runs the command, by dry runs where the key service knows them, and has every proxy that uses the key, or was told no, ask
for it within two seconds: a withdrawal counts at once then, and so does its end. Exits 1 where the answer is no.`,
		Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: keyProbe,
	}
}

// probeView is the key service's answer, as the command prints it.
type probeView struct {
	Tenant string `json:"tenant"`
	Key    string `json:"key"`
	Usable bool   `json:"usable"`
	TookMS int64  `json:"took_ms"`
	Code   string `json:"code,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// probe asks the key service, and has the proxies ask; answer is nil where it said yes.
func (s *site) probe(ctx context.Context, t *pgstore.Tenant, by string) (v probeView, answer, err error) {
	wrapper, err := s.wrapper(t.Spec.Provider)
	if err != nil {
		return v, nil, err
	}
	if _, err := s.store.Probe(ctx, t.Name, by); err != nil { // first, so that the proxies ask while this does
		return v, nil, err
	}
	began := time.Now()
	answer = wrapper.Probe(ctx, t.Spec)
	v = probeView{Tenant: t.Name, Key: t.Spec.KeyARN, Usable: answer == nil, TookMS: time.Since(began).Milliseconds()}
	if answer != nil {
		v.Code, v.Reason = keysource.KindOf(answer).Code(), forPeople(answer).Error()
	}
	return v, answer, nil
}

func keyProbe(c *cli.Context) error {
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		v, answer, err := s.probe(ctx, t, actor())
		if err != nil {
			return forPeople(err)
		}
		if err := output(c, v, func(out *table) {
			if v.Usable {
				out.row(fmt.Sprintf("the key may be used (answered in %d ms)", v.TookMS))
			}
		}); err != nil || v.Usable {
			return err
		}
		return forPeople(answer)
	})
}
