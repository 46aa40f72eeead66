package cluster

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// process is a child of this process.
type process struct {
	p     *os.Process
	ended bool
}

func startProcess(path string, args []string, attr *os.ProcAttr) (*process, error) {
	p, err := os.StartProcess(path, append([]string{path}, args...), attr)
	if err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	return &process{p: p}, nil
}

// running reaps the child if it has ended.
func (p *process) running() bool {
	if p.ended {
		return false
	}
	for {
		pid, err := syscall.Wait4(p.p.Pid, nil, syscall.WNOHANG, nil)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if pid == 0 && err == nil {
			return true
		}
		p.ended = true
		_ = p.p.Release()
		return false
	}
}

// end sends sig and waits; what still lives after timeout is killed.
func (p *process) end(sig syscall.Signal, timeout time.Duration) {
	if !p.running() {
		return
	}
	_ = p.p.Signal(sig)
	for deadline := time.Now().Add(timeout); p.running(); time.Sleep(pollEvery) {
		if time.Now().After(deadline) {
			_ = p.p.Kill()
		}
	}
}

// killWorkingIn kills every process whose working folder is dir, which is true
// of all of a server's processes and its data folder, and waits for them to be
// gone, at most for timeout.
func killWorkingIn(dir string, timeout time.Duration) {
	for deadline := time.Now().Add(timeout); time.Now().Before(deadline); time.Sleep(pollEvery) {
		left := workingIn(dir)
		if len(left) == 0 {
			return
		}
		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

func workingIn(dir string) []int {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	var pids []int
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != dir {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(link))); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}
