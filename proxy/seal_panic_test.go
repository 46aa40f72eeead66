package proxy_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy"
)

// faultyKeys gives keys that cannot deal with any value.
type faultyKeys struct{ *switchedKeys }

type faultyKey struct{ proxy.Key }

func (k faultyKeys) Acquire(ctx context.Context, tenant string) (proxy.Key, error) {
	key, err := k.switchedKeys.Acquire(ctx, tenant)
	return faultyKey{key}, err
}

func (faultyKey) SealIn([]byte, crypto.Column, crypto.Mode, int, []byte) ([]byte, error) {
	panic("a fault")
}

// A session that ends by a panic while a value is sealed gives its key back: startSafe looks for keys that are held in the end.
func TestKeyGivenBackByAPanic(t *testing.T) {
	for mode, insert := range map[pgx.QueryExecMode]string{
		pgx.QueryExecModeSimpleProtocol: "INSERT INTO matters (id, title) VALUES (1, 'canary')",
		pgx.QueryExecModeExec:           "INSERT INTO matters (id, title) VALUES (1, $1)",
	} {
		t.Run(mode.String(), func(t *testing.T) {
			s := startSafe(t, func(c *proxy.Config) {
				for _, d := range c.Databases {
					d.Keys = faultyKeys{d.Keys.(*switchedKeys)}
				}
			})
			args := []any{mode}
			if mode == pgx.QueryExecModeExec {
				args = append(args, "canary")
			}
			conn := s.connect(t)
			if _, err := conn.Exec(t.Context(), insert, args...); err == nil || !conn.IsClosed() {
				t.Errorf("%v", err)
			}
		})
	}
}
