package awskms_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// What the SDK and this driver cost on top of the network: about 0.25 ms for a data key or for a denial.
func BenchmarkUnwrap(b *testing.B) {
	for name, denied := range map[string]bool{"allowed": false, "denied": true} {
		b.Run(name, func(b *testing.B) {
			s, err := kmstest.Start(kmstest.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			w, err := awskms.New(awskms.Options{
				Endpoint: s.URL(), Credentials: credentials.NewStaticCredentialsProvider(accessKey, secretKey, ""),
			})
			if err != nil {
				b.Fatal(err)
			}
			defer w.Close()
			spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
			wrapped, key, err := w.Generate(context.Background(), spec)
			if err != nil {
				b.Fatal(err)
			}
			key.Destroy()
			if denied {
				s.Deny(kmstest.Denial{})
			}
			for b.Loop() {
				if err := unwrap(w, spec, wrapped); (err != nil) != denied {
					b.Fatal(err)
				}
			}
		})
	}
}
