// Command manifests holds files against what others have defined: manifests of Kubernetes against its types, decoded strictly, and a CycloneDX document
// against its schema.
//
//	go run . FILE.yaml ... FILE.cdx.json ...
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/CycloneDX/cyclonedx-go" // whose folder has the schema
	"github.com/santhosh-tekuri/jsonschema/v6"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	failed := false
	for _, name := range os.Args[1:] {
		check := manifests
		if strings.HasSuffix(name, ".json") {
			check = document
		}
		n, err := check(name)
		if err != nil {
			failed = true
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			continue
		}
		fmt.Printf("%s: %d valid\n", name, n)
	}
	if failed {
		os.Exit(1)
	}
}

// object is an empty one of the kind.
func object(version, kind string) any {
	switch version + " " + kind {
	case "v1 Namespace":
		return &corev1.Namespace{}
	case "v1 ServiceAccount":
		return &corev1.ServiceAccount{}
	case "v1 ConfigMap":
		return &corev1.ConfigMap{}
	case "v1 Secret":
		return &corev1.Secret{}
	case "v1 Service":
		return &corev1.Service{}
	case "apps/v1 Deployment":
		return &appsv1.Deployment{}
	case "policy/v1 PodDisruptionBudget":
		return &policyv1.PodDisruptionBudget{}
	case "networking.k8s.io/v1 NetworkPolicy":
		return &networkingv1.NetworkPolicy{}
	}
	return nil
}

func manifests(name string) (n int, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	for _, part := range bytes.Split(text, []byte("\n---\n")) {
		var head struct {
			APIVersion string `json:"apiVersion"`
			Kind       string `json:"kind"`
		}
		if err := yaml.Unmarshal(part, &head); err != nil {
			return n, err
		}
		into := object(head.APIVersion, head.Kind)
		if into == nil {
			return n, fmt.Errorf("%s of %s is not known", head.Kind, head.APIVersion)
		}
		if err := yaml.UnmarshalStrict(part, into); err != nil {
			return n, fmt.Errorf("%s: %w", head.Kind, err)
		}
		n++
	}
	return n, nil
}

// document holds a bill of materials against the schema, which lies in the folder that SCHEMAS names.
func document(name string) (int, error) {
	dir := os.Getenv("SCHEMAS")
	c := jsonschema.NewCompiler()
	var errs []error
	for url, file := range map[string]string{
		"http://cyclonedx.org/schema/bom-1.6.schema.json":  "bom-1.6.schema.json",
		"http://cyclonedx.org/schema/spdx.schema.json":     "spdx.schema.json",
		"http://cyclonedx.org/schema/jsf-0.82.schema.json": "jsf-0.82.schemax.json",
	} {
		schema, err := read(filepath.Join(dir, file))
		errs = append(errs, err, c.AddResource(url, schema))
	}
	schema, err := c.Compile("http://cyclonedx.org/schema/bom-1.6.schema.json")
	if err := errors.Join(append(errs, err)...); err != nil {
		return 0, err
	}
	doc, err := read(name)
	if err != nil {
		return 0, err
	}
	return 1, schema.Validate(doc)
}

func read(file string) (any, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	if !json.Valid(text) {
		return nil, fmt.Errorf("%s is no JSON", file)
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(text))
}
