package awskms

import "github.com/legatics/pgseal/keysource"

// codes is the table of all error codes of KMS and STS. It is only read. One that is not in it counts as no usable answer.
//
// Sources: API reference of KMS and of STS, "Common Errors" of both, and the codes that the SDK itself knows. Those
// that follow a rule of AWS's, not the API's model (AccessDeniedException, ThrottlingException, ...) have no Go type.
var codes = map[string]keysource.Kind{
	// The principal may not use the key, or the role may not be assumed.
	"AccessDeniedException": keysource.AccessDenied,
	"AccessDenied":          keysource.AccessDenied,
	"NotAuthorized":         keysource.AccessDenied,

	"DisabledException": keysource.KeyDisabled,

	// To be followed by the question whether it is intent; see inquire.
	"KMSInvalidStateException": keysource.KeyInvalidState,

	"NotFoundException":         keysource.KeyNotFound,
	"InvalidArnException":       keysource.KeyNotFound,
	"InvalidAliasNameException": keysource.KeyNotFound,

	// KMS answers, but what holds the key material does not.
	"KeyUnavailableException":                                 keysource.KeyStoreUnavailable,
	"DependencyTimeoutException":                              keysource.KeyStoreUnavailable,
	"CloudHsmClusterInUseException":                           keysource.KeyStoreUnavailable,
	"CloudHsmClusterInvalidConfigurationException":            keysource.KeyStoreUnavailable,
	"CloudHsmClusterNotActiveException":                       keysource.KeyStoreUnavailable,
	"CloudHsmClusterNotFoundException":                        keysource.KeyStoreUnavailable,
	"CloudHsmClusterNotRelatedException":                      keysource.KeyStoreUnavailable,
	"CustomKeyStoreHasCMKsException":                          keysource.KeyStoreUnavailable,
	"CustomKeyStoreInvalidStateException":                     keysource.KeyStoreUnavailable,
	"CustomKeyStoreNameInUseException":                        keysource.KeyStoreUnavailable,
	"CustomKeyStoreNotFoundException":                         keysource.KeyStoreUnavailable,
	"IncorrectTrustAnchorException":                           keysource.KeyStoreUnavailable,
	"XksKeyAlreadyInUseException":                             keysource.KeyStoreUnavailable,
	"XksKeyInvalidConfigurationException":                     keysource.KeyStoreUnavailable,
	"XksKeyNotFoundException":                                 keysource.KeyStoreUnavailable,
	"XksProxyIncorrectAuthenticationCredentialException":      keysource.KeyStoreUnavailable,
	"XksProxyInvalidConfigurationException":                   keysource.KeyStoreUnavailable,
	"XksProxyInvalidResponseException":                        keysource.KeyStoreUnavailable,
	"XksProxyUriEndpointInUseException":                       keysource.KeyStoreUnavailable,
	"XksProxyUriInUseException":                               keysource.KeyStoreUnavailable,
	"XksProxyUriUnreachableException":                         keysource.KeyStoreUnavailable,
	"XksProxyVpcEndpointServiceInUseException":                keysource.KeyStoreUnavailable,
	"XksProxyVpcEndpointServiceInvalidConfigurationException": keysource.KeyStoreUnavailable,
	"XksProxyVpcEndpointServiceNotFoundException":             keysource.KeyStoreUnavailable,

	"KMSInternalException":           keysource.KMSUnreachable,
	"InternalFailure":                keysource.KMSUnreachable,
	"InternalError":                  keysource.KMSUnreachable,
	"InternalServerError":            keysource.KMSUnreachable,
	"InternalServiceException":       keysource.KMSUnreachable,
	"ServiceUnavailable":             keysource.KMSUnreachable,
	"ServiceUnavailableException":    keysource.KMSUnreachable,
	"RequestTimeout":                 keysource.KMSUnreachable,
	"RequestTimeoutException":        keysource.KMSUnreachable,
	"IDPCommunicationError":          keysource.KMSUnreachable,
	"UnknownOperationException":      keysource.KMSUnreachable,
	"InvalidAction":                  keysource.KMSUnreachable,
	"MissingAction":                  keysource.KMSUnreachable,
	"InvalidQueryParameter":          keysource.KMSUnreachable,
	"MalformedHttpRequestException":  keysource.KMSUnreachable,
	"RequestAbortedException":        keysource.KMSUnreachable,
	"RequestEntityTooLargeException": keysource.KMSUnreachable,

	"ThrottlingException":       keysource.KMSThrottled,
	"Throttling":                keysource.KMSThrottled,
	"ThrottledException":        keysource.KMSThrottled,
	"RequestThrottled":          keysource.KMSThrottled,
	"RequestThrottledException": keysource.KMSThrottled,
	"TooManyRequestsException":  keysource.KMSThrottled,
	"RequestLimitExceeded":      keysource.KMSThrottled,
	"BandwidthLimitExceeded":    keysource.KMSThrottled,
	"SlowDown":                  keysource.KMSThrottled,
	"LimitExceededException":    keysource.KMSThrottled,

	// Who we are is not accepted, whatever the key would say: also when our clock is wrong.
	"UnrecognizedClientException":         keysource.KMSCredentials,
	"InvalidClientTokenId":                keysource.KMSCredentials,
	"ExpiredTokenException":               keysource.KMSCredentials,
	"ExpiredToken":                        keysource.KMSCredentials,
	"MissingAuthenticationTokenException": keysource.KMSCredentials,
	"MissingAuthenticationToken":          keysource.KMSCredentials,
	"IncompleteSignature":                 keysource.KMSCredentials,
	"IncompleteSignatureException":        keysource.KMSCredentials,
	"InvalidSignatureException":           keysource.KMSCredentials,
	"SignatureDoesNotMatch":               keysource.KMSCredentials,
	"AuthFailure":                         keysource.KMSCredentials,
	"RequestExpired":                      keysource.KMSCredentials,
	"RequestTimeTooSkewed":                keysource.KMSCredentials,
	"OptInRequired":                       keysource.KMSCredentials,
	"RegionDisabledException":             keysource.KMSCredentials,
	"InvalidIdentityToken":                keysource.KMSCredentials,
	"IDPRejectedClaim":                    keysource.KMSCredentials,

	// The wrapped key does not fit the configured key: another key, a spoilt record, a key of the wrong sort.
	"IncorrectKeyException":         keysource.KeyMismatch,
	"InvalidCiphertextException":    keysource.KeyMismatch,
	"IncorrectKeyMaterialException": keysource.KeyMismatch,
	"InvalidKeyUsageException":      keysource.KeyMismatch,
	"UnsupportedOperationException": keysource.KeyMismatch,
	"ValidationException":           keysource.KeyMismatch,
	"ValidationError":               keysource.KeyMismatch,
	"SerializationException":        keysource.KeyMismatch,
	"MalformedQueryString":          keysource.KeyMismatch,
	"MissingParameter":              keysource.KeyMismatch,
	"InvalidParameterValue":         keysource.KeyMismatch,
	"InvalidParameterCombination":   keysource.KeyMismatch,

	// Answers to operations, or to parts of them, that this driver never asks for. They mean that something other
	// than KMS answers, or a KMS that this version does not understand.
	"AlreadyExistsException":                         keysource.KMSUnreachable,
	"ConflictException":                              keysource.KMSUnreachable,
	"DryRunOperationException":                       keysource.KMSUnreachable,
	"ExpiredImportTokenException":                    keysource.KMSUnreachable,
	"InvalidGrantIdException":                        keysource.KMSUnreachable,
	"InvalidGrantTokenException":                     keysource.KMSUnreachable,
	"InvalidImportTokenException":                    keysource.KMSUnreachable,
	"InvalidMarkerException":                         keysource.KMSUnreachable,
	"KMSInvalidMacException":                         keysource.KMSUnreachable,
	"KMSInvalidSignatureException":                   keysource.KMSUnreachable,
	"MalformedPolicyDocumentException":               keysource.KMSUnreachable,
	"TagException":                                   keysource.KMSUnreachable,
	"MalformedPolicyDocument":                        keysource.KMSUnreachable,
	"PackedPolicyTooLarge":                           keysource.KMSUnreachable,
	"InvalidAuthorizationMessageException":           keysource.KMSUnreachable,
	"ExpiredTradeInTokenException":                   keysource.KMSUnreachable,
	"JWTPayloadSizeExceededException":                keysource.KMSUnreachable,
	"OutboundWebIdentityFederationDisabledException": keysource.KMSUnreachable,
	"SessionDurationEscalationException":             keysource.KMSUnreachable,
}

// codeKind looks a code up. The second result says whether it is known.
func codeKind(code string) (keysource.Kind, bool) {
	kind, known := codes[code]
	if !known {
		kind = keysource.KMSUnreachable
	}
	return kind, known
}
