package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// image is what a Dockerfile says of an image: what is copied into it, and how it is run.
type image struct {
	copies     []copied
	user       string
	dir        string
	entrypoint []string
	command    []string
	environ    []string
	ports      []string
	stopSignal string
	health     []string
	healthFor  map[string]time.Duration // interval, timeout, start-period
	healthMost int                      // retries
}

// copied is a file or folder of the build's context that is copied to a path.
type copied struct {
	from, to string
	owner    int // user and group
}

// readDockerfile reads one strictly: what is not used here is not known, and refused.
func readDockerfile(path string) (im image, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return im, err
	}
	first := true
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if first && line != "FROM scratch" {
			return im, fmt.Errorf("%s does not begin with nothing (FROM scratch)", path)
		}
		if name, args, _ := strings.Cut(line, " "); !first {
			err = im.add(name, args)
		}
		if first = false; err != nil {
			return im, fmt.Errorf("%s: %s: %w", path, line, err)
		}
	}
	if first {
		return im, fmt.Errorf("%s is empty", path)
	}
	return im, nil
}

func (im *image) add(name, args string) error {
	switch name {
	case "COPY":
		return im.addCopy(strings.Fields(args))
	case "ENV":
		im.environ = append(im.environ, args)
	case "USER":
		im.user = args
	case "WORKDIR":
		im.dir = args
	case "EXPOSE":
		im.ports = append(im.ports, strings.Fields(args)...)
	case "STOPSIGNAL":
		im.stopSignal = args
	case "ENTRYPOINT":
		return json.Unmarshal([]byte(args), &im.entrypoint)
	case "CMD":
		return json.Unmarshal([]byte(args), &im.command)
	case "HEALTHCHECK":
		return im.addHealth(args)
	default:
		return errors.New("not known")
	}
	return nil
}

func (im *image) addCopy(args []string) (err error) {
	var c copied
	if owner, isOwned := strings.CutPrefix(args[0], "--chown="); isOwned {
		user, group, _ := strings.Cut(owner, ":")
		if c.owner, err = strconv.Atoi(user); err != nil || group != user {
			return errors.New("the owner is not NUMBER:NUMBER, twice the same")
		}
		args = args[1:]
	}
	if len(args) != 2 {
		return errors.New("not COPY FROM TO")
	}
	c.from, c.to = args[0], args[1]
	im.copies = append(im.copies, c)
	return nil
}

func (im *image) addHealth(args string) (err error) {
	options, list, _ := strings.Cut(args, "CMD ")
	im.healthFor = make(map[string]time.Duration)
	for _, option := range strings.Fields(options) {
		name, text, _ := strings.Cut(strings.TrimPrefix(option, "--"), "=")
		switch name {
		case "interval", "timeout", "start-period":
			im.healthFor[name], err = time.ParseDuration(text)
		case "retries":
			im.healthMost, err = strconv.Atoi(text)
		default:
			err = fmt.Errorf("%s is not known", option)
		}
		if err != nil {
			return err
		}
	}
	return json.Unmarshal([]byte(list), &im.health)
}
