package awskms

import (
	"context"
	"errors"
	"net"

	"github.com/aws/smithy-go"

	"github.com/legatics/pgseal/keysource"
)

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
