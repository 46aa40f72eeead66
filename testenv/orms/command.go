package orms

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// command makes the command that runs a framework's program: what is schema or work, target a postgres:// URL.
type command func(ctx context.Context, p place, what, target string) (*exec.Cmd, error)

// perRun bounds one run of a program.
const perRun = 3 * time.Minute

// place is where programs are built, once each.
type place struct {
	dir string
}

// inPython runs a program with the system's Python, which is the one that Debian's packages serve.
func inPython(file string, args ...string) command {
	return func(ctx context.Context, _ place, what, target string) (*exec.Cmd, error) {
		cmd := exec.CommandContext(ctx, "/usr/bin/python3", append([]string{"-B", "python/" + file, target, what}, args...)...)
		cmd.Env = []string{"PYTHONUTF8=1"}
		return cmd, nil
	}
}

// inRuby runs a program with the system's Ruby.
func inRuby(file string) command {
	return func(ctx context.Context, _ place, what, target string) (*exec.Cmd, error) {
		cmd := exec.CommandContext(ctx, "/usr/bin/ruby", "ruby/"+file, target, what)
		cmd.Env = []string{"RUBYOPT=-W0"}
		return cmd, nil
	}
}

// inNode runs a program with a set of modules of .ci/node-modules.
func inNode(file, set string) command {
	return func(ctx context.Context, _ place, what, target string) (*exec.Cmd, error) {
		modules, err := output(exec.CommandContext(ctx, "../../.ci/node-modules", set))
		if err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, "node", "node/"+file, target, what)
		cmd.Env = []string{"NODE_PATH=" + modules}
		return cmd, nil
	}
}

// inPrisma runs the program on a client that is generated here.
func inPrisma(ctx context.Context, p place, what, target string) (*exec.Cmd, error) {
	modules, err := output(exec.CommandContext(ctx, "../../.ci/node-modules", "prisma"))
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(p.dir, "prisma")
	if _, err := os.Stat(dir); err != nil {
		if err := generatePrisma(ctx, dir, modules); err != nil {
			return nil, err
		}
	}
	cmd := exec.CommandContext(ctx, "node", "node/with_prisma.js", target, what)
	cmd.Env = []string{"NODE_PATH=" + modules, "LEGAL_CLIENT=" + filepath.Join(dir, "client")}
	return cmd, nil
}

func generatePrisma(ctx context.Context, dir, modules string) error {
	schema, err := os.ReadFile("node/schema.prisma")
	if err != nil {
		return err
	}
	err = errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(filepath.Join(dir, "schema.prisma"), schema, 0o600),
		os.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"private": true}`), 0o600), os.Symlink(modules, filepath.Join(dir, "node_modules")))
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "node", "node_modules/prisma/build/index.js", "generate", "--schema", "schema.prisma")
	cmd.Dir = dir
	// Generating needs no schema engine, but would download one if it were not told of any.
	cmd.Env = append(os.Environ(), "PRISMA_SCHEMA_ENGINE_BINARY=/bin/true", "PRISMA_HIDE_UPDATE_MESSAGE=1", "CHECKPOINT_DISABLE=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("prisma generate: %w\n%s", err, out)
	}
	return nil
}

// inGo builds and runs a command of the module in folder golang.
func inGo(name string) command {
	return func(ctx context.Context, p place, what, target string) (*exec.Cmd, error) {
		binary := filepath.Join(p.dir, name)
		if _, err := os.Stat(binary); err != nil {
			if err := p.build(ctx, name, binary); err != nil {
				return nil, err
			}
		}
		return exec.CommandContext(ctx, binary, target, what), nil
	}
}

// build builds a command of the module in a copy of it, where code can be generated.
func (p place) build(ctx context.Context, name, binary string) error {
	module := filepath.Join(p.dir, "module-"+name)
	if err := os.CopyFS(module, os.DirFS("golang")); err != nil {
		return err
	}
	steps := [][]string{{"build", "-o", binary, "./" + name}}
	if name == "withent" {
		steps = append([][]string{{"run", "entgo.io/ent/cmd/ent", "generate", "--feature", "sql/upsert", "./withent/ent/schema"}}, steps...)
	}
	for _, args := range steps {
		cmd := exec.CommandContext(ctx, "go", args...)
		cmd.Dir = module
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	return nil
}

// jars are those of Debian's packages libeclipselink-java and libpostgresql-jdbc-java, and what they need.
const jars = "/usr/share/java/eclipselink.jar:/usr/share/java/eclipselink-jpa-2.1-spec.jar:/usr/share/java/org.eclipse.persistence.jpa.jpql.jar:" +
	"/usr/share/java/geronimo-jta-1.2-spec.jar:/usr/share/java/javax.json.jar:/usr/share/java/postgresql.jar"

// inJava compiles and runs the program in folder java.
func inJava(provider string) command {
	return func(ctx context.Context, p place, what, target string) (*exec.Cmd, error) {
		classes := filepath.Join(p.dir, "classes")
		if _, err := os.Stat(classes); err != nil {
			if err := os.CopyFS(classes, os.DirFS("java")); err != nil {
				return nil, err
			}
			sources, _ := filepath.Glob(filepath.Join(classes, "*.java"))
			args := append([]string{"-encoding", "UTF-8", "-d", classes, "-cp", jars}, sources...)
			if out, err := exec.CommandContext(ctx, "javac", args...).CombinedOutput(); err != nil {
				return nil, fmt.Errorf("javac: %w\n%s", err, out)
			}
		}
		u, err := url.Parse(target)
		if err != nil {
			return nil, err
		}
		password, _ := u.User.Password()
		// jsonb is written as a string: the server is to find out its type.
		address := "jdbc:postgresql://" + u.Host + u.Path + "?sslmode=disable&stringtype=unspecified"
		cmd := exec.CommandContext(ctx, "java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp", classes+":"+jars, "JPA",
			address, u.User.Username(), password, what, provider)
		return cmd, nil
	}
}

// output is what a command prints, without the line break.
func output(cmd *exec.Cmd) (string, error) {
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", filepath.Base(cmd.Path), err)
	}
	return strings.TrimSpace(string(out)), nil
}
