package bulk

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// second is a column in which sealed values are gathered beside the one that they are of. A trigger keeps it right: the row of a value that is new or changed
// gets an *emptied* mark there, which is like no sealed value, and unlike all other marks, so that a unique index takes it. The guard's expression takes it, too,
// and whoever should read it through pgseal gets an error.
type second struct {
	name     string // quoted
	armoured bool
	head     []byte // that emptied marks begin with
}

// emptiedZeros follow the format byte and the tag in an emptied mark: a data key's number 0, which there is not, and a nonce of zeros.
const emptiedZeros = 24

func secondOf(f form, tag crypto.StoreTag) *second {
	head := append([]byte{byte(f.record.Mode), tag[0], tag[1]}, make([]byte, emptiedZeros)...)
	return &second{name: pgx.Identifier{guard.SecondColumn(f.record.ID)}.Sanitize(), armoured: f.armoured, head: head}
}

func (s *second) bare() string { return strings.Trim(s.name, `"`) }

func (s *second) physical() string {
	if s.armoured {
		return "text"
	}
	return "bytea"
}

// start is what emptied marks begin with, as a literal. 27 bytes are exactly 36 characters of armour.
func (s *second) start() string {
	if s.armoured {
		return fmt.Sprintf("'%s%s'", crypto.ArmourPrefix, base64.RawURLEncoding.EncodeToString(s.head))
	}
	return fmt.Sprintf(`'\x%x'::bytea`, s.head)
}

// mark is an emptied mark: what it begins with, and a random rest.
func (s *second) mark() string {
	if s.armoured {
		return s.start() + ` || replace(gen_random_uuid()::text, '-', '')`
	}
	return s.start() + ` || uuid_send(gen_random_uuid()) || '\x00000000000000000000000000000000'::bytea`
}

// emptied tells a mark from a sealed value.
func (s *second) emptied(ref string) string {
	if s.armoured {
		return fmt.Sprintf(`substr(%s, 1, %d) COLLATE "C" = %s`, ref, len(s.start())-2, s.start())
	}
	return fmt.Sprintf(`substr(%s, 1, %d) = %s`, ref, len(s.head), s.start())
}

// rest is true for rows that have to be filled.
func (s *second) rest(prefix, column string) string {
	ref := prefix + s.name
	return fmt.Sprintf("%s%s IS NOT NULL AND (%s IS NULL OR %s)", prefix, column, ref, s.emptied(ref))
}

// pair is what a read gives: the sealed value, if there is one, a blank, which is in no sealed value, and the value. NULL where there is none.
func (s *second) pair(column string) string {
	ref := "t." + s.name
	return fmt.Sprintf("CASE WHEN %s IS NULL OR %s THEN '' ELSE %[1]s::text END || ' ' || t.%[3]s::text", ref, s.emptied(ref), column)
}

func (s *second) function() string { return "pgseal.beside_" + strings.TrimPrefix(s.bare(), "pgseal_") }

// trigger fires behind all others: they go by the bytes of their names.
func (s *second) trigger() string { return `"~` + s.bare() + `"` }

func (s *second) restIndex() string { return s.bare() + "_rest" }

func (s *second) check() string { return s.bare() + "_check" }

// add are the statements that make it. All values are taken for changed unless they are the same, byte for byte.
func (s *second) add(table, column string) []string {
	mark := fmt.Sprintf("NEW.%s := CASE WHEN NEW.%s IS NOT NULL THEN %s END;", s.name, column, s.mark())
	return []string{
		fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", table, s.name, s.physical()),
		fmt.Sprintf(`CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $pgseal$
BEGIN
	IF TG_OP = 'INSERT' THEN %s
	ELSIF record_image_ne(ROW(NEW.%s), ROW(OLD.%[3]s)) THEN %[2]s
	END IF;
	RETURN NEW;
END $pgseal$`, s.function(), mark, column),
		fmt.Sprintf("CREATE TRIGGER %s BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION %s()", s.trigger(), table, s.function()),
		fmt.Sprintf("ALTER TABLE %s ENABLE ALWAYS TRIGGER %s", table, s.trigger()),
	}
}

// dropTrigger takes the trigger off.
func (s *second) dropTrigger(table string) []string {
	return []string{
		fmt.Sprintf("DROP TRIGGER IF EXISTS %s ON %s", s.trigger(), table),
		fmt.Sprintf("DROP FUNCTION IF EXISTS %s()", s.function()),
	}
}

// drop takes all of it away, its indexes and its CHECK too.
func (s *second) drop(table string) []string {
	return append(s.dropTrigger(table), fmt.Sprintf("ALTER TABLE %s DROP COLUMN IF EXISTS %s", table, s.name))
}

// HasSecond tells whether a column has a second one.
func HasSecond(ctx context.Context, db guard.Querier, r *pgstore.Column) (bool, error) {
	rows, err := db.Query(ctx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = $1::int8::oid AND attname = $2 AND NOT attisdropped)", int64(r.Relation), guard.SecondColumn(r.ID))
	if err != nil {
		return false, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[bool])
}
