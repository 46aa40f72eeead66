package awskms

import (
	"fmt"
	"regexp"
	"strings"
)

// InvalidError is a setting that cannot be right. Its text is one sentence for a person.
type InvalidError struct {
	What  string // "key ARN", "role ARN", ...
	Value string
	Why   string
}

func (e *InvalidError) Error() string { return fmt.Sprintf("%s %q: %s", e.What, e.Value, e.Why) }

// KeyARN is the name of a KMS key, or of an alias of one.
type KeyARN struct {
	Partition string // "aws", "aws-us-gov", ...
	Region    string
	Account   string // 12 digits
	Key       string // key id, or "" for an alias
	Alias     string // "alias/name", or ""
}

// String is the ARN.
func (a KeyARN) String() string {
	resource := a.Alias
	if resource == "" {
		resource = "key/" + a.Key
	}
	return "arn:" + a.Partition + ":kms:" + a.Region + ":" + a.Account + ":" + resource
}

// IsAlias says whether the ARN names an alias, which may be pointed to another key.
func (a KeyARN) IsAlias() bool { return a.Alias != "" }

const (
	keyARNForm  = "it should look like arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab or end in :alias/NAME"
	roleARNForm = "it should look like arn:aws:iam::111122223333:role/NAME"
	chinaReason = "AWS's China regions (partition aws-cn) are not supported: their KMS is a service of its own, run by other companies"
)

var (
	partitionForm  = regexp.MustCompile(`^aws(-[a-z]+)*$`)
	regionForm     = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$`)
	accountForm    = regexp.MustCompile(`^[0-9]{12}$`)
	keyIDForm      = regexp.MustCompile(`^[0-9a-zA-Z-]{1,128}$`)
	aliasForm      = regexp.MustCompile(`^alias/[0-9a-zA-Z/_-]{1,250}$`)
	roleForm       = regexp.MustCompile(`^role/([!-~]{1,510}/)?[0-9a-zA-Z+=,.@_-]{1,64}$`)
	externalIDForm = regexp.MustCompile(`^[0-9a-zA-Z+=,.@:/_-]+$`)
)

// ParseKeyARN reads the ARN of a key or of an alias. Errors are *InvalidError.
func ParseKeyARN(text string) (KeyARN, error) {
	bad := func(why string) (KeyARN, error) {
		return KeyARN{}, &InvalidError{What: "key ARN", Value: text, Why: why}
	}
	parts := strings.SplitN(text, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" {
		return bad(keyARNForm)
	}
	a := KeyARN{Partition: parts[1], Region: parts[3], Account: parts[4]}
	resource := parts[5]
	switch {
	case isChina(a.Partition, a.Region):
		return bad(chinaReason)
	case parts[2] != "kms":
		return bad(fmt.Sprintf("it belongs to the service %q, not to kms; %s", parts[2], keyARNForm))
	case !partitionForm.MatchString(a.Partition):
		return bad(fmt.Sprintf("%q is not an AWS partition; %s", a.Partition, keyARNForm))
	case !regionForm.MatchString(a.Region):
		return bad(fmt.Sprintf("%q is not an AWS region; %s", a.Region, keyARNForm))
	case !accountForm.MatchString(a.Account):
		return bad(fmt.Sprintf("%q is not an AWS account of 12 digits; %s", a.Account, keyARNForm))
	case strings.HasPrefix(resource, "alias/aws/"):
		return bad("it is a key that AWS manages; a customer master key must be the customer's own")
	case aliasForm.MatchString(resource):
		a.Alias = resource
		return a, nil
	}
	id, ok := strings.CutPrefix(resource, "key/")
	if !ok || !keyIDForm.MatchString(id) {
		return bad(fmt.Sprintf("%q names neither a key nor an alias; %s", resource, keyARNForm))
	}
	a.Key = id
	return a, nil
}

// CheckRoleARN says what is wrong with the ARN of a role to be assumed, as *InvalidError.
func CheckRoleARN(text string) error {
	bad := func(why string) error { return &InvalidError{What: "role ARN", Value: text, Why: why} }
	parts := strings.SplitN(text, ":", 6)
	switch {
	case len(parts) != 6 || parts[0] != "arn":
		return bad(roleARNForm)
	case isChina(parts[1], ""):
		return bad(chinaReason)
	case parts[2] != "iam" || parts[3] != "" || !partitionForm.MatchString(parts[1]) ||
		!accountForm.MatchString(parts[4]) || !roleForm.MatchString(parts[5]):
		return bad(roleARNForm)
	}
	return nil
}

// CheckRegion says what is wrong with the name of a Region, as *InvalidError.
func CheckRegion(text string) error {
	switch {
	case !regionForm.MatchString(text):
		return &InvalidError{What: "region", Value: text, Why: "it should look like eu-central-1"}
	case isChina("", text):
		return &InvalidError{What: "region", Value: text, Why: chinaReason}
	}
	return nil
}

// CheckExternalID says what is wrong with an external id, as *InvalidError. The rule is that of STS AssumeRole.
func CheckExternalID(text string) error {
	if n := len(text); n >= 2 && n <= 1224 && externalIDForm.MatchString(text) {
		return nil
	}
	return &InvalidError{What: "external id", Value: text, Why: "it must have 2 to 1224 letters, digits or characters of +=,.@:/-_"}
}

// isChina tells AWS China by partition or by region: the SDK finds the endpoint by the region alone.
func isChina(partition, region string) bool {
	return strings.EqualFold(partition, "aws-cn") || strings.HasPrefix(strings.ToLower(region), "cn-")
}
