package page

import (
	"net/url"

	"github.com/legatics/pgseal/proxy/admin"
)

// What the script asks the JSON API for, to see whether anything has changed.
const pollOverview = "/api/v1/databases"

func pollKey(t admin.TenantRef) string {
	return "/api/v1/databases/" + url.PathEscape(t.Database) + "/tenants/" + url.PathEscape(t.Name) + "/key"
}

func pollColumns(database string) string {
	return "/api/v1/databases/" + url.PathEscape(database) + "/columns"
}

func pollProxies(database string) string {
	return "/api/v1/databases/" + url.PathEscape(database) + "/proxies"
}
