//go:build linux

package crypto

import (
	"bytes"
	"runtime"
	"syscall"
	"testing"
	"unsafe"
)

// Of capabilities(7) and getrlimit(2); the syscall package has no names for them.
const (
	capIPCLock    = 14
	capVersion    = 0x20080522 // _LINUX_CAPABILITY_VERSION_3
	rlimitMemlock = 8
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
	if err := giveUp(capIPCLock); err != nil {
		t.Error(err)
		return
	}
	var before syscall.Rlimit
	if err := syscall.Getrlimit(rlimitMemlock, &before); err != nil {
		t.Error(err)
		return
	}
	none := before
	none.Cur = 0
	if err := syscall.Setrlimit(rlimitMemlock, &none); err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = syscall.Setrlimit(rlimitMemlock, &before) }()
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
	_ = syscall.Setrlimit(rlimitMemlock, limit)
	return memlockAllowed()
}

// giveUp takes a capability away from the calling thread.
func giveUp(capability uint) error {
	header := struct {
		version uint32
		pid     int32
	}{version: capVersion}
	var sets [2]struct{ effective, permitted, inheritable uint32 }
	if _, _, no := syscall.RawSyscall(syscall.SYS_CAPGET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&sets)), 0); no != 0 {
		return no
	}
	sets[0].effective &^= 1 << capability
	if _, _, no := syscall.RawSyscall(syscall.SYS_CAPSET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&sets)), 0); no != 0 {
		return no
	}
	return nil
}
