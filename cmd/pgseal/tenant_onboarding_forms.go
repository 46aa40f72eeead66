package main

func onboardingForms() map[string]string {
	return map[string]string{"text": textForm, "policy": policyForm, "grant": grantForm, "terraform": terraformForm, "cloudformation": cloudformationForm}
}

// policyForm is a statement of a key policy: the least that pgseal needs, bound to what it encrypts with every request.
const policyForm = `{
  "Sid": "pgseal",
  "Effect": "Allow",
  "Principal": {"AWS": "{{.Principal}}"},
  "Action": [{{range $i, $a := .Actions}}"{{$a}}"{{if not (last $i $.Actions)}}, {{end}}{{end}}],
  "Resource": "*",
  "Condition": {
    {{- if .ID}}
    "StringEqualsIfExists": {"kms:EncryptionContext:pgseal:tenant": "{{.ID}}"}
    {{- else}}
    "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["pgseal:tenant", "pgseal:key-id", "pgseal:purpose"]}
    {{- end}}
  }
}
`

const grantForm = `aws kms create-grant --region {{.Region}} --key-id KEY-ID \
  --grantee-principal {{.Principal}} \
  --operations GenerateDataKey Decrypt DescribeKey Encrypt ReEncryptFrom ReEncryptTo
{{- if .ID}} \
  --constraints EncryptionContextSubset={pgseal:tenant={{.ID}}}
{{- end}}
`

const terraformForm = `resource "aws_kms_key" "pgseal" {
  description             = "wraps the data key of {{hcl .Tenant}} in pgseal"
  key_usage               = "ENCRYPT_DECRYPT"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "pgseal" {
  name          = "alias/pgseal"
  target_key_id = aws_kms_key.pgseal.key_id
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key_policy" "pgseal" {
  key_id = aws_kms_key.pgseal.key_id
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "account",
          "Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"},
          "Action": "kms:*",
          "Resource": "*"
        },
        {{indent 8 policy}}
      ]
    }
  JSON
}

output "pgseal_key_arn" { value = aws_kms_key.pgseal.arn }
`

const cloudformationForm = `{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Description": "The key that wraps the data key of {{json .Tenant}} in pgseal",
  "Resources": {
    "PgsealKey": {
      "Type": "AWS::KMS::Key",
      "DeletionPolicy": "Retain",
      "Properties": {
        "KeyUsage": "ENCRYPT_DECRYPT",
        "EnableKeyRotation": true,
        "PendingWindowInDays": 30,
        "KeyPolicy": {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "account",
              "Effect": "Allow",
              "Principal": {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}},
              "Action": "kms:*",
              "Resource": "*"
            },
            {{indent 12 policy}}
          ]
        }
      }
    }
  },
  "Outputs": {"KeyARN": {"Value": {"Fn::GetAtt": ["PgsealKey", "Arn"]}}}
}
`

const textForm = `BRING YOUR OWN KEY: {{.Tenant}}

1. Make a key in your own AWS account
   Symmetric, for encryption and decryption (ENCRYPT_DECRYPT), of a single Region, best in {{.Region}}, where pgseal asks for it; another Region works and is slower.
   Asymmetric, HMAC and multi-Region keys, and the China Regions, are not taken. The material may be AWS's, imported, or of an external key store.

2. Let pgseal use it
   Add this statement to the key's policy (or see --format grant, terraform, cloudformation):

   {{indent 3 policy}}

   pgseal asks as {{.Principal}} (account {{.Account}}).{{if .ID}}
   Every request carries the encryption context pgseal:tenant = {{.ID}}; the condition admits no other tenant's.{{else}}
   Every request carries an encryption context; once the tenant is there, this sheet narrows the condition to it.{{end}}
   If you would rather have a role of your own assumed, let its trust policy demand the external id

      {{.ExternalID}}

3. Give us
   the ARN of the key or of an alias of it, and that of the role if you made one.
   We then run:  pgseal tenant add {{shell .Tenant}} --provider aws-kms --key ARN [--role-arn ARN --external-id {{shell .ExternalID}}]

What you will see
   CloudTrail has each use, with the encryption context: GenerateDataKey once, Decrypt at rotations and, by each proxy, when about three quarters of the cache time
   ({{.CacheTime}}) are over while your data are in use, ReEncrypt at rotations; and, without the context, DescribeKey about hourly, which tells of rotations of yours.

What a withdrawal does
   Disable the key, schedule its deletion, revoke the grant or change its policy: pgseal learns it when it next asks, at the latest when the cache time is over, and from then
   on no value is opened or sealed. Statements that need the key fail with an error that says so; everything else goes on. Give it back, and the data are back by themselves.
   What was read before is out of reach of any key. Backups need the key of their time.

Rotation
   AWS may rotate the key by itself: older data keep opening. pgseal key rotate wraps the data key anew under the new material. Never delete a key that was used before: backups
   of its time hang on it.
`
