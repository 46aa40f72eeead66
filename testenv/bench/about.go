package main

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// about is how and on what kind of machine it was measured.
type about struct {
	Rounds    int     `json:"rounds"`
	Seconds   int     `json:"seconds"`
	Scale     int     `json:"scale"`
	CopyRows  int     `json:"copy_rows"`
	Cores     int     `json:"cores"`
	Arch      string  `json:"architecture"`
	Go        string  `json:"go"`
	Postgres  string  `json:"postgresql"`
	PgBouncer string  `json:"pgbouncer,omitempty"`
	AESMicros float64 `json:"aes_us"` // AES-256-GCM opening a value, on this machine
}

func (s *servers) about(ctx context.Context, o options) (about, error) {
	a := about{Rounds: o.rounds, Seconds: o.seconds, Scale: o.scale, CopyRows: o.copyRows,
		Cores: runtime.NumCPU(), Arch: runtime.GOARCH, Go: strings.TrimPrefix(runtime.Version(), "go")}
	conn, err := pgx.Connect(ctx, s.urls[direct])
	if err != nil {
		return a, err
	}
	defer conn.Close(ctx)
	if err := conn.QueryRow(ctx, "select split_part(current_setting('server_version'), ' ', 1)").Scan(&a.Postgres); err != nil {
		return a, err
	}
	if s.bouncer != nil {
		out, err := exec.CommandContext(ctx, s.bouncer.Path(), "--version").Output()
		if err != nil {
			return a, fmt.Errorf("pgbouncer --version: %w", err)
		}
		if words := strings.Fields(string(out)); len(words) > 1 {
			a.PgBouncer = words[1]
		}
	}
	a.AESMicros, err = aesMicros()
	return a, err
}

// how is a line on the way of measuring.
func (a about) how() string {
	return fmt.Sprintf("rounds: %d, of %d s each; pgbench scale %d, COPY of %d rows; medians (least..most)", a.Rounds, a.Seconds, a.Scale, a.CopyRows)
}

// where is a line on the machine.
func (a about) where() string {
	text := fmt.Sprintf("%d cores (%s) shared by pgbench, PostgreSQL %s and the proxy; Go %s", a.Cores, a.Arch, a.Postgres, a.Go)
	if a.PgBouncer != "" {
		text += ", PgBouncer " + a.PgBouncer
	}
	return text
}

// aesMicros is what AES-256-GCM alone takes to open a value: the least of some
// attempts, since everything that disturbs makes it longer.
func aesMicros() (float64, error) {
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		return 0, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return 0, err
	}
	nonce, aad := make([]byte, gcm.NonceSize()), make([]byte, 32)
	sealed := gcm.Seal(nil, nonce, []byte(body()), aad)
	plain := make([]byte, 0, cellBytes)
	const values = 5000
	least := time.Hour
	for range 20 {
		began := time.Now()
		for range values {
			if _, err := gcm.Open(plain, nonce, sealed, aad); err != nil {
				return 0, err
			}
		}
		least = min(least, time.Since(began))
	}
	return float64(least.Nanoseconds()) / 1000 / values, nil
}
