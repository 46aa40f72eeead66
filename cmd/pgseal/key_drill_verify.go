package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// verifiedView is what came of holding a report against the store.
type verifiedView struct {
	Drill    string    `json:"drill"`
	Tenant   string    `json:"tenant"`
	Database string    `json:"database"`
	KeptAt   time.Time `json:"kept_at"`
	KeptBy   string    `json:"kept_by"`
	Passed   bool      `json:"passed"`
}

// verifyDrill holds the file of a report against the events of the store, which the control key authenticates.
func verifyDrill(c *cli.Context, file string) error {
	if err := noArguments(c); err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	var r drillReport
	if err := json.Unmarshal(data, &r); err != nil || r.Format != drillFormat || json.Compact(&text, data) != nil {
		return fmt.Errorf("%s is no report of a drill", file)
	}
	s, err := siteOfReport(c, r.Database)
	if err != nil {
		return err
	}
	if err := s.open(c.Context); err != nil {
		return err
	}
	defer s.close()
	kept, err := s.store.DrillReports(c.Context, r.Tenant)
	if err != nil {
		return forPeople(err)
	}
	i := slices.IndexFunc(kept, func(e pgstore.Event) bool { return e.Detail == text.String() })
	if i < 0 {
		return fmt.Errorf("this report was never kept in database %s: it was altered, or is of another deployment", s.name)
	}
	v := verifiedView{r.Drill, r.Tenant, s.name, kept[i].At, kept[i].Actor, r.Passed}
	return output(c, v, func(t *table) {
		t.row(fmt.Sprintf("the report is as it was kept at %s by %s, and nothing of it was changed", v.KeptAt.Format(time.RFC3339), v.KeptBy))
	})
}

// siteOfReport is the named database, or the report's own.
func siteOfReport(c *cli.Context, database string) (*site, error) {
	if c.String("database") != "" {
		return siteOf(c)
	}
	config, err := loadConfig(c.String("config"))
	if err != nil {
		return nil, err
	}
	return config.site(c, database)
}
