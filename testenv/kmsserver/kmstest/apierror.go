package kmstest

import (
	"fmt"
	"net/http"
)

// apiError is one error answer of KMS or STS. An empty message is left out of the answer.
type apiError struct {
	code    string
	message string
	status  int
}

func (e *apiError) Error() string { return e.code + ": " + e.message }

// fail builds an error answer with the HTTP status that AWS gives its code.
func fail(code, format string, args ...any) *apiError {
	return &apiError{code: code, message: fmt.Sprintf(format, args...), status: statusOf(code)}
}

// statusOf is the HTTP status of an error code: 400 unless the API reference of KMS says otherwise.
func statusOf(code string) int {
	switch code {
	case "KMSInternalException", "KeyUnavailableException", "InternalFailure":
		return http.StatusInternalServerError
	case "DependencyTimeoutException", "ServiceUnavailable", "ServiceUnavailableException":
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}

// errInvalidCiphertext answers a spoilt blob and a wrong or missing encryption context alike. Recorded on AWS: the
// message is empty, so that nothing tells the two apart.
func errInvalidCiphertext() *apiError { return fail("InvalidCiphertextException", "") }

// errIncorrectKey answers a Decrypt that names another key than the one that made the blob. Recorded on AWS.
func errIncorrectKey() *apiError {
	return fail("IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation.")
}

// errDisabled is recorded on AWS.
func errDisabled(arn string) *apiError { return fail("DisabledException", "%s is disabled.", arn) }

// errInvalidState has one shape for every state. "pending import" is recorded on AWS, "pending deletion" is quoted
// in hashicorp/terraform-provider-aws#17889, "unavailable" and the others are not confirmed.
func errInvalidState(arn string, state State) *apiError {
	return fail("KMSInvalidStateException", "%s is %s.", arn, state.words())
}

// errNoKey is recorded on AWS.
func errNoKey(arn string) *apiError { return fail("NotFoundException", "Key '%s' does not exist", arn) }

// errNoAlias is recorded on AWS.
func errNoAlias(arn string) *apiError {
	return fail("NotFoundException", "Alias %s is not found.", arn)
}

// errBadKeyID is recorded on AWS for an identifier that is neither a key id nor an ARN nor an alias.
func errBadKeyID(id string) *apiError { return fail("NotFoundException", "Invalid keyId '%s'", id) }

// errOtherRegion is recorded on AWS for the ARN of a key in another region than the request's.
func errOtherRegion(region string) *apiError {
	return fail("NotFoundException", "Invalid arn %s", region)
}

// errDryRun says that a dry run would have worked. Recorded on AWS.
func errDryRun() *apiError {
	return fail("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
}

// errAccessDenied names the principal and the operation but not the key, as recorded on AWS for a caller from
// another account than the key's.
func errAccessDenied(principal, operation string) *apiError {
	return fail("AccessDeniedException", "User: %s is not authorized to perform: kms:%s on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access", principal, operation)
}

// errKeyUsage is the message shown in the developer guide of KMS.
func errKeyUsage(arn, usage, operation string) *apiError {
	return fail("InvalidKeyUsageException", "%s key usage is %s which is not valid for %s.", arn, usage, operation)
}

// errKeySpec answers an operation that the key's usage allows, but its spec does not. The code is that of the API reference ("incompatible with the
// type of key material"), the message is not confirmed.
func errKeySpec(arn, spec, operation string) *apiError {
	return fail("InvalidKeyUsageException", "%s key spec is %s which is not valid for %s.", arn, spec, operation)
}

// errMissing has the shape of the validation messages of AWS's JSON services.
func errMissing(member string) *apiError {
	return fail("ValidationException", "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null", member)
}

// errInvalid is a validation error whose exact text on AWS is not confirmed.
func errInvalid(format string, args ...any) *apiError {
	return fail("ValidationException", format, args...)
}

// throttled is what KMS answers over its request quota: the code of the API reference, the message as shown in the
// developer guide.
func throttled() *apiError {
	return fail("ThrottlingException", "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.")
}
