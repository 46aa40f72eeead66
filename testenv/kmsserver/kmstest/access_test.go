package kmstest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

func generate(c *kms.Client, arn string, with map[string]string) error {
	_, err := c.GenerateDataKey(context.Background(), &kms.GenerateDataKeyInput{KeyId: &arn, KeySpec: "AES_256", EncryptionContext: with})
	return err
}

func TestDenialHitsWhomItNames(t *testing.T) {
	s := start(t, kmstest.Options{})
	arn, other := s.CreateKey(kmstest.KeyOptions{}), s.CreateKey(kmstest.KeyOptions{})
	alice := as(t, s, aws.Credentials{AccessKeyID: "AKALICE", SecretAccessKey: "x"})
	bob := as(t, s, aws.Credentials{AccessKeyID: "AKBOB", SecretAccessKey: "x"})
	d := kmstest.Denial{Principal: "arn:aws:iam::" + account + ":user/AKALICE", Resource: arn, Operations: []string{"GenerateDataKey"}}
	s.Deny(d)
	wantCode(t, generate(alice, arn, nil), "AccessDeniedException")
	for name, err := range map[string]error{
		"other principal": generate(bob, arn, nil), "other key": generate(alice, other, nil),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := alice.Encrypt(context.Background(), &kms.EncryptInput{KeyId: &arn, Plaintext: []byte("x")}); err != nil {
		t.Errorf("other operation: %v", err)
	}
	s.Allow(d)
	if err := generate(alice, arn, nil); err != nil {
		t.Errorf("after the denial was taken back: %v", err)
	}
}

func TestGrantOpensARestrictedKey(t *testing.T) {
	ctx := context.Background()
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{})
	owner := as(t, s, aws.Credentials{AccessKeyID: "AKOWNER", SecretAccessKey: "x"})
	proxy := as(t, s, aws.Credentials{AccessKeyID: "AKPROXY", SecretAccessKey: "x"})
	if err := s.Restrict(arn, "AKOWNER"); err != nil {
		t.Fatal(err)
	}
	wantCode(t, generate(proxy, arn, pairs()), "AccessDeniedException")
	granted := must[*kms.CreateGrantOutput](t)(owner.CreateGrant(ctx, &kms.CreateGrantInput{
		KeyId: &arn, GranteePrincipal: aws.String("arn:aws:iam::" + account + ":user/AKPROXY"),
		Operations:  []types.GrantOperation{types.GrantOperationGenerateDataKey},
		Constraints: &types.GrantConstraints{EncryptionContextSubset: map[string]string{"tenant": "acme"}},
	}))
	if err := generate(proxy, arn, pairs()); err != nil {
		t.Errorf("granted: %v", err)
	}
	wantCode(t, generate(proxy, arn, map[string]string{"tenant": "other"}), "AccessDeniedException")
	if _, err := proxy.Encrypt(ctx, &kms.EncryptInput{KeyId: &arn, Plaintext: []byte("x"), EncryptionContext: pairs()}); err == nil {
		t.Error("an operation that the grant does not name was allowed")
	}
	if list := must[*kms.ListGrantsOutput](t)(owner.ListGrants(ctx, &kms.ListGrantsInput{KeyId: &arn})); len(list.Grants) != 1 || *list.Grants[0].GrantId != *granted.GrantId {
		t.Errorf("grants: %+v", list.Grants)
	}
	must[*kms.RevokeGrantOutput](t)(owner.RevokeGrant(ctx, &kms.RevokeGrantInput{KeyId: &arn, GrantId: granted.GrantId}))
	wantCode(t, generate(proxy, arn, pairs()), "AccessDeniedException")
	if err := s.Open(arn); err != nil {
		t.Fatal(err)
	}
	if err := generate(proxy, arn, pairs()); err != nil {
		t.Errorf("open again: %v", err)
	}
}

// Operations that the API reference marks "cross-account use: no" are refused to a caller of another account.
func TestOtherAccountsMayNotManageAKey(t *testing.T) {
	ctx := context.Background()
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{Account: "444455556666"})
	c := as(t, s, anybody())
	dataKey(t, c, arn)
	must[*kms.DescribeKeyOutput](t)(c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &arn}))
	_, err := c.ListKeyRotations(ctx, &kms.ListKeyRotationsInput{KeyId: &arn})
	wantCode(t, err, "AccessDeniedException")
	_, err = c.DisableKey(ctx, &kms.DisableKeyInput{KeyId: &arn})
	wantCode(t, err, "AccessDeniedException")
}

func TestSignatures(t *testing.T) {
	s := start(t, kmstest.Options{Strict: true})
	arn := s.CreateKey(kmstest.KeyOptions{})
	s.AddUser("arn:aws:iam::"+account+":user/proxy", "AKPROXY", "right")
	if err := generate(as(t, s, aws.Credentials{AccessKeyID: "AKPROXY", SecretAccessKey: "right"}), arn, pairs()); err != nil {
		t.Errorf("the SDK's own signature is refused: %v", err)
	}
	wantCode(t, generate(as(t, s, aws.Credentials{AccessKeyID: "AKPROXY", SecretAccessKey: "wrong"}), arn, nil), "InvalidSignatureException")
	wantCode(t, generate(as(t, s, anybody()), arn, nil), "UnrecognizedClientException")
	s.SetClockSkew(time.Hour)
	wantCode(t, generate(as(t, s, aws.Credentials{AccessKeyID: "AKPROXY", SecretAccessKey: "right"}), arn, nil), "InvalidSignatureException")
	s.SetClockSkew(0)
	s.SetStrict(false)
	if err := generate(as(t, s, anybody()), arn, nil); err != nil {
		t.Errorf("no longer strict: %v", err)
	}
}

func TestAssumeRole(t *testing.T) {
	ctx := context.Background()
	s := start(t, kmstest.Options{})
	role := "arn:aws:iam::444455556666:role/pgseal/reader"
	s.AddRole(kmstest.Role{ARN: role, ExternalID: "secret", Trusted: []string{account}})
	arn := s.CreateKey(kmstest.KeyOptions{Account: "444455556666"})
	if err := s.Restrict(arn, role); err != nil {
		t.Fatal(err)
	}
	client := stsAs(t, s, anybody())
	in := func(role, external string) *sts.AssumeRoleInput {
		return &sts.AssumeRoleInput{RoleArn: &role, RoleSessionName: aws.String("pgseal-test"), ExternalId: &external}
	}
	out := must[*sts.AssumeRoleOutput](t)(client.AssumeRole(ctx, in(role, "secret")))
	if *out.AssumedRoleUser.Arn != "arn:aws:sts::444455556666:assumed-role/reader/pgseal-test" {
		t.Errorf("session %s", *out.AssumedRoleUser.Arn)
	}
	cred := aws.Credentials{AccessKeyID: *out.Credentials.AccessKeyId, SecretAccessKey: *out.Credentials.SecretAccessKey, SessionToken: *out.Credentials.SessionToken}
	session := as(t, s, cred)
	if err := generate(session, arn, nil); err != nil {
		t.Errorf("session of the role: %v", err)
	}
	wantCode(t, generate(as(t, s, anybody()), arn, nil), "AccessDeniedException")
	s.Deny(kmstest.Denial{Operations: []string{"GetCallerIdentity"}}) // which AWS does not let anybody do
	me := must[*sts.GetCallerIdentityOutput](t)(stsAs(t, s, cred).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}))
	if *me.Arn != *out.AssumedRoleUser.Arn || *me.Account != "444455556666" {
		t.Errorf("the caller is %s of account %s", *me.Arn, *me.Account)
	}
	s.Allow(kmstest.Denial{})

	_, err := client.AssumeRole(ctx, in(role, "guess"))
	wantCode(t, err, "AccessDenied")
	_, err = client.AssumeRole(ctx, in(role+"x", "secret"))
	wantCode(t, err, "AccessDenied")
	s.Deny(kmstest.Denial{Resource: role, Operations: []string{"AssumeRole"}})
	_, err = client.AssumeRole(ctx, in(role, "secret"))
	wantCode(t, err, "AccessDenied")
	s.Deny(kmstest.Denial{Principal: role})
	wantCode(t, generate(session, arn, nil), "AccessDeniedException")
	s.Allow(kmstest.Denial{})

	forged := cred
	forged.SessionToken = "x"
	wantCode(t, generate(as(t, s, forged), arn, nil), "UnrecognizedClientException")
	s.ExpireSessions()
	wantCode(t, generate(session, arn, nil), "ExpiredTokenException")
}

// What both services say about credentials, with the origin of each line as in TestAnswers. KMS answers them all with 400, STS with 403 and codes of
// its own protocol.
func TestAnswersAboutCredentials(t *testing.T) {
	s := start(t, kmstest.Options{Strict: true})
	arn, role := s.CreateKey(kmstest.KeyOptions{}), "arn:aws:iam::"+account+":role/pgseal"
	s.AddUser("arn:aws:iam::"+account+":user/proxy", "AKPROXY", "right")
	s.AddRole(kmstest.Role{ARN: role})
	proxy := aws.Credentials{AccessKeyID: "AKPROXY", SecretAccessKey: "right"}
	assume := func(c aws.Credentials) (*sts.AssumeRoleOutput, error) {
		return stsAs(t, s, c).AssumeRole(context.Background(), &sts.AssumeRoleInput{RoleArn: &role, RoleSessionName: aws.String("pgseal-test")})
	}
	session := must[*sts.AssumeRoleOutput](t)(assume(proxy)).Credentials
	expired := aws.Credentials{AccessKeyID: *session.AccessKeyId, SecretAccessKey: *session.SecretAccessKey, SessionToken: *session.SessionToken}
	s.ExpireSessions()
	forged := proxy
	forged.SessionToken = "x"
	for _, tt := range []struct {
		name, origin string
		with         aws.Credentials
		skew         time.Duration
		kms, sts     string
	}{
		{"unknown access key", "recorded", anybody(), 0, "UnrecognizedClientException", "InvalidClientTokenId"},
		{"forged session token", "recorded", forged, 0, "UnrecognizedClientException", "InvalidClientTokenId"},
		{"expired session", "recorded", expired, 0, "ExpiredTokenException", "ExpiredToken"},
		{"wrong secret", "reference", aws.Credentials{AccessKeyID: "AKPROXY", SecretAccessKey: "wrong"}, 0, "InvalidSignatureException", "SignatureDoesNotMatch"},
		{"clock an hour off", "reference", proxy, time.Hour, "InvalidSignatureException", "SignatureDoesNotMatch"},
		{"clock 4 minutes off", "reference", proxy, 4 * time.Minute, "", ""},
	} {
		s.SetClockSkew(tt.skew)
		_, err := assume(tt.with)
		for service, got := range map[string]struct {
			err    error
			code   string
			status int
		}{"KMS": {generate(as(t, s, tt.with), arn, nil), tt.kms, 400}, "STS": {err, tt.sts, 403}} {
			var resp *awshttp.ResponseError
			switch {
			case got.code == "" && got.err != nil:
				t.Errorf("%s, %s: %v", tt.name, service, got.err)
			case got.code == "":
			case !errors.As(got.err, &resp) || resp.HTTPStatusCode() != got.status:
				t.Errorf("%s, %s (%s): %v, want status %d", tt.name, service, tt.origin, got.err, got.status)
			default:
				wantCode(t, got.err, got.code)
			}
		}
	}
}
