// Command release makes what is shipped of pgseal, from a commit, into a folder: a tarball and a Debian package with the program, its manual, completions,
// samples, units and licences, an image for containers, a list of what it is made of (SBOM), and the checksums of them all. The same commit and compilers give the same bytes.
//
//	go run ./testenv/release -out dist
//
// See docs/install.md for what is done with them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// errUsage stands for a wrong flag, which the flag package has already explained.
var errUsage = errors.New("usage")

// options say what is made.
type options struct {
	out    string // folder
	arches []string
	binary string // taken instead of building one, for tests of everything else; of the first architecture
	noDeb  bool
	image  string // folder whose Dockerfiles get what they copy
	stamp  stamp
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var o options
	flags.StringVar(&o.out, "out", "dist", "folder for what is made; emptied first")
	arches := flags.String("arch", "amd64", "architectures, separated by commas; the first has to be this machine's")
	flags.StringVar(&o.binary, "binary", "", "a program that is there, instead of building it")
	flags.BoolVar(&o.noDeb, "no-deb", false, "make no Debian package")
	flags.StringVar(&o.image, "image", "", "also lay what the Dockerfiles of this folder copy into it")
	flags.StringVar(&o.stamp.version, "version", "", "version; by git where it is empty")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil || flags.NArg() > 0 {
		return errUsage
	}
	o.arches = strings.Split(*arches, ",")
	if err := o.stamp.fill(ctx); err != nil {
		return err
	}
	made, err := o.make(ctx)
	for _, name := range made {
		fmt.Fprintln(stdout, filepath.Join(o.out, name))
	}
	return err
}

// make returns the names of the files in o.out.
func (o options) make(ctx context.Context) (made []string, err error) {
	if err := os.RemoveAll(o.out); err != nil {
		return nil, err
	}
	work, err := os.MkdirTemp("", "pgseal-release-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return nil, err
	}
	var first string // a program that runs here
	for _, arch := range o.arches {
		binary := filepath.Join(work, "pgseal-"+arch)
		if o.binary != "" {
			binary = o.binary
		} else if err := build(ctx, o.stamp, arch, binary); err != nil {
			return made, err
		}
		if first == "" {
			first = binary
			if o.image != "" {
				if err := layImage(ctx, o.image, binary); err != nil {
					return made, err
				}
			}
		}
		files, err := o.pack(ctx, arch, binary, first, filepath.Join(work, arch))
		made = append(made, files...)
		if err != nil {
			return made, err
		}
	}
	sums, err := checksums(o.out, made)
	if err != nil {
		return made, err
	}
	return append(made, "SHA256SUMS"), os.WriteFile(filepath.Join(o.out, "SHA256SUMS"), []byte(sums), 0o644)
}

// pack makes the files of one architecture.
func (o options) pack(ctx context.Context, arch, binary, runs, root string) (made []string, err error) {
	parts, err := modulesOf(ctx, binary)
	if err != nil {
		return nil, err
	}
	if err := stage(ctx, o.stamp, root, binary, runs, parts); err != nil {
		return nil, err
	}
	base := fmt.Sprintf("pgseal-%s-linux-%s", o.stamp.version, arch)
	list, err := bom(o.stamp, arch, binary, parts)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(o.out, base+".cdx.json"), list, 0o644); err != nil {
		return nil, err
	}
	made = append(made, base+".cdx.json")
	if err := tarball(filepath.Join(o.out, base+".tar.gz"), base, root, o.stamp.at()); err != nil {
		return made, err
	}
	made = append(made, base+".tar.gz")
	if err := o.packImage(arch, binary, filepath.Join(o.out, base+".oci.tar"), root+"-image"); err != nil {
		return made, err
	}
	made = append(made, base+".oci.tar")
	if o.noDeb {
		return made, nil
	}
	name := fmt.Sprintf("pgseal_%s_%s.deb", o.stamp.version, arch)
	if err := debian(ctx, o.stamp, arch, root, filepath.Join(o.out, name)); err != nil {
		return made, err
	}
	return append(made, name), nil
}

// packImage makes the image of docker/Dockerfile.
func (o options) packImage(arch, binary, file, context string) error {
	im, err := readDockerfile("docker/Dockerfile")
	if err != nil {
		return err
	}
	if err := layRoot(context, binary); err != nil {
		return err
	}
	return ociArchive(file, context, im, o.stamp, arch)
}
