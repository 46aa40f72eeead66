package awskms

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/keysource"
)

// Finding is one thing that a key needs for pgseal to use it, and whether it is so.
type Finding struct {
	What      string // "kms:Decrypt", "symmetric key", ...
	For       string // what pgseal needs it for
	Principal string // who asked: an ARN, "" where nobody asked or it could not be found out
	Err       error  // nil: it is so; else a *keysource.Error, or what is wrong with the key
	Needed    bool   // pgseal cannot use the key without it
	Note      string // worth knowing
	Took      time.Duration
	Longest   time.Duration // of several tries, of which Took is the median
}

// ErrNotKnown: whether the key is fit could not be found out.
var ErrNotKnown = errors.New("not known: DescribeKey does not tell, and no data key could be made")

// Check asks for each permission that pgseal needs on the key of a tenant, one by one and by dry runs, what kind of key it is, and how long it takes
// to open the data key, which wrapped is. A server that knows no dry runs carries them out. Nothing is changed. Where the settings or the credentials
// are wrong nothing else can be asked, and that is all that is found.
func (w *Wrapper) Check(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped) []Finding {
	if err := CheckSpec(spec, w.options.PlainHTTP); err != nil {
		return []Finding{{What: "the settings", For: "asking at all", Needed: true, Err: err}}
	}
	who := w.checkCredentials(ctx, spec)
	if who.Err != nil {
		return []Finding{who}
	}
	describe, m := w.checkDescribe(ctx, spec)
	arn := wrapped.KeyARN
	if m != nil {
		arn = aws.ToString(m.Arn)
	}
	permissions := w.checkPermissions(ctx, spec, arn, wrapped)
	kind := w.kindOfKey(spec, m, permissions[0].Err)
	findings := append([]Finding{who, describe, kind}, permissions...)
	if permissions[1].Err == nil {
		findings = append(findings, w.checkOpening(ctx, spec, wrapped, m))
	}
	if region, ok := w.checkRegion(ctx, spec); ok {
		findings = append(findings, region)
	}
	for i := range findings {
		findings[i].Principal = who.Principal
	}
	return findings
}

// checkPermissions asks for GenerateDataKey, Decrypt, ReEncrypt and Encrypt, in this order.
func (w *Wrapper) checkPermissions(ctx context.Context, spec keysource.KeySpec, arn string, wrapped keysource.Wrapped) []Finding {
	pairs := encryptionContext(spec)
	return []Finding{
		w.ask(ctx, spec, Finding{What: "kms:GenerateDataKey", For: "new data keys", Needed: true}, func(ctx context.Context, c *kms.Client) error {
			out, err := c.GenerateDataKey(ctx, &kms.GenerateDataKeyInput{KeyId: &arn, KeySpec: types.DataKeySpecAes256, EncryptionContext: pairs, DryRun: aws.Bool(true)})
			if err == nil {
				clear(out.Plaintext)
			}
			return err
		}),
		w.ask(ctx, spec, Finding{What: "kms:Decrypt", For: "opening the data key", Needed: true}, func(ctx context.Context, c *kms.Client) error {
			out, err := c.Decrypt(ctx, &kms.DecryptInput{KeyId: &arn, CiphertextBlob: wrapped.Ciphertext, EncryptionContext: pairs, DryRun: aws.Bool(true)})
			if err == nil {
				clear(out.Plaintext)
			}
			return err
		}),
		w.ask(ctx, spec, Finding{What: "kms:ReEncryptFrom, kms:ReEncryptTo", For: "rotations in which the data key stays inside of KMS"}, func(ctx context.Context, c *kms.Client) error {
			_, err := c.ReEncrypt(ctx, &kms.ReEncryptInput{CiphertextBlob: wrapped.Ciphertext, SourceKeyId: &arn, SourceEncryptionContext: pairs,
				DestinationKeyId: &arn, DestinationEncryptionContext: pairs, DryRun: aws.Bool(true)})
			return err
		}),
		w.ask(ctx, spec, Finding{What: "kms:Encrypt", For: "rotations between keys that no one principal may use both of"}, func(ctx context.Context, c *kms.Client) error {
			_, err := c.Encrypt(ctx, &kms.EncryptInput{KeyId: &arn, Plaintext: make([]byte, 1), EncryptionContext: pairs, DryRun: aws.Bool(true)})
			return err
		}),
	}
}

// ask makes one dry run, in the time of one operation.
func (w *Wrapper) ask(ctx context.Context, spec keysource.KeySpec, f Finding, dryRun func(context.Context, *kms.Client) error) Finding {
	began := time.Now()
	ctx, c, err := w.begin(ctx, keysource.OpProbe, spec)
	if err != nil {
		f.Err = err
		return f
	}
	defer c.end()
	if err = dryRun(ctx, c.client.kms); err != nil && !isDryRunSuccess(err) {
		f.Err = c.fail(ctx, err)
	}
	f.Took = time.Since(began)
	return f
}

// checkDescribe asks what the key is; nil where KMS does not say.
func (w *Wrapper) checkDescribe(ctx context.Context, spec keysource.KeySpec) (Finding, *types.KeyMetadata) {
	var m *types.KeyMetadata
	f := w.ask(ctx, spec, Finding{What: "kms:DescribeKey", For: "telling intent from trouble, and aliases"}, func(ctx context.Context, c *kms.Client) error {
		out, err := c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &spec.KeyARN})
		if err == nil && (out.KeyMetadata == nil || out.KeyMetadata.Arn == nil) {
			err = errIncomplete
		}
		if err == nil {
			m = out.KeyMetadata
		}
		return err
	})
	key, err := ParseKeyARN(spec.KeyARN)
	f.Needed = err == nil && key.IsAlias() && spec.ResolvedARN == ""
	return f, m
}

// wrongUsage says whether KMS refused a key because it is not one to wrap with.
func wrongUsage(err error) bool {
	var e *keysource.Error
	return errors.As(err, &e) && codeOf(e.Cause) == "InvalidKeyUsageException"
}
