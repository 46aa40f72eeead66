//go:build linux

package crypto

import (
	"bytes"
	"runtime"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestMemlockLimit: keys beyond RLIMIT_MEMLOCK work like others, are told apart, and take locked memory again once there is some.
func TestMemlockLimit(t *testing.T) {
	done := make(chan struct{})
	go func() { // on a thread that ends with it: its right to lock what it likes is taken away
		defer close(done)
		runtime.LockOSThread()
		limited(t)
	}()
	<-done
}

func limited(t *testing.T) {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		t.Error(err)
		return
	}
	data[0].Effective &^= 1 << unix.CAP_IPC_LOCK
	if err := unix.Capset(&header, &data[0]); err != nil {
		t.Error(err)
		return
	}
	var before syscall.Rlimit
	if err := syscall.Getrlimit(unix.RLIMIT_MEMLOCK, &before); err != nil {
		t.Error(err)
		return
	}
	none := before
	none.Cur = 0
	if err := syscall.Setrlimit(unix.RLIMIT_MEMLOCK, &none); err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = syscall.Setrlimit(unix.RLIMIT_MEMLOCK, &before) }()
	a := newArena()
	secret := bytes.Repeat([]byte{7}, DataKeySize)
	key := func() *secretMemory {
		m, err := newSecretMemory(a)
		if err != nil {
			t.Error(err)
			return nil
		}
		_ = m.use(func(b []byte) error { copy(b, secret); return nil })
		return m
	}
	over := key()
	if u := a.usage(); u.Unlocked != secretSlot*secretSlots || u.Locked != 0 {
		t.Errorf("beyond the limit: %+v", u)
	}
	if err := over.use(func(b []byte) error { equalBytes(t, "a key beyond the limit", b, secret); return nil }); err != nil {
		t.Error(err)
	}
	if !memlockWithin(&before) {
		over.destroy()
		t.Log("this process may lock nothing at all: what follows a higher limit is not tried")
		return
	}
	over.destroy()
	under := key()
	if u := a.usage(); u.Unlocked != 0 || u.Locked != secretSlot*secretSlots {
		t.Errorf("with the old limit again: %+v", u)
	}
	under.destroy()
}

// memlockWithin puts the limit back and tells whether it is enough for a page.
func memlockWithin(limit *syscall.Rlimit) bool {
	_ = syscall.Setrlimit(unix.RLIMIT_MEMLOCK, limit)
	return memlockAllowed()
}
