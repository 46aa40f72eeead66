package awskms

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/legatics/pgseal/keysource"
)

// checkCredentials gets the credentials that the key is asked for with, and asks STS whose they are, which needs no permission. That STS does not say
// is no obstacle.
func (w *Wrapper) checkCredentials(ctx context.Context, spec keysource.KeySpec) Finding {
	f := Finding{What: "AWS credentials", For: "asking at all", Needed: true}
	if spec.RoleARN != "" {
		f = Finding{What: "sts:AssumeRole", For: "asking as " + spec.RoleARN, Needed: true, Principal: spec.RoleARN}
	}
	began := time.Now()
	ctx, c, err := w.begin(ctx, keysource.OpProbe, spec)
	if err != nil {
		f.Err = err
		return f
	}
	defer c.end()
	credentials := c.client.kms.Options().Credentials
	if _, err := credentials.Retrieve(ctx); err != nil {
		f.Err = c.fail(ctx, err)
	}
	f.Took = time.Since(began)
	if f.Err != nil {
		return f
	}
	client := c.env.newSTS(c.key.Region, w.options)
	if checkBase(client.Options().BaseEndpoint, w.options) != nil {
		return f
	}
	if out, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}, func(o *sts.Options) { o.Credentials = credentials }); err == nil {
		f.Note = "asked as " + aws.ToString(out.Arn)
		if f.Principal == "" {
			f.Principal = aws.ToString(out.Arn)
		}
	}
	return f
}

// checkRegion tells of a key that is far from pgseal; ok is false where the environment does not say where pgseal is, or they are not apart.
func (w *Wrapper) checkRegion(ctx context.Context, spec keysource.KeySpec) (f Finding, ok bool) {
	key, err := ParseKeyARN(spec.KeyARN)
	if err != nil {
		return f, false
	}
	env, err := w.environment(ctx)
	if err != nil || env.config.Region == "" || env.config.Region == key.Region {
		return f, false
	}
	return Finding{What: "a key in pgseal's Region", For: "short waits when it is asked for", Note: fmt.Sprintf(
		"it is in %s, pgseal in %s: each request of it takes longer, and an outage of either stops it", key.Region, env.config.Region)}, true
}
