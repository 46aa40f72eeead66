package keysource

import (
	"io/fs"
	"os"
	"syscall"
)

// PrivateFile tells that nobody but its owner may read a file with a secret, or, to an unprivileged account, nobody but root and a group of root's choice:
// PostgreSQL's rule for its keys, and what secrets of Kubernetes look like in a pod.
func PrivateFile(info fs.FileInfo) bool {
	mode := info.Mode().Perm()
	if mode&0o077 == 0 {
		return true
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && owner.Uid == 0 && os.Getuid() != 0 && mode&0o037 == 0
}
