package main

import (
	"fmt"
	"strings"
)

type awsConfig struct {
	Endpoint         string `yaml:"endpoint"`          // of KMS and STS: a VPC endpoint, FIPS, an emulator
	STSEndpoint      string `yaml:"sts_endpoint"`      // of STS, where it is another one
	InstanceMetadata bool   `yaml:"instance_metadata"` // look for credentials there
}

// validate refuses, in production, what a trial against a KMS test server may have left behind: answers of KMS carry data keys. What else is wrong with an
// endpoint the driver says.
func (a awsConfig) validate(production bool) error {
	for _, e := range []struct{ key, url string }{{"endpoint", a.Endpoint}, {"sts_endpoint", a.STSEndpoint}} {
		if production && strings.HasPrefix(strings.ToLower(e.url), "http:") {
			return fmt.Errorf("keys.aws.%s: %s is plain http, which is for trials: in production KMS is asked over https alone. "+
				"Name a VPC endpoint's https:// address, leave the key out for AWS's own, or set environment: development", e.key, e.url)
		}
	}
	return nil
}
