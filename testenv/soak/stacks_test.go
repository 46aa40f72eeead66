package soak

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// stacks ends a proxy by SIGQUIT and tells what its goroutines were at, as far as the end of its log holds them: how many were started at which place.
func stacks(d *program.Deployment) string {
	if err := d.Signal(syscall.SIGQUIT); err != nil {
		return err.Error()
	}
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(d.Log(), "\nrip ") && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	d.Kill()
	return byOrigin(d.Log())
}

var origin = regexp.MustCompile(`(?m)^created by (\S+)`)

// byOrigin counts the goroutines of a crash report.
func byOrigin(report string) string {
	count := map[string]int{}
	for _, m := range origin.FindAllStringSubmatch(report, -1) {
		count[m[1]]++
	}
	var b strings.Builder
	for _, place := range slices.SortedFunc(maps.Keys(count), func(a, b string) int { return count[b] - count[a] }) {
		fmt.Fprintf(&b, "%4d %s\n", count[place], place)
	}
	return b.String()
}
