package main

import (
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
)

// part is a module that the program has code of.
type part struct {
	path, version, sum string
	licences           []string // files
	dir                string
}

// modulesOf reads them from the program itself, and finds their files where the go command keeps them.
func modulesOf(ctx context.Context, binary string) ([]part, error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	args := []string{"list", "-m", "-json"}
	for _, m := range info.Deps {
		args = append(args, m.Path)
	}
	out, err := output(exec.CommandContext(ctx, "go", args...))
	if err != nil {
		return nil, err
	}
	dirs := map[string]string{}
	for d := json.NewDecoder(strings.NewReader(out)); ; {
		var m struct{ Path, Dir string }
		if err := d.Decode(&m); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		dirs[m.Path] = m.Dir
	}
	var all []part
	for _, m := range info.Deps {
		p, err := partOf(m, dirs[m.Path])
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	goLicence, err := output(exec.CommandContext(ctx, "go", "env", "GOROOT"))
	if err != nil {
		return nil, err
	}
	p, err := partOf(&debug.Module{Path: "std", Version: info.GoVersion}, goLicence)
	return append(all, p), err
}

var licenceName = regexp.MustCompile(`(?i)^((un)?licen[cs]e|copying|copyright|notice|patents)([.-].*)?$`)

func partOf(m *debug.Module, dir string) (part, error) {
	if m.Replace != nil {
		m = m.Replace
	}
	p := part{path: m.Path, version: m.Version, sum: m.Sum, dir: dir}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return p, fmt.Errorf("%s: %w", m.Path, err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() && licenceName.MatchString(e.Name()) {
			p.licences = append(p.licences, e.Name())
		}
	}
	if len(p.licences) == 0 { // a module that is part of a repository has its licence at the top of that
		return p, fmt.Errorf("%s has no licence that could be shipped with it", m.Path)
	}
	slices.Sort(p.licences)
	return p, nil
}

// copyLicences lays the licences of all modules into a folder, each below its module's path.
func copyLicences(to string, parts []part) error {
	for _, p := range parts {
		for _, name := range p.licences {
			if err := copyFile(filepath.Join(p.dir, name), filepath.Join(to, filepath.FromSlash(p.path), name), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
