package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/testenv/postgres"
)

// loadsSettingFunctions: those that may change a setting are found, those that read one or have it in a SET clause are not.
func loadsSettingFunctions(t *testing.T, cluster *postgres.Cluster) {
	database := cluster.NewDatabase(t)
	cluster.Exec(t, database, `
		CREATE FUNCTION enters(v text) RETURNS text LANGUAGE sql AS $$ SELECT set_config('app.tenant', v, false) $$;
		CREATE FUNCTION enters_locally() RETURNS void LANGUAGE plpgsql AS $$ BEGIN SET LOCAL app.tenant = 'a'; END $$;
		CREATE FUNCTION enters_quoted() RETURNS void LANGUAGE plpgsql AS $$ BEGIN set "App" . tenant TO 'a'; END $$;
		CREATE FUNCTION enters_standard() RETURNS text BEGIN ATOMIC SELECT set_config('app.tenant', 'a', false); END;
		CREATE PROCEDURE "Enters called"() LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_catalog.set_config('a' || 'b', 'x', false); END $$;
		CREATE FUNCTION enters_by_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('app.tenant', 'a', true); RETURN NEW; END $$;
		CREATE FUNCTION reads() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('app.tenant') $$;
		CREATE FUNCTION updates() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE t SET a = t.b; END $$;
		CREATE FUNCTION clause() RETURNS text LANGUAGE sql SET app.tenant = 'a' AS $$ SELECT current_setting('app.tenant') $$;
		CREATE AGGREGATE sums(int) (SFUNC = int4pl, STYPE = int)`)
	c, _, err := LoadCatalogue(t.Context(), cluster.Conn(t, database, ""), &policy.Policy{}, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"enters": true, "enters_locally": true, "enters_quoted": true, "enters_standard": true, "Enters called": true}
	if diff := cmp.Diff(want, c.SettingFunctions); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
