// Package awskms is the driver of AWS KMS: it wraps and opens data keys with a key in the customer's own account,
// through the AWS SDK.
//
//	KeySpec ──▶ client of that spec ──▶ credentials: the proxy's own, or a session of the tenant's role (STS)
//	              region from the ARN   ──▶ GenerateDataKey / Decrypt / ReEncrypt / DescribeKey
//	                                    ──▶ answer, or one error ──▶ table in errors.go ──▶ keysource.Kind
//
// # What is asked
//
// Every request names the key by its own ARN and carries the encryption context
//
//	pgseal:tenant   the tenant's immutable id, a UUID in lower case
//	pgseal:key-id   the data key's number, 8 hexadecimal digits
//	pgseal:purpose  "data-key"
//
// so that a wrapped key opens for its own tenant and number alone, and so that the owner of the key can bind his
// policy to it and finds it in his trail. An alias is resolved once: Generate asks DescribeKey for the key's own ARN
// and returns it in Wrapped, and from then on that ARN is used, whatever the alias points to later.
//
// The principal needs kms:GenerateDataKey, kms:Decrypt and kms:DescribeKey, for Rewrap kms:ReEncryptFrom and
// kms:ReEncryptTo, or else kms:Encrypt.
//
// # How long it takes
//
// The SDK's defaults wait for minutes, and some environment variables change them; nothing of that holds here. Every
// limit is in Timeouts, with defaults by which a denial is known in under 1 s and an unreachable KMS in under 3 s. A
// denial is final at the first attempt. Clock-skew correction is off: it would repeat a denied request, and the
// repetition may end in a time-out that hides the denial. A proxy whose clock is off by more than 5 minutes gets
// keysource.KMSCredentials instead. docs/kms-answers.md lists each answer and each silence with what comes of it, and
// how long it takes.
//
// An answer of more than 1 MiB, or a redirect, is no answer of KMS. Endpoints of the environment (AWS_ENDPOINT_URL_KMS)
// are held to the same rules as configured ones.
//
// # Credentials
//
// The proxy's own come from the SDK's usual chain (environment, shared files, web identity, container endpoint, SSO,
// process) or from Options. Instance metadata is asked only if Options.InstanceMetadata says so: where there is none
// the question alone takes seconds. If they are missing or refused, the next call looks for them anew, so that a
// renewed file is found without a restart. A role's session is kept for up to 15 minutes, the shortest that STS
// grants; a role that may no longer be assumed is therefore noticed when its session ends, a key that may no longer
// be used at once.
//
// # What remains in memory
//
// The plaintext of a data key passes through buffers of the SDK and of net/http on the Go heap, from where the
// garbage collector takes it at some later time; where it is wrapped anew by Encrypt, through the body of that request
// too. What else this package holds itself is zeroed.
package awskms
