package awskms_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
)

const goodARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

func TestParseKeyARN(t *testing.T) {
	for text, want := range map[string]awskms.KeyARN{
		goodARN: {Partition: "aws", Region: "eu-central-1", Account: "111122223333", Key: "1234abcd-12ab-34cd-56ef-1234567890ab"},
		"arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab": {Partition: "aws", Region: "us-east-1", Account: "111122223333", Key: "mrk-1234abcd12ab34cd56ef1234567890ab"},
		"arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/0":                         {Partition: "aws-us-gov", Region: "us-gov-west-1", Account: "111122223333", Key: "0"},
		"arn:aws:kms:ap-southeast-4:000000000000:alias/tenants/acme_1":                {Partition: "aws", Region: "ap-southeast-4", Account: "000000000000", Alias: "alias/tenants/acme_1"},
	} {
		got, err := awskms.ParseKeyARN(text)
		if err != nil || got != want {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
		if got.String() != text || got.IsAlias() != (want.Alias != "") {
			t.Errorf("%s: printed as %s, alias %v", text, got, got.IsAlias())
		}
	}
}

func TestWrongKeyARNs(t *testing.T) {
	for text, why := range map[string]string{
		"":                                     "should look like",
		"1234abcd-12ab-34cd-56ef-1234567890ab": "should look like",
		"alias/acme":                           "should look like",
		"arn:aws-cn:kms:cn-north-1:111122223333:key/1":       "China",
		"arn:AWS-CN:kms:cn-north-1:111122223333:key/1":       "China",
		"arn:aws:kms:cn-northwest-1:111122223333:key/1":      "China",
		"arn:aws:kms:CN-north-1:111122223333:key/1":          "China",
		"arn:aws:s3:eu-central-1:111122223333:key/1":         `service "s3"`,
		"arn:azure:kms:eu-central-1:111122223333:key/1":      `"azure" is not an AWS partition`,
		"arn:aws:kms:frankfurt:111122223333:key/1":           `"frankfurt" is not an AWS region`,
		"arn:aws:kms::111122223333:key/1":                    `"" is not an AWS region`,
		"arn:aws:kms:eu-central-1@evil:111122223333:key/1":   "is not an AWS region",
		"arn:aws:kms:eu-central-1:1111:key/1":                `"1111" is not an AWS account`,
		"arn:aws:kms:eu-central-1:111122223333:key/":         "names neither a key nor an alias",
		"arn:aws:kms:eu-central-1:111122223333:key/a b":      "names neither a key nor an alias",
		"arn:aws:kms:eu-central-1:111122223333:alias/":       "names neither a key nor an alias",
		"arn:aws:kms:eu-central-1:111122223333:alias/aws/s3": "AWS manages",
		goodARN + "\n": "names neither",
		" " + goodARN:  "should look like",
	} {
		_, err := awskms.ParseKeyARN(text)
		var invalid *awskms.InvalidError
		if !errors.As(err, &invalid) || !strings.Contains(err.Error(), why) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, want a sentence with %q", text, err, why)
		}
	}
}

func FuzzParseKeyARN(f *testing.F) {
	for _, seed := range []string{goodARN, "arn:aws:kms:us-east-1:111122223333:alias/a", "arn:aws-cn:kms:cn-north-1:111122223333:key/1", "arn:::::", "x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := awskms.ParseKeyARN(text)
		if err == nil && (a.String() != text || strings.Contains(text, "aws-cn") || strings.HasPrefix(a.Region, "cn-")) {
			t.Errorf("%q was read as %+v", text, a)
		}
	})
}

func TestCheckSpec(t *testing.T) {
	spec := func(change func(*keysource.KeySpec)) keysource.KeySpec {
		s := withRole(fresh(goodARN))
		change(&s)
		return s
	}
	for name, tt := range map[string]struct {
		spec keysource.KeySpec
		why  string // "" is right
	}{
		"right":               {spec(func(*keysource.KeySpec) {}), ""},
		"no role":             {fresh(goodARN), ""},
		"role with path":      {spec(func(s *keysource.KeySpec) { s.RoleARN = "arn:aws:iam::111122223333:role/a/b/c" }), ""},
		"user for a role":     {spec(func(s *keysource.KeySpec) { s.RoleARN = "arn:aws:iam::111122223333:user/a" }), "should look like"},
		"no ARN for a role":   {spec(func(s *keysource.KeySpec) { s.RoleARN = "pgseal" }), "should look like"},
		"role in China":       {spec(func(s *keysource.KeySpec) { s.RoleARN = "arn:aws-cn:iam::111122223333:role/a" }), "China"},
		"short external id":   {spec(func(s *keysource.KeySpec) { s.ExternalID = "x" }), "2 to 1224"},
		"external id, spaces": {spec(func(s *keysource.KeySpec) { s.ExternalID = "a b" }), "2 to 1224"},
		"external id alone":   {spec(func(s *keysource.KeySpec) { s.RoleARN = "" }), "together with a role"},
		"key":                 {fresh("x"), "should look like"},
		"https":               {spec(func(s *keysource.KeySpec) { s.Endpoint = "https://vpce-1.kms.eu-central-1.vpce.amazonaws.com" }), ""},
		"this machine":        {spec(func(s *keysource.KeySpec) { s.Endpoint = "http://127.0.0.1:4599" }), ""},
		"plain http":          {spec(func(s *keysource.KeySpec) { s.Endpoint = "http://10.0.0.1" }), "plain http"},
		"no scheme":           {spec(func(s *keysource.KeySpec) { s.Endpoint = "kms.eu-central-1.amazonaws.com" }), "should look like"},
		"other scheme":        {spec(func(s *keysource.KeySpec) { s.Endpoint = "ftp://kms" }), "https://"},
		"path":                {spec(func(s *keysource.KeySpec) { s.Endpoint = "https://kms/x" }), "alone"},
		"password":            {spec(func(s *keysource.KeySpec) { s.Endpoint = "https://a:b@kms" }), "alone"},
		"endpoint in China":   {spec(func(s *keysource.KeySpec) { s.Endpoint = "https://kms.cn-north-1.amazonaws.com.cn" }), "China"},
	} {
		err := awskms.CheckSpec(tt.spec, false)
		switch {
		case tt.why == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case tt.why != "" && (err == nil || !strings.Contains(err.Error(), tt.why)):
			t.Errorf("%s: %v, want a sentence with %q", name, err, tt.why)
		}
	}
	if err := awskms.CheckEndpoint("http://kms:4599", true); err != nil {
		t.Errorf("plain http in a trusted network: %v", err)
	}
}

func TestWrongOptions(t *testing.T) {
	for name, o := range map[string]awskms.Options{
		"endpoint":     {Endpoint: "kms"},
		"STS endpoint": {STSEndpoint: "http://sts.example.com"},
		"time-out":     {Timeouts: awskms.Timeouts{Dial: -1}},
		"attempts":     {Timeouts: awskms.Timeouts{Attempts: -1}},
	} {
		if _, err := awskms.New(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// A record with settings that cannot be right fails as the service would fail it, and nobody is asked.
func TestImpossibleSpecs(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	china := fresh("arn:aws-cn:kms:cn-north-1:111122223333:key/1")
	role := fresh(goodARN)
	role.RoleARN = "nonsense"
	endpoint := fresh(goodARN)
	endpoint.Endpoint = "http://kms.example.com"
	for name, tt := range map[string]struct {
		spec keysource.KeySpec
		kind keysource.Kind
	}{
		"China": {china, keysource.KeyNotFound}, "role": {role, keysource.AccessDenied},
		"endpoint": {endpoint, keysource.KMSUnreachable},
	} {
		_, _, err := w.Generate(t.Context(), tt.spec)
		if e := refusal(t, err, tt.kind); !errors.As(e, new(*awskms.InvalidError)) {
			t.Errorf("%s: %v does not say what is wrong", name, e)
		}
	}
	other := fresh(goodARN)
	other.ResolvedARN = "arn:aws:kms:eu-central-1:999999999999:key/1"
	_, _, err := w.Generate(t.Context(), other)
	refusal(t, err, keysource.KeyMismatch)
	if n := len(s.Calls()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
