// Package kmstest is a small AWS KMS and STS server for tests. The real AWS SDK talks to it over HTTP, and every
// way in which KMS is known to say no, or to say nothing, can be switched on and off in the middle of a test.
//
//	AWS SDK ──POST / X-Amz-Target: TrentService.Decrypt──▶ fault? ──▶ who (SigV4) ──▶ which key ──▶ allowed?
//	        ◀──────────── JSON answer or error ──────────── state? ◀── really encrypted (AES-256-GCM) ◀──┘
//	AWS SDK ──POST / Action=AssumeRole──────────────────▶ fault? ──▶ who ──▶ role, trust, external id ──▶ XML
//	test    ──POST /_control/...────────────────────────▶ the same switches that the Go methods have
//
// # What it speaks
//
// AWS JSON 1.1 (service TrentService, version 2014-11-01): CreateKey, DescribeKey, ListKeys, EnableKey, DisableKey,
// ScheduleKeyDeletion, CancelKeyDeletion, GenerateDataKey, Encrypt, Decrypt, ReEncrypt, RotateKeyOnDemand,
// ListKeyRotations, CreateGrant, RevokeGrant, ListGrants, CreateAlias, UpdateAlias, DeleteAlias, ListAliases. The
// query protocol of STS (version 2011-06-15) on the same listener: AssumeRole, GetCallerIdentity. The region is the one that the request
// is signed for, so that one listener serves every region.
//
// # What is real
//
//   - Ciphertext: AES-256-GCM under the key's current material, the encryption context as additional data. Its pairs
//     are sorted and each part has its length in front, so that a context whose border between two parts has moved is
//     another context.
//   - Key material: each rotation adds one; old ciphertext opens under the material that made it, whose id is in the
//     answer.
//   - Who asks: the access key of the signature. Users and sessions that the server knows have their signature
//     verified; unless Options.Strict is set, an unknown access key counts as a user of the server's own account.
//   - What he may: a key is open to everybody until it is restricted; denials and grants apply to both.
//
// # Whence each answer is known
//
// Codes and messages are those recorded on AWS (integration recordings of public SDKs and of emulators that compare
// themselves with AWS); apierror.go names the origin beside each, and the tests of this package hold them. Where no
// recording is known the comment says "not confirmed". Three things differ from AWS on purpose: a change of state or
// of permission holds at once (AWS: seconds to minutes), deletion windows pass by the clock in Options, and key
// policies are replaced by Deny, Allow and Restrict.
package kmstest
