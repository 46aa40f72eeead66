package cluster

import (
	"fmt"
	"os"
	"syscall"
)

// watchdog outlives this process just long enough to clean up after it.
type watchdog struct {
	process *process
	pipe    *os.File // its closing, by us or by our death, is the signal
}

// watchdogScript waits for the end of its standard input. Then it stops the
// postmaster, if the process that postmaster.pid names is still the one whose
// working folder is the data folder, and removes the cluster.
// Arguments: the cluster's folder, the data folder.
const watchdogScript = `
trap '' HUP INT TERM
while read -r _; do :; done
pid=$(head -n 1 "$2/postmaster.pid" 2>/dev/null)
ours() { [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$2" ]; }
if ours "$@"; then
  kill -QUIT "$pid"
  for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    ours "$@" || break
    sleep 0.25
  done
  ours "$@" && kill -KILL "$pid"
fi
for i in 1 2 3 4 5; do
  rm -rf -- "$1" 2>/dev/null && break
  sleep 0.2
done
`

func startWatchdog(dir, data string) (*watchdog, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	defer r.Close()
	p, err := startProcess("/bin/sh", []string{"-c", watchdogScript, "pgseal-cluster-watchdog", dir, data}, &os.ProcAttr{
		Dir: "/", Env: []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin"}, Files: []*os.File{r, nil, nil},
		Sys: &syscall.SysProcAttr{Setpgid: true},
	})
	if err != nil {
		_ = w.Close()
		return nil, err
	}
	return &watchdog{process: p, pipe: w}, nil
}

// dismiss ends the watchdog once there is nothing to watch any more.
func (w *watchdog) dismiss() error {
	w.process.end(syscall.SIGKILL, 0)
	return w.pipe.Close()
}
