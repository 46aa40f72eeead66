package program

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if os.Getenv("PROGRAM_TEST_PARENT") != "" {
		parent()
		return
	}
	goleak.VerifyTestMain(m)
}

// parent starts a sleeper, says its process id, and waits to be killed.
func parent() {
	p, err := Start(exec.Command("sleep", "300"))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(p.PID())
	select {}
}

// TestEndsWithItsParent: SIGKILL of the parent ends the program too.
func TestEndsWithItsParent(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PROGRAM_TEST_PARENT=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Fscan(out, &pid); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); err != nil {
		t.Fatalf("the program does not run: %v", err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	for range 200 {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %d outlives its parent", pid)
}

func TestStop(t *testing.T) {
	p, err := Start(exec.Command("sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.01; done"))
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // for the trap
	if err := p.Stop(5 * time.Second); err != nil {
		t.Errorf("a program that ends on SIGTERM: %v", err)
	}
	p, err = Start(exec.Command("sh", "-c", "trap '' TERM; while :; do sleep 0.01; done"))
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond)
	if err := p.Stop(200 * time.Millisecond); err == nil {
		t.Error("a program that ignores SIGTERM stopped without an error")
	}
	select {
	case <-p.Done():
	default:
		t.Error("it runs on")
	}
	if _, err := Start(exec.Command("/no/such/program")); err == nil {
		t.Error("a program that does not exist was started")
	}
}

func TestWaitFor(t *testing.T) {
	p, err := Start(exec.Command("sh", "-c", "exit 3"))
	if err != nil {
		t.Fatal(err)
	}
	never := errors.New("not yet")
	if err := p.WaitFor(5*time.Second, func() error { return never }); err == nil || errors.Is(err, never) {
		t.Errorf("a program that ended: %v", err)
	}
	p, err = Start(exec.Command("sleep", "60"))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.WaitFor(100*time.Millisecond, func() error { return never }); !errors.Is(err, never) {
		t.Errorf("a program that is never ready: %v", err)
	}
	<-p.Done()
	p, err = Start(exec.Command("sleep", "60"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Kill()
	n := 0
	if err := p.WaitFor(5*time.Second, func() error {
		if n++; n < 3 {
			return never
		}
		return nil
	}); err != nil {
		t.Errorf("ready at the third look: %v", err)
	}
}

func TestFreePort(t *testing.T) {
	port, err := FreePort()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestLogTail(t *testing.T) {
	var l logTail
	for i := range 3 * maxLog / 10 {
		fmt.Fprintf(&l, "%09d\n", i)
	}
	got := l.String()
	if len(got) > 2*maxLog || !strings.HasSuffix(got, fmt.Sprintf("%09d\n", 3*maxLog/10-1)) {
		t.Errorf("%d bytes, ending in %q", len(got), got[len(got)-20:])
	}
}
