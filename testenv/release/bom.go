package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

// The parts of CycloneDX 1.6 that are written: https://cyclonedx.org/docs/1.6/json/
type bomDocument struct {
	Format     string         `json:"bomFormat"`
	Spec       string         `json:"specVersion"`
	Version    int            `json:"version"`
	Metadata   bomMetadata    `json:"metadata"`
	Components []bomComponent `json:"components"`
}

type bomMetadata struct {
	Timestamp string       `json:"timestamp"`
	Component bomComponent `json:"component"`
}

type bomComponent struct {
	Ref     string    `json:"bom-ref"`
	Type    string    `json:"type"`
	Name    string    `json:"name"`
	Version string    `json:"version"`
	URL     string    `json:"purl,omitempty"`
	Hashes  []bomHash `json:"hashes,omitempty"`
}

type bomHash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

// bom lists what the program is made of.
func bom(s stamp, arch, binary string, parts []part) ([]byte, error) {
	program, err := os.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(program)
	d := bomDocument{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: bomMetadata{Timestamp: s.at().Format(time.RFC3339),
		Component: bomComponent{Ref: "pgseal-" + arch, Type: "application", Name: "pgseal", Version: s.version, Hashes: []bomHash{{"SHA-256", hex.EncodeToString(sum[:])}}}}}
	for _, p := range parts {
		c := bomComponent{Type: "library", Name: p.path, Version: p.version, URL: "pkg:golang/" + p.path + "@" + strings.ReplaceAll(p.version, "+", "%2B")}
		c.Ref = c.URL
		// The go command's own checksum is of a list of the module's files: no hash of one file, but what go.sum and its checksum database have.
		if sum, ok := strings.CutPrefix(p.sum, "h1:"); ok {
			raw, err := base64.StdEncoding.DecodeString(sum)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.path, err)
			}
			c.Hashes = []bomHash{{"SHA-256", hex.EncodeToString(raw)}}
		}
		d.Components = append(d.Components, c)
	}
	text, err := json.MarshalIndent(d, "", "  ")
	return append(text, '\n'), err
}
