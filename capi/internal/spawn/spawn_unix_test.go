//go:build unix

package spawn

import (
	"os"
	"runtime"
	"syscall"
	"testing"
)

// TestForkLock: no child starts while a descriptor may be open without FD_CLOEXEC.
func TestForkLock(t *testing.T) {
	type started struct {
		pid int
		err error
	}
	result := make(chan started, 1)
	syscall.ForkLock.RLock()
	go func() {
		pid, err := Start("/bin/sh", []string{"sh", "-c", "exit"}, &syscall.ProcAttr{Env: os.Environ()})
		result <- started{pid, err}
	}()
	for syscall.ForkLock.TryRLock() { // as long as nobody waits for the lock
		syscall.ForkLock.RUnlock()
		runtime.Gosched()
		if len(result) > 0 {
			t.Error("the child has not waited for syscall.ForkLock")
			break
		}
	}
	if len(result) > 0 && !t.Failed() {
		t.Error("Start has returned without the lock")
	}
	syscall.ForkLock.RUnlock()
	child := <-result
	if child.err != nil {
		t.Fatal(child.err)
	}
	var status syscall.WaitStatus
	if pid, err := syscall.Wait4(child.pid, &status, 0, nil); err != nil || pid != child.pid || status != 0 {
		t.Errorf("waiting for %d: %d, %v, %v", child.pid, pid, status, err)
	}
}

// TestFailing: the lock is free after a program that does not exist.
func TestFailing(t *testing.T) {
	if _, err := Start("/nowhere/at/all", []string{"all"}, &syscall.ProcAttr{}); err != syscall.ENOENT {
		t.Errorf("%v, not ENOENT", err)
	}
	if !syscall.ForkLock.TryLock() {
		t.Fatal("the lock is held")
	}
	syscall.ForkLock.Unlock()
}
