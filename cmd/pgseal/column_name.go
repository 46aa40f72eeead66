package main

import (
	"strings"

	"github.com/urfave/cli/v2"
)

// splitColumn takes SCHEMA.TABLE.COLUMN apart, each as the policy writes it or in double quotes as psql does; the schema is public if it is not named.
func splitColumn(c *cli.Context, text string) (schema, table, column string, err error) {
	parts, ok := splitName(text)
	if len(parts) == 2 {
		parts = append([]string{"public"}, parts...)
	}
	if !ok || len(parts) != 3 {
		return "", "", "", usagef(c, "%q names no column: SCHEMA.TABLE.COLUMN", text)
	}
	return parts[0], parts[1], parts[2], nil
}

// splitName splits a name at its dots; a part in double quotes holds what is between them, two of them standing for one.
func splitName(text string) (parts []string, ok bool) {
	for {
		part, rest, last := text, "", true
		if strings.HasPrefix(text, `"`) {
			var closed bool
			if part, rest, closed = unquote(text[1:]); !closed || rest != "" && rest[0] != '.' {
				return nil, false
			}
			if last = rest == ""; !last {
				rest = rest[1:]
			}
		} else if before, after, found := strings.Cut(text, "."); found {
			part, rest, last = before, after, false
		}
		if part == "" {
			return nil, false
		}
		if parts = append(parts, part); last {
			return parts, true
		}
		text = rest
	}
}

// unquote gives what is before the closing quote, and behind it.
func unquote(text string) (part, rest string, closed bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			i++
			b.WriteByte('"')
			continue
		}
		return b.String(), text[i+1:], true
	}
	return "", "", false
}
