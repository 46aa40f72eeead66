package guard

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// How often, and how far apart, it is tried to put a policy in force while
// somebody else changes columns.
const (
	agreeTries = 5
	agreeEvery = 50 * time.Millisecond
)

// agree puts policy in force if every live proxy holds it. disagreement says
// what keeps it from being in force; with ErrBusy, that it is not known.
func agree(ctx context.Context, store *pgstore.Store, policy pgstore.PolicyHash) (disagreement string, err error) {
	inForce, err := store.Policy(ctx)
	if err != nil || inForce == policy {
		return "", err
	}
	for try := 1; ; try++ {
		err = store.Update(ctx, func(tx *pgstore.Tx) (err error) {
			disagreement, err = putInForce(ctx, tx, policy)
			return err
		})
		if !errors.Is(err, pgstore.ErrBusy) {
			break
		}
		if disagreement = "columns are being changed just now"; try == agreeTries {
			break
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(agreeEvery):
		}
	}
	if disagreement != "" {
		disagreement = fmt.Sprintf("this process holds policy %s, but policy %s is in force until every live proxy holds the same one: %s",
			policy, inForce, disagreement)
	}
	return disagreement, err
}

func putInForce(ctx context.Context, tx *pgstore.Tx, policy pgstore.PolicyHash) (disagreement string, err error) {
	proxies, err := tx.Proxies(ctx)
	if err != nil {
		return "", err
	}
	if disagreement = others(proxies, policy); disagreement != "" || tx.Policy() == policy {
		return disagreement, nil
	}
	if err := tx.SetPolicy(ctx, policy); err != nil {
		return "", err
	}
	return "", tx.Event(ctx, pgstore.Event{Kind: "policy in force", Actor: "pgseal", Detail: policy.String()})
}

// others names the live proxies that hold another policy.
func others(proxies []pgstore.Proxy, policy pgstore.PolicyHash) string {
	var names []string
	for i := range proxies {
		if p := &proxies[i]; p.Live() && p.Policy != policy {
			names = append(names, fmt.Sprintf("%s holds %s", p.Name, p.Policy))
		}
	}
	return strings.Join(names, ", ")
}

// waitingFor names the live proxies that do not yet work by the policy and by
// the given state of the column. Nobody is waited for that is dead. It has to be
// that very state: columns go both ways, and a proxy that is behind may be two
// steps away from the next one.
func waitingFor(proxies []pgstore.Proxy, policy pgstore.PolicyHash, column [16]byte, state pgstore.ColumnState) string {
	var names []string
	for i := range proxies {
		p := &proxies[i]
		if !p.Live() {
			continue
		}
		if acked, ok := p.Acks[pgstore.AckKey(column)]; p.Policy != policy || !ok || acked != state {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}
