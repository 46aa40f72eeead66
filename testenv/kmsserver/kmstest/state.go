package kmstest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// saved is what the state file holds: everything that a client could miss after a restart.
type saved struct {
	Keys       map[string]*key
	Aliases    map[string]string
	Identities map[string]*identity
	Roles      map[string]Role
	Denials    []Denial
}

// load reads the state file, if there is one.
func (s *Server) load() error {
	if s.stateFile == "" {
		return nil
	}
	data, err := os.ReadFile(s.stateFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("kmstest: state file: %w", err)
	}
	in := saved{Keys: s.keys, Aliases: s.aliases, Identities: s.identities, Roles: s.roles}
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("kmstest: state file %s: %w", s.stateFile, err)
	}
	s.denials = in.Denials
	return nil
}

// changed writes the state file after a change. The caller holds s.mu. A failure is kept for Close to report.
func (s *Server) changed() {
	if s.stateFile == "" {
		return
	}
	out := saved{Keys: s.keys, Aliases: s.aliases, Identities: s.identities, Roles: s.roles, Denials: s.denials}
	data, err := json.Marshal(out)
	if err == nil {
		err = replaceFile(s.stateFile, data)
	}
	s.saveErr = err
}

// replaceFile writes name so that it holds the old or the new content at any moment.
func replaceFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".kmstest-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
