package plan

import (
	"context"

	"github.com/legatics/pgseal/policy"
)

// settingFunctions finds the functions that change a setting, or may do so: by set_config, or by SET of one that has a dot in its name. Those that call one of them are
// not found.
func (l *loader) settingFunctions(ctx context.Context) error {
	var f policy.Function
	return l.each(ctx, `
SELECT DISTINCT n.nspname::text, p.proname::text, p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype)
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace JOIN pg_catalog.pg_language g ON g.oid = p.prolang
WHERE p.oid >= $1 AND g.lanname NOT IN ('c', 'internal') AND n.nspname <> 'pgseal' AND p.prokind IN ('f', 'p')
AND CASE WHEN p.prosrc = '' THEN pg_catalog.pg_get_functiondef(p.oid) ~* '\mset_config\M'
	ELSE p.prosrc ~* '\mset_config\M|\mset\s+(local\s+|session\s+)?"?[a-z_][a-z0-9_$]*"?\s*\.' END
ORDER BY 1, 2`,
		[]any{uint32(userFunctions)}, []any{&f.Schema, &f.Name, &f.Trigger}, func() error {
			l.db.SettingFunctions = append(l.db.SettingFunctions, f)
			return nil
		})
}

// settingFunctions are the names of those that a statement can call.
func (b *catalogueBuilder) settingFunctions() map[string]bool {
	all := make(map[string]bool, len(b.db.SettingFunctions))
	for _, f := range b.db.SettingFunctions {
		if !f.Trigger {
			all[f.Name] = true
		}
	}
	return all
}
