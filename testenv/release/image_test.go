package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// assembled is an image with its root file system.
type assembled struct {
	image
	root string
}

// assemble lays the root file system of a Dockerfile's image, as a builder would.
func assemble(t *testing.T, context, path string) assembled {
	t.Helper()
	im, err := readDockerfile(path)
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(t.TempDir(), "root")
	if err := os.MkdirAll(root, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range im.copies {
		from, to := filepath.Join(context, c.from), filepath.Join(root, c.to)
		info, err := os.Stat(from)
		if err != nil {
			t.Fatal(err)
		}
		folder := to
		if !info.IsDir() {
			folder = filepath.Dir(to)
		} else {
			from += "/."
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		told(t, "cp", "-r", from, to)
		if c.owner != 0 && os.Getuid() == 0 {
			told(t, "bash", "-c", `cd "$1" && for f in *; do chown -R "$2:$2" "$3/$f"; done`, "bash", filepath.Join(context, c.from), fmt.Sprint(c.owner), to)
		}
	}
	return assembled{im, root}
}

// composed is the compose file, as far as this project uses it; anything else in it is an error.
type composed struct {
	Name     string             `yaml:"name"`
	Services map[string]service `yaml:"services"`
	Volumes  map[string]any     `yaml:"volumes"`
}

type service struct {
	Image       string                       `yaml:"image"`
	Build       map[string]string            `yaml:"build"`
	Command     []string                     `yaml:"command"`
	Environment map[string]string            `yaml:"environment"`
	DependsOn   map[string]map[string]string `yaml:"depends_on"`
	Volumes     []string                     `yaml:"volumes"`
	Ports       []string                     `yaml:"ports"`
	HealthCheck map[string]any               `yaml:"healthcheck"`
	ReadOnly    bool                         `yaml:"read_only"`
	CapDrop     []string                     `yaml:"cap_drop"`
	Security    []string                     `yaml:"security_opt"`
	Limits      map[string]int               `yaml:"ulimits"`
	Grace       string                       `yaml:"stop_grace_period"`
	Restart     string                       `yaml:"restart"`
}

func compose(t *testing.T) (c composed) {
	t.Helper()
	text, err := os.ReadFile("docker/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(text, &c, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCompose: the file is well formed, what is ours runs without rights, and each service comes after what it depends on.
func TestCompose(t *testing.T) {
	c := compose(t)
	if got, want := strings.Join(inOrder(t, c), " "), "kms postgres init tenant pgseal"; got != want {
		t.Errorf("they start in the order %s, want %s", got, want)
	}
	for name, s := range c.Services {
		if strings.HasPrefix(s.Image, "pgseal") && (!s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.Security, "no-new-privileges:true")) {
			t.Errorf("%s has more rights than it needs", name)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if strings.HasPrefix(from, "./") {
				if _, err := os.Stat(filepath.Join("docker", from)); err != nil {
					t.Error(err)
				}
			} else if _, ok := c.Volumes[from]; !ok {
				t.Errorf("%s: there is no volume %s", name, from)
			}
		}
		if len(s.Build) > 0 {
			if _, err := readDockerfile("docker/" + cmp.Or(s.Build["dockerfile"], "Dockerfile")); err != nil {
				t.Error(err)
			}
		}
	}
}

// inOrder are the services, each behind what it depends on.
func inOrder(t *testing.T, c composed) (order []string) {
	t.Helper()
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range c.Services {
			if !yield(name) {
				return
			}
		}
	})
	for len(order) < len(names) {
		before := len(order)
		for _, name := range names {
			ready := !slices.Contains(order, name)
			for on := range c.Services[name].DependsOn {
				ready = ready && slices.Contains(order, on)
			}
			if ready {
				order = append(order, name)
			}
		}
		if len(order) == before {
			t.Fatalf("the services depend on each other, or on one that is not there: %v of %v", order, names)
		}
	}
	return order
}

// TestImage builds the images by their Dockerfiles and runs the services of the compose file with them, in a network of their own: root file systems
// read-only, without rights, as the user of the image. Nothing is pulled; PostgreSQL is this machine's.
func TestImage(t *testing.T) {
	onlyLong(t)
	if os.Getuid() != 0 {
		t.Skip("needs root, for namespaces")
	}
	context := t.TempDir()
	told(t, "cp", "-r", "docker/.", context)
	if err := layImage(t.Context(), context, built(t)); err != nil {
		t.Fatal(err)
	}
	images := map[string]assembled{"pgseal": assemble(t, context, context+"/Dockerfile"), "pgseal-kmsserver": assemble(t, context, context+"/Dockerfile.kmsserver")}
	for name, im := range images {
		if strings.HasPrefix(im.user, "0") || im.user == "" {
			t.Errorf("%s runs as %q", name, im.user)
		}
	}
	if size := strings.Fields(told(t, "du", "-sm", images["pgseal"].root))[0]; len(size) > 2 {
		t.Errorf("the image has %s MB", size)
	}
	told(t, "chmod", "-R", "go+rX", context)
	script := composeScript(t, compose(t), images, context)
	path := filepath.Join(t.TempDir(), "run")
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "bash", "-eu", path)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "through pgseal: Project X") || !strings.Contains(string(out), "past it: pgs1_") {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Log(string(out[max(0, len(out)-1500):]))
}

// composeScript runs the services by hand, as an engine would.
func composeScript(t *testing.T, c composed, images map[string]assembled, context string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(`top=$(mktemp -d); chmod 755 "$top"; mount -t tmpfs tmpfs "$top"
ip link set lo up
printf '127.0.0.1 localhost postgres kms pgseal\n' > "$top/hosts"
await() { for i in $(seq 300); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done; echo "$* does not come true"; tail -n 20 "$top"/*.log; exit 1; }
bin=$(ls -d /usr/lib/postgresql/*/bin | head -n 1)
`)
	for _, name := range inOrder(t, c) {
		s := c.Services[name]
		im, ours := images[s.Image]
		if !ours {
			user, password := s.Environment["POSTGRES_USER"], s.Environment["POSTGRES_PASSWORD"]
			from, _, _ := strings.Cut(s.Volumes[0], ":")
			fmt.Fprintf(&b, `mkdir "$top/pg"; echo %[2]s > "$top/pw"; chown -R postgres "$top/pg" "$top/pw"
setpriv --reuid postgres --regid postgres --clear-groups "$bin/initdb" -D "$top/pg" -U %[1]s --pwfile="$top/pw" -A scram-sha-256 -E UTF8 >/dev/null
setpriv --reuid postgres --regid postgres --clear-groups "$bin/postgres" -D "$top/pg" -k "$top/pg" > "$top/postgres.log" 2>&1 &
export PGPASSWORD=%[2]s
await psql -h 127.0.0.1 -U %[1]s -d postgres -c 'SELECT 1'
psql -q -h 127.0.0.1 -U %[1]s -d postgres -c 'CREATE DATABASE %[3]s'
psql -q -h 127.0.0.1 -U %[1]s -d %[3]s -f %[4]s
`, user, password, s.Environment["POSTGRES_DB"], filepath.Join(context, from))
			continue
		}
		composeOne(&b, name, s, im, context)
	}
	b.WriteString(`psql -q -h 127.0.0.1 -p 6543 -U app -d app -c "INSERT INTO matters (title, client_email) VALUES ('Project X', 'x@example.org')"
echo "through pgseal: $(psql -Atq -h 127.0.0.1 -p 6543 -U app -d app -c 'SELECT title FROM matters')"
echo "past it: $(psql -Atq -h 127.0.0.1 -p 5432 -U app -d app -c 'SELECT title FROM matters')"
kill -TERM $pgseal; wait $pgseal
`)
	return b.String()
}

// composeOne runs a service of ours in its image: to its end, if others wait for that.
func composeOne(b *strings.Builder, name string, s service, im assembled, context string) {
	args := append(slices.Clone(im.entrypoint), im.command...)
	if len(s.Command) > 0 {
		args = append(slices.Clone(im.entrypoint), s.Command...)
	}
	fmt.Fprintf(b, "root=$top/%s; mkdir \"$root\"; mount --bind '%s' \"$root\"\nmkdir -p \"$root/etc\"; cp \"$top/hosts\" \"$root/etc/hosts\"\n", name, im.root)
	for _, v := range s.Volumes {
		f := strings.Split(v, ":")
		from := "\"$top/volume-" + f[0] + "\""
		if strings.HasPrefix(f[0], "./") {
			from = "'" + filepath.Join(context, f[0]) + "'"
		} else { // a volume begins with what the image has there
			fmt.Fprintf(b, "[ -d %[1]s ] || cp -a \"$root%[2]s\" %[1]s\n", from, f[1])
		}
		fmt.Fprintf(b, "mkdir -p \"$root%s\"; mount --bind %s \"$root%s\"\n", f[1], from, f[1])
		if len(f) > 2 && f[2] == "ro" {
			fmt.Fprintf(b, "mount -o remount,ro,bind \"$root%s\"\n", f[1])
		}
	}
	uid, gid, _ := strings.Cut(im.user, ":")
	environ := slices.Clone(im.environ)
	for key, val := range s.Environment {
		environ = append(environ, key+"="+val)
	}
	fmt.Fprintf(b, "mount -o remount,ro,bind \"$root\"\nin_%s=(/usr/bin/env -i %s /usr/bin/setpriv --no-new-privs /usr/sbin/chroot --userspec=%s:%s --groups= \"$root\")\n",
		name, strings.Join(environ, " "), uid, gid)
	command := "'" + strings.Join(args, "' '") + "'"
	switch {
	case name == "init" || name == "tenant":
		fmt.Fprintf(b, "\"${in_%s[@]}\" %s\n", name, command)
	default:
		fmt.Fprintf(b, "\"${in_%s[@]}\" %s > \"$top/%[1]s.log\" 2>&1 & %[1]s=$!\n", name, command)
		if len(im.health) > 0 {
			fmt.Fprintf(b, "await \"${in_%s[@]}\" '%s' --ready\n", name, strings.Join(im.health, "' '"))
		} else {
			fmt.Fprintf(b, "await grep -q '^ready' \"$top/%s.log\"\n", name)
		}
	}
}
