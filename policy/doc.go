// Package policy reads and checks the policy file: which tables and columns are protected, and how.
//
//	version: 1
//	unknown_functions: allow
//	tables:
//	  public.matters:
//	    requires_key: [read, write]
//	    acknowledge_triggers: [touch_updated_at]
//	    columns:
//	      title:        {mode: randomized}
//	      client_email: {mode: deterministic, normalize: [trim, lower], domain: email}
//	      opponent:     {mode: deterministic, state: observe}     # listed, and not in force: see Policy.Enforced
//	      value:        {mode: randomized, type: numeric, pad: 16}
//	  public.users:
//	    columns:
//	      permissions:  {mode: plain, requires_key: [write]}
//
// The file is strict: an unknown key, a key given twice, a value of the wrong type or a name that can mean two things is
// an error that tells file, line, column and the nearest valid name. Anchors, aliases, tags and second documents are not
// part of the format. A key whose promise this version cannot keep is refused, never ignored.
//
// Names are written as the catalogue spells them, upper and lower case included; nothing is folded. Only a table name
// whose schema or table holds a dot or a double quote needs SQL's double quotes around that part.
//
// A policy goes through three steps:
//
//	Load      bytes -> Policy          what one file can tell by itself; a wrong file gives Errors
//	Validate  Policy, Database -> []Problem   what the live catalogue makes of it; each problem names its object
//	Hash      Policy -> 32 bytes       the same for two files that mean the same
//
// Database is a plain model of the live catalogue, filled by whoever can read one. The package knows names, types and
// modes; it runs no SQL and holds no keys. A Policy is immutable once loaded and may be shared between goroutines.
package policy
