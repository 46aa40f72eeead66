package awskms_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// owning: pgseal's own credentials are these.
func owning(key, secret, token string) func(*testing.T, *stage) {
	return func(_ *testing.T, st *stage) {
		st.options.Credentials = credentials.NewStaticCredentialsProvider(key, secret, token)
	}
}

// byChain: pgseal's own credentials are looked for as the SDK does, with what the function puts into the environment.
func byChain(set func(*testing.T, *stage)) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		st.options.Credentials = nil
		set(t, st)
	}
}

// atSilent: a source of credentials accepts connections and says nothing.
func atSilent(variable string, more ...string) func(*testing.T, *stage) {
	return byChain(func(t *testing.T, st *stage) {
		address, seen := counted(t, saysNothing)
		st.seen, st.options.InstanceMetadata = seen, true
		t.Setenv(variable, "http://"+address)
		for i := 0; i+1 < len(more); i += 2 {
			t.Setenv(more[i], more[i+1])
		}
	})
}

// own is the environment of rows that need a process of their own and nothing else.
func own(more ...string) []string { return append([]string{"AWS_EC2_METADATA_DISABLED="}, more...) }

// credentialRows: who pgseal is, is not known or not accepted.
func credentialRows() section {
	const out = keysource.KMSCredentials
	const once = "Decrypt 1"
	return section{"pgseal's own credentials", "No no of the customer's: what is held serves until its deadline. The next request looks for credentials anew, so that no restart is needed.", []row{
		{name: "an access key that AWS does not know", from: recorded, asked: once, kind: out, cause: "UnrecognizedClientException", arrange: owning("AKIDNOBODY", "x", "")},
		{name: "a secret that does not belong to the access key", from: recorded, asked: once, kind: out, cause: "InvalidSignatureException", arrange: owning(accessKey, "x", "")},
		{name: "a session token that AWS does not know", from: recorded, asked: once, kind: out, cause: "UnrecognizedClientException", arrange: owning(accessKey, secretKey, "x")},
		{name: "ExpiredTokenException", from: recorded, asked: once, kind: out, cause: "ExpiredTokenException", sdk: 1, arrange: answering("ExpiredTokenException", 0)},
		{name: "pgseal's clock is an hour off", from: reference, asked: once, kind: out, cause: "InvalidSignatureException",
			arrange: func(_ *testing.T, st *stage) { st.server.SetClockSkew(time.Hour) }},
		{name: "empty credentials", from: inSDK, asked: "-", kind: out, arrange: owning("", "", "")},
		{name: "no credentials anywhere, instance metadata is not asked", from: inSDK, asked: "-", kind: out, env: own(), arrange: byChain(func(t *testing.T, st *stage) {
			address, seen := counted(t, saysNothing)
			st.seen = func() string {
				if s := seen(); s != "connections 0" {
					return s
				}
				return "-"
			}
			t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://"+address)
		})},
		{name: "instance metadata refuses the connection", from: inSDK, asked: "-", kind: out, env: own(), within: outageLimit, arrange: byChain(func(t *testing.T, st *stage) {
			st.options.InstanceMetadata = true
			t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", refused(t))
		})},
		{name: "instance metadata is silent", from: inSDK, asked: "connections 3", kind: out, env: own(), within: outageLimit, after: 700 * time.Millisecond,
			arrange: atSilent("AWS_EC2_METADATA_SERVICE_ENDPOINT")},
		{name: "instance metadata is disabled by the environment", from: inSDK, asked: "-", kind: out, env: own("AWS_EC2_METADATA_DISABLED=true"),
			arrange: byChain(func(_ *testing.T, st *stage) { st.options.InstanceMetadata = true })},
		{name: "the container's endpoint is silent", from: inSDK, asked: "connections 2", kind: out, env: own(), within: outageLimit, after: 700 * time.Millisecond,
			arrange: atSilent("AWS_CONTAINER_CREDENTIALS_FULL_URI")},
		{name: "STS is silent for a web identity", from: inSDK, asked: "connections 2", kind: out, env: own(), within: outageLimit, after: 700 * time.Millisecond,
			arrange: byChain(func(t *testing.T, st *stage) {
				atSilent("AWS_ENDPOINT_URL_STS", "AWS_ROLE_ARN", roleARN, "AWS_REGION", "eu-central-1", "AWS_WEB_IDENTITY_TOKEN_FILE", writeFile(t, "token", "x"))(t, st)
			})},
		{name: "AWS_PROFILE names a profile that is not there", from: inSDK, asked: "-", kind: out, cause: "production", env: own("AWS_PROFILE=production"),
			arrange: byChain(func(*testing.T, *stage) {})},
		{name: "a shared file that cannot be read as one", from: inSDK, asked: "-", kind: out, env: own(), arrange: byChain(func(t *testing.T, _ *stage) {
			t.Setenv("AWS_CONFIG_FILE", writeFile(t, "config", "[profile\nnonsense"))
		})},
		{name: "AWS_CA_BUNDLE names a file that is not there", from: inSDK, asked: "-", kind: out, env: own(), arrange: byChain(func(t *testing.T, _ *stage) {
			t.Setenv("AWS_CA_BUNDLE", filepath.Join(t.TempDir(), "none.pem"))
		})},
	}}
}

// named: the shared file has pgseal's credentials under the profile.
func named(profile string) func(*testing.T, *stage) {
	return byChain(func(t *testing.T, _ *stage) {
		text := fmt.Sprintf("[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n", profile, accessKey, secretKey)
		t.Setenv("AWS_SHARED_CREDENTIALS_FILE", writeFile(t, "credentials", text))
	})
}

// throttledFor: KMS throttles and would like to be left alone.
func throttledFor(d time.Duration) func(*testing.T, *stage) {
	return misbehaving(kmstest.Fault{Kind: kmstest.Throttle, RetryAfter: d})
}

// environmentRows: variables that change what the SDK does.
func environmentRows() section {
	const twice, wait = "Decrypt 2", 4 * time.Second
	retries := func(name string, env ...string) row {
		return row{name: name, from: inSDK, asked: twice, kind: keysource.KMSThrottled, env: own(env...), arrange: throttledFor(wait)}
	}
	silence := func(name string, env ...string) row {
		return row{name: name, from: inSDK, asked: twice, kind: keysource.KMSUnreachable, env: own(env...), within: outageLimit, after: 700 * time.Millisecond,
			arrange: misbehaving(kmstest.Fault{Kind: kmstest.HalfBody})}
	}
	return section{"The environment", "Credentials, proxies, certificates and endpoints are taken from it; retries and time-outs are not.", []row{
		retries("AWS_MAX_ATTEMPTS=9 and AWS_RETRY_MODE=adaptive, throttled", "AWS_MAX_ATTEMPTS=9", "AWS_RETRY_MODE=adaptive"),
		retries("AWS_NEW_RETRIES_2026=true, throttled with a wish for 4 seconds", "AWS_NEW_RETRIES_2026=true"),
		retries("AWS_DEFAULTS_MODE=auto, throttled", "AWS_DEFAULTS_MODE=auto"),
		silence("AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026=true, half a body", "AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026=true"),
		silence("AWS_DEFAULTS_MODE=mobile, half a body", "AWS_DEFAULTS_MODE=mobile"),
		{name: "no region anywhere: the key's own is taken", from: inSDK, asked: "Decrypt 1", env: own("AWS_REGION=", "AWS_DEFAULT_REGION=")},
		{name: "no region anywhere, through a role", from: inSDK, asked: "AssumeRole 1, Decrypt 1", env: own("AWS_REGION="), arrange: asRole(func(*testing.T, *stage) {})},
		{name: "AWS_REGION of another region: the key's own is taken", from: inSDK, asked: "Decrypt 1", env: own("AWS_REGION=ap-southeast-2")},
		{name: "AWS_PROFILE", from: inSDK, asked: "Decrypt 1", env: own("AWS_PROFILE=production"), arrange: named("production")},
		{name: "AWS_ENDPOINT_URL_KMS, where pgseal's configuration has an endpoint", from: inSDK, asked: "Decrypt 1", env: own("AWS_ENDPOINT_URL_KMS=http://127.0.0.1:1")},
		{name: "AWS_ENDPOINT_URL_KMS, where it has none", from: inSDK, asked: "Decrypt 1", env: own(), arrange: func(t *testing.T, st *stage) {
			t.Setenv("AWS_ENDPOINT_URL_KMS", st.options.Endpoint)
			st.options.Endpoint = ""
		}},
		{name: "AWS_ENDPOINT_URL_KMS in plain http to another machine is refused", from: inSDK, asked: "-", kind: keysource.KMSUnreachable, cause: "plain http",
			env: own("AWS_ENDPOINT_URL_KMS=http://kms.invalid"), arrange: func(_ *testing.T, st *stage) { st.options.Endpoint = "" }},
		{name: "AWS_USE_FIPS_ENDPOINT, where pgseal's configuration has an endpoint", from: inSDK, asked: "Decrypt 1", env: own("AWS_USE_FIPS_ENDPOINT=true")},
		{name: "HTTP_PROXY", from: inSDK, asked: "Decrypt 1", env: own(), arrange: func(t *testing.T, st *stage) {
			t.Setenv("HTTP_PROXY", st.server.URL())
			st.options.Endpoint, st.options.PlainHTTP = "http://kms.invalid", true
		}},
		{name: "HTTPS_PROXY refuses the connection", from: network, asked: "-", kind: keysource.KMSUnreachable, env: own(), within: outageLimit, arrange: func(t *testing.T, st *stage) {
			t.Setenv("HTTPS_PROXY", refused(t))
			st.options.Endpoint = "https://kms.invalid"
		}},
		{name: "HTTPS_PROXY is silent", from: network, asked: "connections 2", kind: keysource.KMSUnreachable, env: own(), within: outageLimit, after: 700 * time.Millisecond,
			arrange: throughProxy(saysNothing)},
		{name: "HTTPS_PROXY says 403", from: network, asked: "connections 2", kind: keysource.KMSUnreachable, env: own(), within: outageLimit, arrange: throughProxy(func(c net.Conn) {
			_, _ = c.Read(make([]byte, 4096))
			_, _ = c.Write([]byte("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))
		})},
		{name: "AWS_CA_BUNDLE, for an endpoint with a certificate of its authority", from: inSDK, asked: "Decrypt 1", env: own(), arrange: func(t *testing.T, st *stage) {
			front, bundle := privateFront(t, st.server)
			st.options.Endpoint = front
			t.Setenv("AWS_CA_BUNDLE", bundle)
		}},
	}}
}

// throughProxy: HTTPS goes through a proxy that does this with each connection.
func throughProxy(do func(net.Conn)) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		address, seen := counted(t, do)
		st.seen = seen
		t.Setenv("HTTPS_PROXY", "http://"+address)
		st.options.Endpoint = "https://kms.invalid"
		_ = os.Unsetenv("NO_PROXY")
	}
}
