package clients

import "strings"

// Marker is part of every text that a client writes into a sealed column,
// MailMarker of every address. Neither occurs in anything that is not sealed,
// so that a test can look for them where no plaintext may be.
const (
	Marker     = "privileged: "
	MailMarker = "@sealed.example"
)

// Form is how the sealed columns are declared.
type Form int

const (
	// Logical is a database without encryption: columns have the types that the
	// application sees.
	Logical Form = iota
	// Sealed is the database behind the proxy: text stays text (it holds armour),
	// other types are bytea.
	Sealed
)

// tables, with the types of sealed columns in place of which a Sealed database
// has bytea (or text) written as logical|physical.
const tables = `
create table matters (
	id           bigint primary key,
	title        text,
	client_email text unique,
	value        <numeric|bytea>,
	note         text
);
create table kinds (
	id     integer primary key,
	code   <varchar(20)|text>,
	raw    bytea,
	small  <smallint|bytea>,
	number <integer|bytea>,
	big    <bigint|bytea>,
	amount <numeric(12,2)|bytea>,
	flag   <boolean|bytea>,
	day    <date|bytea>,
	moment <timestamptz|bytea>,
	ref    <uuid|bytea>,
	doc    <jsonb|bytea>
);
create table ledger (
	id     bigint primary key,
	amount numeric not null check (amount >= 0),
	entry  text
);
`

// Schema is the SQL that creates the tables of the clients.
func Schema(form Form) string {
	var sql strings.Builder
	rest := tables
	for {
		before, after, found := strings.Cut(rest, "<")
		sql.WriteString(before)
		if !found {
			return sql.String()
		}
		types, after, _ := strings.Cut(after, ">")
		logical, physical, _ := strings.Cut(types, "|")
		if form == Logical {
			sql.WriteString(logical)
		} else {
			sql.WriteString(physical)
		}
		rest = after
	}
}

// Policy is the column policy that goes with a Sealed schema. Table ledger is
// not in it.
const Policy = `version: 1
tables:
  public.matters:
    columns:
      title:        {mode: randomized}
      client_email: {mode: deterministic}
      value:        {mode: randomized, type: numeric}
  public.kinds:
    columns:
      code:   {mode: randomized, type: varchar(20)}
      raw:    {mode: randomized, type: bytea}
      small:  {mode: randomized, type: smallint}
      number: {mode: deterministic, type: integer}
      big:    {mode: randomized, type: bigint}
      amount: {mode: deterministic, type: "numeric(12,2)"}
      flag:   {mode: randomized, type: boolean}
      day:    {mode: deterministic, type: date}
      moment: {mode: deterministic, type: timestamptz}
      ref:    {mode: deterministic, type: uuid}
      doc:    {mode: randomized, type: jsonb}
`
