package app

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/crypto/bcrypt"
)

// Schema makes the application's tables; Policy is what pgseal protects in them.
var (
	//go:embed schema.sql
	Schema string
	//go:embed policy.yaml
	Policy string
)

// SampleMatter is a matter of the sample data, with its first party and document.
type SampleMatter struct{ Title, Email, Value, Closes, Party, Company, File, Terms, About string }

// SampleMatters are the matters that Fill writes.
func SampleMatters() []SampleMatter {
	return []SampleMatter{
		{"Project Heron: sale of Marsh & Sons", "counsel@marsh.example", "1250000.00", "2031-03-14", "Eleanor Marsh", "Marsh & Sons Ltd", "share-purchase.pdf", `{"escrow": true, "days": 30}`,
			"The family sells all shares. Signing and completion on the same day."},
		{"Lease of Unit 4, Albion Dock", "estates@albion.example", "84000.50", "2030-09-01", "Tomas Albion", "Albion Dock plc", "lease.pdf", `{"years": 10}`,
			"Ten years, with a break after five. The landlord pays for the new crane."},
		{"Series B of Kestrel Robotics", "legal@kestrel.example", "18000000.00", "2030-12-20", "Priya Raman", "Kestrel Robotics Inc", "term-sheet.pdf", `{"rounds": ["A", "B"]}`,
			"Three investors. The term sheet is signed; due diligence runs until November."},
	}
}

// Person is somebody of the sample data.
type Person struct {
	Email, Name, Kind, Permissions string
	SSO                            bool
	matters                        int // the first of them
}

// People are those who may log in after Fill.
func People() []Person {
	return []Person{
		{"ada@example.org", "Ada Brandt", "member", "admin", false, 3},
		{"ben@example.org", "Ben Okafor", "member", "member", true, 3},
		{"cleo@example.org", "Cleo Martin", "member", "member", false, 2},
		{"gus@client.example", "Gus Marsh", "guest", "guest", false, 1},
	}
}

// Fill writes the sample data as the application would, through pgseal. Everybody in it has the password.
func Fill(ctx context.Context, conn *pgx.Conn, password string) error {
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	if err != nil {
		return err
	}
	var matters []int64
	for i, m := range SampleMatters() {
		id, err := fillMatter(ctx, conn, m)
		if err != nil {
			return fmt.Errorf("matter %d: %w", i+1, err)
		}
		matters = append(matters, id)
	}
	for i, p := range People() {
		if err := fillPerson(ctx, conn, p, string(hash), matters[:p.matters]); err != nil {
			return fmt.Errorf("person %d: %w", i+1, err)
		}
	}
	for _, c := range [][2]string{
		{"Confidentiality", "Each party keeps what it learns of the other to itself for five years."},
		{"Governing law", "This agreement is governed by the law of the place of completion."},
	} {
		if _, err := conn.Exec(ctx, "INSERT INTO clauses (name, words) VALUES ($1, $2)", c[0], c[1]); err != nil {
			return fmt.Errorf("clauses: %w", err)
		}
	}
	_, err = conn.Exec(ctx, `INSERT INTO resources (name, about) VALUES ('Getting started', 'A tour of the deal room in ten minutes.'), ('Your organisation''s key', 'What your security officer can do, and what you see then.')`)
	return err
}

func fillMatter(ctx context.Context, conn *pgx.Conn, m SampleMatter) (id int64, err error) {
	if err := conn.QueryRow(ctx, `INSERT INTO matters (title, client, client_email, description, value, closes_on) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		m.Title, m.Company, m.Email, m.About, m.Value, m.Closes).Scan(&id); err != nil {
		return 0, err
	}
	if _, err := conn.Exec(ctx, `INSERT INTO parties (matter_id, name, company) VALUES ($1, $2, $3)`, id, m.Party, m.Company); err != nil {
		return 0, fmt.Errorf("its party: %w", err)
	}
	_, err = conn.Exec(ctx, `INSERT INTO documents (matter_id, file_name, terms, content) VALUES ($1, $2, $3, $4)`, id, m.File, m.Terms, []byte("%PDF-1.7 "+m.Title))
	return id, err
}

func fillPerson(ctx context.Context, conn *pgx.Conn, p Person, hash string, matters []int64) error {
	var subject *string
	if p.SSO {
		s := subjectOf(p.Email)
		subject = &s
	}
	var id int64
	if err := conn.QueryRow(ctx, `INSERT INTO users (email, name, kind, permissions, password_hash, sso, sso_subject) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		p.Email, p.Name, p.Kind, p.Permissions, hash, p.SSO, subject).Scan(&id); err != nil {
		return err
	}
	for _, m := range matters {
		if _, err := conn.Exec(ctx, "INSERT INTO matter_members (matter_id, user_id) VALUES ($1, $2)", m, id); err != nil {
			return err
		}
	}
	return nil
}
