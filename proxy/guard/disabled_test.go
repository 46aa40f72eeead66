package guard

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
)

// TestTriggersDisabled: what pg_restore --disable-triggers does before it brings the data. The CHECK stands alone then, and holds for whoever writes,
// also by COPY and as a subscription's worker would; what is sealed gets in.
func TestTriggersDisabled(t *testing.T) {
	f := refuseFixture(t)
	f.as(t, "", "ALTER TABLE t DISABLE TRIGGER ALL; ALTER TABLE parted DISABLE TRIGGER ALL; ALTER TABLE part1 DISABLE TRIGGER ALL")
	for _, sql := range []string{
		"INSERT INTO t (id, txt) VALUES (10, 'CANARY')",
		"INSERT INTO t (id, bin) VALUES (10, 'CANARY')",
		"UPDATE t SET txt = 'CANARY' WHERE id = 1",
		"INSERT INTO parted VALUES (1, 'CANARY')",
		"SET session_replication_role = replica; INSERT INTO t (id, txt) VALUES (10, 'CANARY')",
		"COPY t (id, txt) FROM PROGRAM 'echo 10,CANARY' CSV",
	} {
		var pg *pgconn.PgError
		if err := f.try(t, "", strings.ReplaceAll(sql, "CANARY", canary)); !errors.As(err, &pg) || pg.Code != "23514" {
			t.Errorf("%s: %v", sql, err)
		}
	}
	f.as(t, "", "INSERT INTO t (id, txt) VALUES (20, "+f.armour(crypto.Randomized, 3)+")")
}
