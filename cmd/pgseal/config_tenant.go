package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"regexp"

	"github.com/legatics/pgseal/proxy"
)

// tenantConfig says whose a session is.
type tenantConfig struct {
	Fixed        string                    `yaml:"fixed"`
	By           string                    `yaml:"by"`           // database, role, certificate or setting
	Setting      string                    `yaml:"setting"`      // by setting; empty: defaultSetting
	Certificates []tenantCertificateConfig `yaml:"certificates"` // by certificate; none: its common name is the tenant's
}

// tenantCertificateConfig gives the clients with a certificate a tenant.
type tenantCertificateConfig struct {
	CN     string `yaml:"cn"`
	SAN    string `yaml:"san"`
	Tenant string `yaml:"tenant"`
}

const defaultSetting = "pgseal.tenant"

// settingName is what the server takes for the name of a setting that it does not know; reservedPrefix are words that mean something else in SET.
var (
	settingName    = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_$]*\.[A-Za-z_][A-Za-z0-9_$]*$`)
	reservedPrefix = regexp.MustCompile(`^(?i:session|local|time)\.`)
)

func (t tenantConfig) validate(c *config) error {
	switch {
	case (t.Fixed == "") == (t.By == ""):
		return errors.New("tenant: say either fixed: NAME or by: database | role | certificate | setting")
	case t.Setting != "" && t.By != "setting":
		return errors.New("tenant.setting: it is for by: setting")
	case len(t.Certificates) > 0 && t.By != "certificate":
		return errors.New("tenant.certificates: they are for by: certificate")
	case t.Fixed != "":
		return nil
	case t.By == "certificate":
		return t.validateCertificates(c)
	case t.By == "setting" && (!settingName.MatchString(t.setting()) || reservedPrefix.MatchString(t.setting())):
		return fmt.Errorf("tenant.setting: %q is no name of a setting of an application's own, which has a dot in it, as %s", t.Setting, defaultSetting)
	case t.By == "setting" && len(t.setting()) > maxSetting:
		return fmt.Errorf("tenant.setting: it is longer than %d bytes", maxSetting)
	}
	return oneOf("tenant.by", t.By, "database", "role", "certificate", "setting")
}

const maxSetting = 63

func (t tenantConfig) validateCertificates(c *config) error {
	if c.ClientTLS.mode() == "disable" || c.ClientTLS.CA == "" {
		return errors.New("tenant.by: certificate needs client_tls with the ca of the clients' certificates, or they are not verified")
	}
	for i, rule := range t.Certificates {
		if (rule.CN == "") == (rule.SAN == "") || rule.Tenant == "" {
			return fmt.Errorf("tenant.certificates: number %d needs either cn or san, and a tenant", i+1)
		}
	}
	return nil
}

// setting is the setting that names the tenant; empty where none does.
func (t tenantConfig) setting() string {
	switch {
	case t.By != "setting":
		return ""
	case t.Setting == "":
		return defaultSetting
	}
	return t.Setting
}

// several tells that sessions of more than one tenant use the database.
func (t tenantConfig) several() bool {
	return t.By == "role" || t.By == "certificate" || t.By == "setting"
}

// Tenant implements proxy.TenantRule.
func (t tenantConfig) Tenant(user, database string) string {
	switch t.By {
	case "database":
		return database
	case "role":
		return user
	}
	return t.Fixed
}

// byCertificate finds the tenant of a verified certificate; nil where certificates name none.
func (t tenantConfig) byCertificate() func(*x509.Certificate) string {
	if t.By != "certificate" {
		return nil
	}
	return func(c *x509.Certificate) string {
		if len(t.Certificates) == 0 {
			return c.Subject.CommonName
		}
		for _, rule := range t.Certificates {
			if (proxy.CertificateRule{CommonName: rule.CN, Name: rule.SAN}).Matches(c) {
				return rule.Tenant
			}
		}
		return ""
	}
}
