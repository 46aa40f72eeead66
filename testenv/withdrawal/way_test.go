package withdrawal

import (
	"fmt"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// way is one in which a key can go.
type way struct {
	name   string // of the tenant and its role too
	words  string
	code   string // SQLSTATE of what needs the key
	denied bool   // the answer is a no; else there is no answer, or none that says anything about the key
	role   bool   // the key is reached by a role of the customer's
	take   func(k *kms) error
	give   func(k *kms) error
}

// kms is the key service of one tenant.
type kms struct {
	*kmstest.Server
	key   string // ARN
	grant string
}

const (
	roleARN    = "arn:aws:iam::111122223333:role/pgseal"
	externalID = "withdrawal"
)

var everything = []string{"Decrypt", "GenerateDataKey", "Encrypt", "ReEncrypt*", "DescribeKey"}

// permit closes the key to everybody, and opens it to pgseal by a grant.
func (k *kms) permit() (err error) {
	if err := k.Restrict(k.key); err != nil {
		return err
	}
	k.grant, err = k.Grant(k.key, "*", everything...)
	return err
}

func (k *kms) fault(f kmstest.Fault) error {
	_, err := k.Inject(f)
	return err
}

func (k *kms) clear() error { k.ClearFaults(); return nil }

func (k *kms) state(s kmstest.State) error { return k.SetState(k.key, s) }

func (k *kms) trust() error {
	k.AddRole(kmstest.Role{ARN: roleARN, ExternalID: externalID})
	return nil
}

func ways() []way {
	denial := kmstest.Denial{Operations: []string{"Decrypt"}}
	return []way{
		{name: "denied", words: "the key policy denies", code: "KU001", denied: true,
			take: func(k *kms) error { k.Deny(denial); return nil }, give: func(k *kms) error { k.Allow(denial); return nil }},
		{name: "disabled", words: "the key is disabled", code: "KU002", denied: true,
			take: func(k *kms) error { return k.state(kmstest.Disabled) }, give: func(k *kms) error { return k.state(kmstest.Enabled) }},
		{name: "pending", words: "the key's deletion is scheduled", code: "KU003", denied: true,
			take: func(k *kms) error { return k.state(kmstest.PendingDeletion) }, give: func(k *kms) error { return k.state(kmstest.Enabled) }},
		{name: "deleted", words: "the key is deleted", code: "KU004", denied: true, take: func(k *kms) error { return k.DeleteKey(k.key) }},
		{name: "revoked", words: "the grant is revoked", code: "KU001", denied: true,
			take: func(k *kms) error { return k.Revoke(k.key, k.grant) }, give: (*kms).permit},
		{name: "role", words: "the role trusts pgseal no longer, and its sessions have expired", code: "KU001", denied: true, role: true,
			take: func(k *kms) error { k.RemoveRole(roleARN); k.ExpireSessions(); return nil }, give: (*kms).trust},
		{name: "store", words: "the external key store is down", code: "KU005",
			take: func(k *kms) error { return k.Trouble(k.key, "KeyUnavailableException") }, give: func(k *kms) error { return k.Trouble(k.key, "") }},
		{name: "silent", words: "KMS does not answer", code: "KU006",
			take: func(k *kms) error { return k.fault(kmstest.Fault{Kind: kmstest.Hang}) }, give: (*kms).clear},
		{name: "refusing", words: "connections to KMS are reset", code: "KU006",
			take: func(k *kms) error { return k.fault(kmstest.Fault{Kind: kmstest.Drop}) }, give: (*kms).clear},
		{name: "throttled", words: "KMS throttles", code: "KU007",
			take: func(k *kms) error { return k.fault(kmstest.Fault{Kind: kmstest.Throttle}) }, give: (*kms).clear},
		{name: "credentials", words: "pgseal's own credentials are no longer known", code: "KU008",
			take: func(k *kms) error { k.SetStrict(true); return nil }, give: func(k *kms) error { k.SetStrict(false); return nil }},
		{name: "mismatch", words: "the wrapped key does not belong to the key", code: "KU011",
			take: func(k *kms) error {
				return k.fault(kmstest.Fault{Kind: kmstest.Answer, Operation: "Decrypt", Code: "IncorrectKeyException"})
			}, give: (*kms).clear},
	}
}

// answers are what the KMS said of the key, oldest first. Where a role leads to it, a no is the role's: a session of it that has expired is none.
func (tr *trial) answers() (all []kmstest.Call) {
	for _, c := range tr.kms.Calls() {
		if c.Operation == "Decrypt" && (c.Answer == "" || !tr.role) || c.Operation == "AssumeRole" && c.Answer != "" {
			all = append(all, c)
		}
	}
	return all
}

func (w way) String() string { return fmt.Sprintf("%s (%s)", w.name, w.code) }
