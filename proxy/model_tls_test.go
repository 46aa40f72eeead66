package proxy_test

import (
	"math/rand/v2"
	"testing"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
)

// The model test with TLS on both legs and a log-in of the proxy's own: the pumps wake each other by read deadlines, which TLS must survive.
func TestModelTLS(t *testing.T) {
	seed := *modelSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	m := newModel(t, &sealedVocabulary)
	planner := plan.New(plan.Options{})
	planner.SetCatalogue(safeCatalogue(t, m.behind, plan.StateSealed, "1"))
	p := start(t, proxy.Config{
		Databases: map[string]*proxy.Database{m.behind: {Planner: planner, Keys: newSwitchedKeys(t), Tenant: fixedTenant("acme")}},
		Auth:      relay(), ClientTLS: clientTLS(t, proxy.ClientTLSRequire), Dial: upstream(t, proxy.UpstreamTLSVerifyFull).Dial,
	})
	p.settings = "sslmode=require&channel_binding=require"
	m.run(t, seed, p)
}
