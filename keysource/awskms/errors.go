package awskms

import (
	"context"
	"errors"
	"net"

	"github.com/aws/smithy-go"

	"github.com/legatics/pgseal/keysource"
)

// codeKind is the table of all error codes of KMS and STS. The second result says whether the code is known; one that
// is not counts as no usable answer.
//
// Sources: API reference of KMS and of STS, "Common Errors" of both, and the codes that the SDK itself knows. Those
// that follow a rule of AWS's, not the API's model (AccessDeniedException, ThrottlingException, ...) have no Go type.
func codeKind(code string) (keysource.Kind, bool) {
	switch code {
	// The principal may not use the key, or the role may not be assumed.
	case "AccessDeniedException", "AccessDenied", "NotAuthorized":
		return keysource.AccessDenied, true

	case "DisabledException":
		return keysource.KeyDisabled, true

	// To be followed by the question whether it is intent; see inquire.
	case "KMSInvalidStateException":
		return keysource.KeyInvalidState, true

	case "NotFoundException", "InvalidArnException", "InvalidAliasNameException":
		return keysource.KeyNotFound, true

	// KMS answers, but what holds the key material does not.
	case "KeyUnavailableException", "DependencyTimeoutException",
		"CloudHsmClusterInUseException", "CloudHsmClusterInvalidConfigurationException",
		"CloudHsmClusterNotActiveException", "CloudHsmClusterNotFoundException", "CloudHsmClusterNotRelatedException",
		"CustomKeyStoreHasCMKsException", "CustomKeyStoreInvalidStateException", "CustomKeyStoreNameInUseException",
		"CustomKeyStoreNotFoundException", "IncorrectTrustAnchorException",
		"XksKeyAlreadyInUseException", "XksKeyInvalidConfigurationException", "XksKeyNotFoundException",
		"XksProxyIncorrectAuthenticationCredentialException", "XksProxyInvalidConfigurationException",
		"XksProxyInvalidResponseException", "XksProxyUriEndpointInUseException", "XksProxyUriInUseException",
		"XksProxyUriUnreachableException", "XksProxyVpcEndpointServiceInUseException",
		"XksProxyVpcEndpointServiceInvalidConfigurationException", "XksProxyVpcEndpointServiceNotFoundException":
		return keysource.KeyStoreUnavailable, true

	case "KMSInternalException", "InternalFailure", "InternalError", "InternalServerError", "InternalServiceException",
		"ServiceUnavailable", "ServiceUnavailableException", "RequestTimeout", "RequestTimeoutException",
		"IDPCommunicationError", "UnknownOperationException", "InvalidAction":
		return keysource.KMSUnreachable, true

	case "ThrottlingException", "Throttling", "ThrottledException", "RequestThrottled", "RequestThrottledException",
		"TooManyRequestsException", "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown",
		"LimitExceededException":
		return keysource.KMSThrottled, true

	// Who we are is not accepted, whatever the key would say: also when our clock is wrong.
	case "UnrecognizedClientException", "InvalidClientTokenId", "ExpiredTokenException", "ExpiredToken",
		"MissingAuthenticationTokenException", "MissingAuthenticationToken", "IncompleteSignature",
		"IncompleteSignatureException", "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure",
		"RequestExpired", "RequestTimeTooSkewed", "OptInRequired", "RegionDisabledException",
		"InvalidIdentityToken", "IDPRejectedClaim":
		return keysource.KMSCredentials, true

	// The wrapped key does not fit the configured key: another key, a spoilt record, a key of the wrong sort.
	case "IncorrectKeyException", "InvalidCiphertextException", "IncorrectKeyMaterialException",
		"InvalidKeyUsageException", "UnsupportedOperationException", "ValidationException", "ValidationError",
		"SerializationException", "MalformedQueryString", "MissingParameter", "InvalidParameterValue",
		"InvalidParameterCombination":
		return keysource.KeyMismatch, true

	// Answers to operations, or to parts of them, that this driver never asks for. They mean that something other
	// than KMS answers, or a KMS that this version does not understand.
	case "AlreadyExistsException", "ConflictException", "DryRunOperationException", "ExpiredImportTokenException",
		"InvalidGrantIdException", "InvalidGrantTokenException", "InvalidImportTokenException", "InvalidMarkerException",
		"KMSInvalidMacException", "KMSInvalidSignatureException", "MalformedPolicyDocumentException", "TagException",
		"MalformedPolicyDocument", "PackedPolicyTooLarge", "InvalidAuthorizationMessageException",
		"ExpiredTradeInTokenException", "JWTPayloadSizeExceededException",
		"OutboundWebIdentityFederationDisabledException", "SessionDurationEscalationException":
		return keysource.KMSUnreachable, true
	}
	return keysource.KMSUnreachable, false
}

// kindOf judges any error of a request.
func kindOf(err error) keysource.Kind {
	var own *ownError
	var role *roleError
	var invalid *InvalidError
	switch code := codeOf(err); {
	case errors.As(err, &own):
		return keysource.KMSCredentials
	case errors.Is(err, errOtherKey):
		return keysource.KeyMismatch
	case errors.As(err, &invalid):
		return invalidKind(invalid)
	case errors.As(err, &role) && (code == "ValidationError" || code == "ValidationException"):
		return keysource.AccessDenied // no such role can be assumed
	default:
		kind, _ := codeKind(code)
		return kind
	}
}

// invalidKind judges a setting that cannot be right, as the service itself would if it were asked.
func invalidKind(e *InvalidError) keysource.Kind {
	switch e.What {
	case "key ARN":
		return keysource.KeyNotFound
	case "role ARN", "external id":
		return keysource.AccessDenied
	}
	return keysource.KMSUnreachable
}

// codeOf is the code in an answer of KMS or STS, or "" when there was none.
func codeOf(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// isJudgement says whether KMS has judged the request, so that asking in another way may show why.
func isJudgement(kind keysource.Kind) bool {
	return kind != keysource.KMSUnreachable && kind != keysource.KMSThrottled && kind != keysource.KMSCredentials
}

// errUnreadable stands for an answer that could not be decoded. The SDK's own error may quote the answer, which may
// hold a data key.
var errUnreadable = errors.New("awskms: the answer of KMS could not be read")

// readable is err as the cause of an Error: fit for a log.
func readable(err error) error {
	var garbled *smithy.DeserializationError
	var network net.Error
	if errors.As(err, &garbled) && !errors.As(err, &network) && !errors.Is(err, context.Canceled) {
		return errUnreadable
	}
	return err
}
