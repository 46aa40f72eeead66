package orms

import "github.com/legatics/pgseal/testenv/clients"

// policy goes with the tables that every program makes. What is not in it is plain: matters has a reference, a status and a version, parties a role.
const policy = `version: 1
tables:
  public.matters:
    columns:
      title:        {mode: randomized}
      client_email: {mode: deterministic, normalize: [trim, lower], domain: email}
      value:        {mode: randomized, type: "numeric(14,2)"}
      opened:       {mode: deterministic, type: date}
      confidential: {mode: deterministic, type: boolean}
      notes:        {mode: randomized, type: jsonb}
  public.parties:
    columns:
      name:         {mode: randomized}
      email:        {mode: deterministic, normalize: [trim, lower], domain: email}
`

// canaries are parts of every text that a program writes into a sealed column.
var canaries = []string{clients.Marker, clients.MailMarker}
