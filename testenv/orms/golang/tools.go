//go:build tools

// Package golang holds the programs on Go's data layers; they are a module of their own, so that pgseal does not depend on what they need.
package golang

import _ "entgo.io/ent/cmd/ent" // generates withent/ent
