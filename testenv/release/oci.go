package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The parts that are written of OCI's image layout: https://github.com/opencontainers/image-spec
type ociIndex struct {
	Schema    int             `json:"schemaVersion"`
	Type      string          `json:"mediaType"`
	Manifests []ociDescriptor `json:"manifests"`
}

type ociManifest struct {
	Schema int             `json:"schemaVersion"`
	Type   string          `json:"mediaType"`
	Config ociDescriptor   `json:"config"`
	Layers []ociDescriptor `json:"layers"`
}

type ociDescriptor struct {
	Type        string            `json:"mediaType"`
	Digest      string            `json:"digest"`
	Size        int               `json:"size"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

type ociImage struct {
	Created string    `json:"created"`
	Arch    string    `json:"architecture"`
	OS      string    `json:"os"`
	Config  ociConfig `json:"config"`
	Root    struct {
		Type  string   `json:"type"`
		Diffs []string `json:"diff_ids"`
	} `json:"rootfs"`
}

type ociConfig struct {
	User       string
	Ports      map[string]struct{} `json:"ExposedPorts"`
	Env        []string
	Entrypoint []string
	Cmd        []string
	WorkingDir string
	StopSignal string
	Health     *ociHealth `json:"Healthcheck,omitempty"` // Docker's; others pass over it
	Labels     map[string]string
}

// ociHealth is how Docker writes a HEALTHCHECK: times are nanoseconds.
type ociHealth struct {
	Test                           []string
	Interval, Timeout, StartPeriod time.Duration
	Retries                        int
}

const ociTypes = "application/vnd.oci.image."

// ociArchive writes the image that a Dockerfile makes of a folder, as podman load, buildah and skopeo (oci-archive:) take it. manifest.json is for docker load.
func ociArchive(path, context string, im image, s stamp, arch string) (err error) {
	var layer bytes.Buffer
	unpacked, err := ociLayer(&layer, context, im, s.at())
	if err != nil {
		return err
	}
	files := []archived{{"oci-layout", []byte(`{"imageLayoutVersion":"1.0.0"}`)}}
	blob := func(kind string, data []byte) ociDescriptor {
		d := ociDescriptor{Type: ociTypes + kind, Digest: digest(data), Size: len(data)}
		files = append(files, archived{blobPath(d.Digest), data})
		return d
	}
	config := ociImage{Created: s.at().Format(time.RFC3339), Arch: arch, OS: "linux", Config: im.config(s)}
	config.Root.Type, config.Root.Diffs = "layers", []string{unpacked}
	manifest := ociManifest{Schema: 2, Type: ociTypes + "manifest.v1+json", Config: blob("config.v1+json", asJSON(config)), Layers: []ociDescriptor{blob("layer.v1.tar+gzip", layer.Bytes())}}
	described := blob("manifest.v1+json", asJSON(manifest))
	name := "pgseal:" + strings.NewReplacer("+", "-", "~", "-").Replace(s.version) // a tag has neither
	described.Annotations = map[string]string{"org.opencontainers.image.ref.name": name}
	files = append(files, archived{"index.json", asJSON(ociIndex{Schema: 2, Type: ociTypes + "index.v1+json", Manifests: []ociDescriptor{described}})},
		archived{"manifest.json", asJSON([]any{map[string]any{"Config": blobPath(manifest.Config.Digest), "RepoTags": []string{name}, "Layers": []string{blobPath(manifest.Layers[0].Digest)}}})})

	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := tar.NewWriter(f)
	for _, file := range files {
		h := &tar.Header{Name: file.name, Mode: 0o644, Size: int64(len(file.data)), ModTime: s.at(), Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		if _, err := w.Write(file.data); err != nil {
			return err
		}
	}
	return w.Close()
}

type archived struct {
	name string
	data []byte
}

// ociLayer packs the files of an image, and returns the digest of what is packed.
func ociLayer(to io.Writer, context string, im image, at time.Time) (unpacked string, err error) {
	sum := sha256.New()
	packed := gzip.NewWriter(to)
	p := packer{tar.NewWriter(io.MultiWriter(packed, sum)), at}
	for _, c := range im.copies {
		from := filepath.Join(context, c.from)
		entries, err := os.ReadDir(from) // a COPY copies what is in a folder
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			if err := p.add(filepath.Join(from, e.Name()), filepath.Join(strings.Trim(c.to, "/"), e.Name()), c.owner); err != nil {
				return "", err
			}
		}
	}
	err = errors.Join(p.w.Close(), packed.Close())
	return fmt.Sprintf("sha256:%x", sum.Sum(nil)), err
}

func (im image) config(s stamp) ociConfig {
	c := ociConfig{User: im.user, Env: im.environ, Entrypoint: im.entrypoint, Cmd: im.command, WorkingDir: im.dir, StopSignal: im.stopSignal, Ports: make(map[string]struct{}),
		Labels: map[string]string{"org.opencontainers.image.version": s.version, "org.opencontainers.image.revision": s.commit}}
	for _, port := range im.ports {
		c.Ports[port+"/tcp"] = struct{}{}
	}
	if len(im.health) > 0 {
		c.Health = &ociHealth{append([]string{"CMD"}, im.health...), im.healthFor["interval"], im.healthFor["timeout"], im.healthFor["start-period"], im.healthMost}
	}
	return c
}

func digest(data []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(data)) }

func blobPath(digest string) string { return "blobs/" + strings.Replace(digest, ":", "/", 1) }

// asJSON is of what can be nothing but JSON.
func asJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}
