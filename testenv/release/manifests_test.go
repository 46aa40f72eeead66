package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// manifest is of a Kubernetes object what the tests look at. That the rest is of Kubernetes' own types make release-check proves.
type manifest struct {
	Kind     string            `yaml:"kind"`
	Metadata map[string]any    `yaml:"metadata"`
	Data     map[string]string `yaml:"data"`
	Spec     struct {
		Template struct {
			Spec podSpec `yaml:"spec"`
		} `yaml:"template"`
	} `yaml:"spec"`
}

type podSpec struct {
	Account    string `yaml:"serviceAccountName"`
	MountToken *bool  `yaml:"automountServiceAccountToken"`
	Grace      int    `yaml:"terminationGracePeriodSeconds"`
	Security   struct {
		NonRoot bool              `yaml:"runAsNonRoot"`
		User    int               `yaml:"runAsUser"`
		Group   int               `yaml:"fsGroup"`
		Seccomp map[string]string `yaml:"seccompProfile"`
	} `yaml:"securityContext"`
	Init       []container `yaml:"initContainers"`
	Containers []container `yaml:"containers"`
}

type container struct {
	Name     string         `yaml:"name"`
	Image    string         `yaml:"image"`
	Args     []string       `yaml:"args"`
	Restart  string         `yaml:"restartPolicy"`
	Startup  map[string]any `yaml:"startupProbe"`
	Live     map[string]any `yaml:"livenessProbe"`
	Ready    map[string]any `yaml:"readinessProbe"`
	Security struct {
		Escalation *bool `yaml:"allowPrivilegeEscalation"`
		ReadOnly   bool  `yaml:"readOnlyRootFilesystem"`
		Caps       struct {
			Drop []string `yaml:"drop"`
		} `yaml:"capabilities"`
	} `yaml:"securityContext"`
}

func manifestsOf(t *testing.T, file string) (all []manifest) {
	t.Helper()
	text, err := os.ReadFile("shipping/kubernetes/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq(string(text), "\n---\n") {
		var m manifest
		if err := yaml.Unmarshal([]byte(part), &m); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, m)
	}
	return all
}

// Pods have no right that the pod security standard "restricted" refuses, no token of Kubernetes, and time for the drain that their configuration asks for.
func TestManifests(t *testing.T) {
	kinds := map[string]bool{}
	for _, file := range []string{"deployment.yaml", "sidecar.yaml"} {
		for _, m := range manifestsOf(t, file) {
			kinds[m.Kind] = true
			if m.Kind == "Deployment" {
				checkPod(t, file, m.Spec.Template.Spec)
			}
		}
	}
	for _, want := range []string{"Deployment", "Service", "ServiceAccount", "ConfigMap", "NetworkPolicy", "PodDisruptionBudget", "Namespace"} {
		if !kinds[want] {
			t.Errorf("there is no %s", want)
		}
	}
}

func checkPod(t *testing.T, file string, p podSpec) {
	t.Helper()
	if s := p.Security; !s.NonRoot || s.User != imageUser || s.Group != imageUser || s.Seccomp["type"] != "RuntimeDefault" {
		t.Errorf("%s: the pod is not restricted: %+v", file, s)
	}
	if p.Account != "pgseal" || p.MountToken == nil || *p.MountToken {
		t.Errorf("%s: a token of Kubernetes is mounted", file)
	}
	if drain := drainOf(t); time.Duration(p.Grace)*time.Second < drain+30*time.Second {
		t.Errorf("%s: %d s are too short for a drain of %s", file, p.Grace, drain)
	}
	for _, c := range slices.Concat(p.Init, p.Containers) {
		s := c.Security
		if s.Escalation == nil || *s.Escalation || !s.ReadOnly || !slices.Equal(s.Caps.Drop, []string{"ALL"}) {
			t.Errorf("%s: %s is not restricted", file, c.Name)
		}
		if c.Name == "pgseal" && (len(c.Startup) == 0 || len(c.Live) == 0 || len(c.Ready) == 0 && c.Restart != "Always") {
			t.Errorf("%s: %s has not all probes", file, c.Name)
		}
	}
}

// drainOf is how long the ConfigMap lets a proxy drain.
func drainOf(t *testing.T) (all time.Duration) {
	t.Helper()
	config := configMap(t)["pgseal.yaml"]
	for _, m := range regexp.MustCompile(`drain_(?:delay|timeout): (\w+)`).FindAllStringSubmatch(config, -1) {
		d, err := time.ParseDuration(m[1])
		if err != nil {
			t.Fatal(err)
		}
		all += d
	}
	if all == 0 {
		t.Error("no drain is configured")
	}
	return all
}

func configMap(t *testing.T) map[string]string {
	t.Helper()
	for _, m := range manifestsOf(t, "deployment.yaml") {
		if m.Kind == "ConfigMap" {
			return m.Data
		}
	}
	t.Fatal("there is no ConfigMap")
	return nil
}

// trySamples: every configuration that is shipped is one that pgseal takes: it gets as far as looking for a proxy that does not run.
func trySamples(t *testing.T, binary string) {
	t.Helper()
	dir := t.TempDir()
	samples := []string{"shipping/pgseal.yaml", "docker/try/pgseal.yaml"}
	for name, text := range configMap(t) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if name == "pgseal.yaml" {
			samples = append(samples, path)
		}
	}
	port, err := program.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	for i, sample := range samples {
		text, err := os.ReadFile(sample)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, fmt.Sprintf("sample%d.yaml", i))
		silent := regexp.MustCompile(`admin: .*`).ReplaceAllString(string(text), fmt.Sprintf(`admin: {listen: "127.0.0.1:%d"}`, port)) // where nobody answers
		if err := os.WriteFile(path, []byte(silent), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), binary, "health", "--config", path).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "connection refused") {
			t.Errorf("%s: %v %s", sample, err, out)
		}
	}
}
