package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"
)

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "run the proxy",
		Description: `Serves until SIGTERM or SIGINT, then drains: /ready says no, after limits.drain_delay there are no new sessions, and each
session ends as soon as it is idle outside a transaction, at the latest after limits.drain_timeout: then what still runs
is cancelled. Sockets that systemd has opened (LISTEN_FDS) are used where their addresses are those of listen. SIGHUP reads the policies again; so does a change of their
files. A bad policy changes nothing and says why in the log.`,
		Flags:  []cli.Flag{configFlag()},
		Action: runServe,
	}
}

func runServe(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	config, err := loadConfig(c.String("config"))
	if err != nil {
		return err
	}
	log := config.logger(c.App.ErrWriter)
	config.protectMemory(log)
	s, err := startService(c.Context, config, log)
	if err != nil {
		return err
	}
	m := newManager(os.Getenv)
	told := func(err error) {
		if err != nil {
			log.Warn("whoever started pgseal (NOTIFY_SOCKET) cannot be told how it is", "cause", err)
		}
	}
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	ended := make(chan error, 1)
	go func() { ended <- s.wait() }()
	told(m.ready())
	for {
		select {
		case <-hangup:
			told(m.reloading())
			s.reload(c.Context)
			told(m.ready())
		case err := <-ended:
			return errorsOf(err, s, config)
		case <-s.ordered: // by the console
			told(m.stopping(config.Limits.stopping()))
			return drain(c.Context, s, config, log)
		case <-c.Context.Done():
			told(m.stopping(config.Limits.stopping()))
			return drain(c.Context, s, config, log)
		}
	}
}

// drain ends a service once its sessions have ended.
func drain(ctx context.Context, s *service, config *config, log *slog.Logger) error {
	log.Info("draining")
	s.leave(context.WithoutCancel(ctx), config.Limits.DrainDelay)
	ctx, stop := context.WithTimeout(context.Background(), config.Limits.DrainTimeout)
	defer stop()
	return s.close(ctx)
}

// stopSlack is for what comes behind the last session: the records of keys, use and events.
const stopSlack = 30 * time.Second

// stopping is how long it may take to end.
func (l limitsConfig) stopping() time.Duration { return l.DrainDelay + l.DrainTimeout + stopSlack }

// protectMemory refuses core dumps, in production: elsewhere a debugger is welcome.
func (c *config) protectMemory(log *slog.Logger) {
	if !c.production() {
		return
	}
	if err := refuseCoreDumps(); err != nil {
		log.Warn("core dumps could not be refused; have the system do it, for systemd by LimitCORE=0", "cause", err)
	}
}

// errorsOf closes a service that has ended by itself.
func errorsOf(err error, s *service, config *config) error {
	ctx, stop := context.WithTimeout(context.Background(), config.Limits.DrainTimeout)
	defer stop()
	if closeErr := s.close(ctx); err == nil {
		return closeErr
	}
	return err
}
