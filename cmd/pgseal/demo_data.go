package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// The demo's database is that of a small legal-transactions product.
const demoSchema = `
CREATE TABLE matters (
	id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	title        varchar(200) NOT NULL,
	client_email text NOT NULL UNIQUE,
	value        numeric(14,2),
	closes_on    date,
	status       text NOT NULL DEFAULT 'open'
);
CREATE TABLE parties (
	id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id bigint NOT NULL REFERENCES matters,
	name      text NOT NULL,
	company   text
);
CREATE TABLE documents (
	id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id bigint NOT NULL REFERENCES matters,
	file_name text NOT NULL,
	terms     jsonb,
	content   bytea
);
CREATE TABLE users (
	id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	email       text NOT NULL UNIQUE,
	permissions text NOT NULL DEFAULT 'member'
);
INSERT INTO users (email, permissions) VALUES ('ada@example.org', 'admin'), ('ben@example.org', 'member');
`

const demoPolicy = `# What pgseal protects in the demo's database. Columns that are not listed are left alone.
version: 1
tables:
  public.matters:
    columns:
      title:        {mode: randomized}
      client_email: {mode: deterministic}                # equality search and UNIQUE go on working
      value:        {mode: randomized, type: "numeric(14,2)"}
      closes_on:    {mode: randomized, type: date}
  public.parties:
    columns:
      name:         {mode: randomized}
      company:      {mode: randomized}
  public.documents:
    columns:
      file_name:    {mode: randomized}
      terms:        {mode: randomized, type: jsonb}
      content:      {mode: randomized}
  public.users:
    columns:
      permissions:  {mode: plain, requires_key: [write]} # readable for ever, not to be changed without the key
`

type demoMatter struct {
	title, email, value, closes string
	party, company              string
	file, terms                 string
}

var demoMatters = []demoMatter{
	{"Project Heron: sale of Marsh & Sons", "counsel@marsh.example", "1250000.00", "2031-03-14", "Eleanor Marsh", "Marsh & Sons Ltd", "share-purchase.pdf", `{"escrow": true, "days": 30}`},
	{"Lease of Unit 4, Albion Dock", "estates@albion.example", "84000.50", "2030-09-01", "Tomas Albion", "Albion Dock plc", "lease.pdf", `{"years": 10}`},
	{"Series B of Kestrel Robotics", "legal@kestrel.example", "18000000.00", "2030-12-20", "Priya Raman", "Kestrel Robotics Inc", "term-sheet.pdf", `{"rounds": ["A", "B"]}`},
}

// insertDemoData writes the sample data as an application would, through pgseal.
func insertDemoData(ctx context.Context, conn *pgx.Conn) error {
	for i, m := range demoMatters {
		var id int64
		if err := conn.QueryRow(ctx, `INSERT INTO matters (title, client_email, value, closes_on) VALUES ($1, $2, $3, $4) RETURNING id`,
			m.title, m.email, m.value, m.closes).Scan(&id); err != nil {
			return fmt.Errorf("matter %d: %w", i+1, err)
		}
		if _, err := conn.Exec(ctx, `INSERT INTO parties (matter_id, name, company) VALUES ($1, $2, $3)`, id, m.party, m.company); err != nil {
			return fmt.Errorf("party %d: %w", i+1, err)
		}
		if _, err := conn.Exec(ctx, `INSERT INTO documents (matter_id, file_name, terms, content) VALUES ($1, $2, $3, $4)`,
			id, m.file, m.terms, []byte("%PDF-1.7 "+m.title)); err != nil {
			return fmt.Errorf("document %d: %w", i+1, err)
		}
	}
	return nil
}

// demoSecrets are pieces of plaintext that must not be found anywhere in the database.
func demoSecrets() []string {
	var all []string
	for _, m := range demoMatters {
		all = append(all, m.title, m.email, m.party, m.company, m.file)
	}
	return all
}
