package access

// OIDC is single sign-on by OpenID Connect.
type OIDC struct {
	Name             string        `yaml:"name"` // on the page; default: single sign-on
	Issuer           string        `yaml:"issuer"`
	ClientID         string        `yaml:"client_id"`
	ClientSecretFile string        `yaml:"client_secret_file"`
	RedirectURL      string        `yaml:"redirect_url"` // https://HOST/oidc/callback
	CAFile           string        `yaml:"ca_file"`      // of the issuer's certificate; default: the system's
	Scopes           []string      `yaml:"scopes"`       // besides openid
	NameClaim        string        `yaml:"name_claim"`   // default email, which must be verified
	RoleClaim        string        `yaml:"role_claim"`   // default groups
	Roles            []OIDCMapping `yaml:"roles"`
}

// OIDCMapping gives a role to whoever has the value in the claim.
type OIDCMapping struct {
	Value   string   `yaml:"value"`
	Role    Role     `yaml:"role"`
	Tenants []string `yaml:"tenants"` // of an officer
}
