//go:build unix

package proxy

import (
	"os"
	"syscall"
)

func ownedByRoot(info os.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && s.Uid == 0
}
