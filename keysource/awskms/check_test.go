package awskms_test

import (
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// found is one finding by the beginning of what it is about.
func found(t *testing.T, all []awskms.Finding, what string) awskms.Finding {
	t.Helper()
	for _, f := range all {
		if strings.HasPrefix(f.What, what) {
			return f
		}
	}
	t.Fatalf("nothing about %s in %+v", what, all)
	return awskms.Finding{}
}

const kindFinding = "a symmetric key"

// missing are the findings that are not so.
func missing(all []awskms.Finding) string {
	var names []string
	for _, f := range all {
		if f.Err != nil {
			names = append(names, f.What)
		}
	}
	return strings.Join(names, "; ")
}

// TestCheckKinds: each kind and state of key is told in a sentence, with the dry runs agreeing; and as much of it as can be without kms:DescribeKey.
func TestCheckKinds(t *testing.T) {
	soon := time.Now().Add(time.Hour)
	for _, tt := range []struct {
		name    string
		options kmstest.KeyOptions
		state   kmstest.State
		want    string // in the sentence; "" is a key that can be used
		note    string
		blind   string // the sentence without kms:DescribeKey
		code    string // of the dry runs
	}{
		{"plain", kmstest.KeyOptions{}, "", "", "", "", ""},
		{"asymmetric", kmstest.KeyOptions{Spec: "RSA_4096"}, "", "asymmetric key (RSA_4096)", "", "KMS does not wrap data keys with it", "KU011"},
		{"HMAC", kmstest.KeyOptions{Usage: "GENERATE_VERIFY_MAC"}, "", "HMAC key (HMAC_256)", "", "KMS does not wrap data keys with it", "KU011"},
		{"signing", kmstest.KeyOptions{Usage: "SIGN_VERIFY"}, "", "its usage is SIGN_VERIFY", "", "KMS does not wrap data keys with it", "KU011"},
		{"multi-Region", kmstest.KeyOptions{MultiRegion: true}, "", "multi-Region key", "", "multi-Region key", ""},
		{"disabled", kmstest.KeyOptions{}, kmstest.Disabled, "kms:EnableKey", "", "not known", "KU002"},
		{"deletion scheduled", kmstest.KeyOptions{}, kmstest.PendingDeletion, "kms:CancelKeyDeletion", "", "not known", "KU003"},
		{"imported", kmstest.KeyOptions{Imported: true}, "", "", "was imported", "", ""},
		{"imported for a time", kmstest.KeyOptions{ValidTo: soon}, "", "", "expires on " + soon.UTC().Format("2006-01-02"), "", ""},
		{"imported and expired", kmstest.KeyOptions{ValidTo: time.Now().Add(-time.Hour)}, "", "has expired: it was valid until", "", "not known", "KU003"},
		{"never imported", kmstest.KeyOptions{Imported: true}, kmstest.PendingImport, "no key material", "", "not known", "KU003"},
		{"external key store", kmstest.KeyOptions{External: true}, "", "", "external key store (XKS) cks-", "", ""},
		{"external key store, disconnected", kmstest.KeyOptions{External: true}, kmstest.Unavailable, "kms:ConnectCustomKeyStore", "XKS", "not known", "KU005"},
		{"CloudHSM", kmstest.KeyOptions{CustomKeyStore: true}, "", "", "CloudHSM key store cks-", "", ""},
		{"being changed", kmstest.KeyOptions{}, kmstest.Updating, "ask again in a moment", "", "not known", "KU005"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st := newStage(t)
			tt.options.Account = customer
			st.arn = st.server.CreateKey(tt.options)
			st.spec.KeyARN, st.wrapped.KeyARN = st.arn, st.arn
			if tt.code == "" {
				st.wrap(t, st.arn, pairsOf(st.spec))
			}
			if tt.state != "" {
				st.state(t, tt.state)
			}
			all := st.driver().Check(t.Context(), st.spec, st.wrapped)
			tells(t, found(t, all, kindFinding), tt.want, tt.note)
			if generate := found(t, all, "kms:GenerateDataKey"); codeOf(generate.Err) != tt.code {
				t.Errorf("GenerateDataKey: %v, want %q", generate.Err, tt.code)
			}
			if (missing(all) == "") != (tt.want == "") {
				t.Errorf("missing: %s", missing(all))
			}
			st.server.Deny(kmstest.Denial{Operations: []string{"DescribeKey"}})
			all = st.driver().Check(t.Context(), st.spec, st.wrapped)
			if f := found(t, all, "kms:DescribeKey"); codeOf(f.Err) != "KU001" || f.Needed {
				t.Errorf("without DescribeKey: %+v", f)
			}
			if tt.code != "KU005" { // which takes DescribeKey to tell from a no
				tells(t, found(t, all, kindFinding), tt.blind, "")
			}
		})
	}
}

func codeOf(err error) string { return keysource.KindOf(err).Code() }

func tells(t *testing.T, f awskms.Finding, want, note string) {
	t.Helper()
	if want == "" && f.Err != nil || want != "" && (f.Err == nil || !strings.Contains(f.Err.Error(), want)) {
		t.Errorf("%s: %v, want %q", f.What, f.Err, want)
	}
	if !strings.Contains(f.Note, note) {
		t.Errorf("%s: note %q, want %q", f.What, f.Note, note)
	}
}

// TestCheckPermissions: each permission that is taken away is the one that is named, through the role and without, on servers that know dry runs and on
// one that does not; who asked is told.
func TestCheckPermissions(t *testing.T) {
	const session = ":assumed-role/pgseal/pgseal-"
	for _, tt := range []struct {
		deny, missing string
	}{
		{"", ""}, {"GenerateDataKey", "kms:GenerateDataKey"}, {"Decrypt", "kms:Decrypt"}, {"Encrypt", "kms:Encrypt"},
		{"ReEncryptFrom", "kms:ReEncryptFrom, kms:ReEncryptTo"}, {"ReEncryptTo", "kms:ReEncryptFrom, kms:ReEncryptTo"}, {"DescribeKey", "kms:DescribeKey"},
	} {
		for name, set := range map[string]func(*stage){
			"own": func(*stage) {}, "role": func(st *stage) { st.spec = withRole(st.spec) },
		} {
			t.Run(tt.deny+" "+name, func(t *testing.T) {
				st := newStage(t)
				set(st)
				if tt.deny != "" {
					st.server.Deny(kmstest.Denial{Operations: []string{tt.deny}})
				}
				st.server.ResetCounts()
				all := st.driver().Check(t.Context(), st.spec, st.wrapped)
				if got := missing(all); got != tt.missing {
					t.Errorf("missing %q, want %q", got, tt.missing)
				}
				for _, f := range all {
					if f.Err != nil && !strings.Contains(f.Err.Error(), "kms:"+tt.deny) {
						t.Errorf("%v does not hold what AWS says is missing", f.Err)
					}
					if want := map[string]string{"own": proxyARN, "role": roleARN}[name]; f.Principal != want {
						t.Errorf("%s was asked for by %q, want %q", f.What, f.Principal, want)
					}
				}
				if note := all[0].Note; name == "role" && !strings.Contains(note, session) || name == "own" && !strings.Contains(note, proxyARN) {
					t.Errorf("asked as: %q", note)
				}
				for _, c := range st.server.Calls() {
					if !c.DryRun && !strings.Contains("Decrypt DescribeKey AssumeRole GetCallerIdentity", c.Operation) {
						t.Errorf("%s was no dry run", c.Operation)
					}
				}
			})
		}
	}
}

// A server that carries dry runs out proves the permissions by that.
func TestCheckWithoutDryRuns(t *testing.T) {
	s, err := kmstest.Start(kmstest.Options{NoDryRun: true})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	wrapped := generate(t, w, spec)
	if got := missing(w.Check(t.Context(), spec, wrapped)); got != "" {
		t.Errorf("missing %s", got)
	}
	s.Deny(kmstest.Denial{Operations: []string{"Encrypt"}})
	if got := missing(w.Check(t.Context(), spec, wrapped)); got != "kms:Encrypt" {
		t.Errorf("missing %s", got)
	}
}

// Where nothing can be asked, that is the one finding.
func TestCheckCannotAsk(t *testing.T) {
	for name, tt := range map[string]struct {
		arrange func(*testing.T, *stage)
		what    string
		want    string
		asked   string
	}{
		"China partition":            {func(_ *testing.T, st *stage) { st.spec.KeyARN = "arn:aws-cn:kms:cn-north-1:444455556666:key/1234abcd" }, "the settings", "aws-cn", "-"},
		"China region":               {func(_ *testing.T, st *stage) { st.spec.KeyARN = "arn:aws:kms:cn-north-1:444455556666:key/1234abcd" }, "the settings", "aws-cn", "-"},
		"AWS's own key":              {func(_ *testing.T, st *stage) { st.spec.KeyARN = "arn:aws:kms:eu-central-1:444455556666:alias/aws/s3" }, "the settings", "AWS manages", "-"},
		"external id without a role": {func(_ *testing.T, st *stage) { st.spec.ExternalID = "guess" }, "the settings", "only used together with a role", "-"},
		"role not trusted":           {asRole(func(_ *testing.T, st *stage) { st.spec.ExternalID = "guess" }), "sts:AssumeRole", "KU001", "AssumeRole 1"},
		"own credentials":            {owning("", "", ""), "AWS credentials", "KU008", "-"},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			tt.arrange(t, st)
			st.server.ResetCounts()
			all := st.driver().Check(t.Context(), st.spec, st.wrapped)
			if len(all) != 1 || all[0].What != tt.what || !all[0].Needed || !strings.Contains(all[0].Err.Error(), tt.want) {
				t.Errorf("found %+v", all)
			}
			if got := st.askedFor(); got != tt.asked {
				t.Errorf("asked for %s", got)
			}
		})
	}
}

// An external key store's latency and its own errors are told by opening the data key: a dry run does not reach it.
func TestCheckExternalKeyStore(t *testing.T) {
	st := newStage(t)
	inStore(kmstest.KeyOptions{External: true, Account: customer}, "")(t, st)
	const delay = 60 * time.Millisecond
	for range 3 { // the first is the dry run's
		st.fault(t, kmstest.Fault{Kind: kmstest.Latency, Operation: "Decrypt", Delay: delay, Times: 1})
	}
	f := found(t, st.driver().Check(t.Context(), st.spec, st.wrapped), "the data key")
	if f.Err != nil || f.Longest < delay || f.Took > f.Longest || !strings.Contains(f.Note, "through the key store") {
		t.Errorf("%+v", f)
	}
	st.fault(t, kmstest.Fault{Kind: kmstest.Latency, Operation: "Decrypt", Delay: time.Millisecond, Times: 1}) // the dry run's
	st.fault(t, kmstest.Fault{Kind: kmstest.Answer, Operation: "Decrypt", Code: "KMSInvalidStateException", Message: "The external key store proxy did not respond"})
	f = found(t, st.driver().Check(t.Context(), st.spec, st.wrapped), "the data key")
	if codeOf(f.Err) != "KU005" || !strings.Contains(f.Err.Error(), "did not respond") || !strings.Contains(f.Note, "2 of 2 failed") || !f.Needed {
		t.Errorf("%+v", f)
	}
}

// A key in another region than pgseal's works, and is told.
func TestCheckRegion(t *testing.T) {
	st := newStage(t)
	t.Setenv("AWS_REGION", "ap-southeast-2")
	all := st.driver().Check(t.Context(), st.spec, st.wrapped)
	if f := found(t, all, "a key in pgseal's Region"); f.Err != nil || f.Needed || !strings.Contains(f.Note, "it is in eu-central-1, pgseal in ap-southeast-2") || missing(all) != "" {
		t.Errorf("%+v", f)
	}
	t.Setenv("AWS_REGION", "eu-central-1")
	st.driver().Close()
	for _, f := range st.driver().Check(t.Context(), st.spec, st.wrapped) {
		if strings.Contains(f.What, "Region") && f.What[0] == 'a' && strings.Contains(f.Note, "pgseal in") {
			t.Errorf("in the same region: %+v", f)
		}
	}
}

// An alias that is not resolved yet cannot be followed without kms:DescribeKey.
func TestCheckAlias(t *testing.T) {
	st := newStage(t)
	arn := st.server.CreateKey(kmstest.KeyOptions{Account: customer, Alias: "alias/acme"})
	st.wrap(t, arn, pairsOf(st.spec))
	st.spec.KeyARN = "arn:aws:kms:eu-central-1:444455556666:alias/acme"
	if got := missing(st.driver().Check(t.Context(), st.spec, st.wrapped)); got != "" {
		t.Errorf("missing %s", got)
	}
	st.server.Deny(kmstest.Denial{Operations: []string{"DescribeKey"}})
	all := st.driver().Check(t.Context(), st.spec, st.wrapped)
	if f := found(t, all, "kms:DescribeKey"); f.Err == nil || !f.Needed {
		t.Errorf("%+v", f)
	}
	st.spec.ResolvedARN = arn
	all = st.driver().Check(t.Context(), st.spec, st.wrapped)
	if f := found(t, all, "kms:DescribeKey"); f.Err == nil || f.Needed {
		t.Errorf("resolved: %+v", f)
	}
}
