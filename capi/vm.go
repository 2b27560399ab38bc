//go:build !lean

package main

// #include <stdlib.h>
// #include "capi.h"
import "C"

import (
	"errors"
	"fmt"
	"os"
	"runtime/cgo"
	"strings"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/gojavm"
	"github.com/zmqjs/zmqjs/jsglue/gostall"
	"github.com/zmqjs/zmqjs/jsglue/zmqvm"
)

// A machine is the Go side of a zmqjs_vm. One goroutine at a time uses it.
type machine struct {
	vm  *zmqvm.VM
	err error // of the last run
}

func newMachine(c *C.vm, memoryLimit C.uint64_t) (*machine, error) {
	vm, err := zmqvm.New(gojavm.Options{
		Stdin:        os.Stdin,
		Stdout:       os.Stdout,
		Stderr:       os.Stderr,
		SignalAction: signalAction(c),
		StartProcess: startProcess,
		MemoryLimit:  uint64(memoryLimit),
	})
	return &machine{vm: vm}, err
}

func signalAction(c *C.vm) func(int, gojavm.SignalAction) error {
	actions := map[gojavm.SignalAction]C.int{
		gojavm.SignalDefault: C.ZMQJS_SIGNAL_DEFAULT,
		gojavm.SignalIgnore:  C.ZMQJS_SIGNAL_IGNORE,
		gojavm.SignalHandle:  C.ZMQJS_SIGNAL_HANDLE,
	}
	return func(number int, action gojavm.SignalAction) error {
		if errno := C.vm_signal_action(c, C.int(number), actions[action]); errno != 0 {
			return gojavm.Errno(int(errno))
		}
		return nil
	}
}

// protect turns a panic into an error.
func protect(run func() error) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("internal error: %v", panicked)
		}
	}()
	return run()
}

func machineAt(handle C.uintptr_t) *machine {
	gostall.Touch()
	return cgo.Handle(handle).Value().(*machine)
}

//export goVMNew
func goVMNew(c *C.vm, memoryLimit C.uint64_t, handle *C.uintptr_t, text **C.char) C.int {
	gostall.Touch()
	var made *machine
	err := protect(func() (err error) {
		made, err = newMachine(c, memoryLimit)
		return err
	})
	if err != nil {
		*text = C.CString("zmqjs_vm_new: " + err.Error())
		return C.ZMQJS_OUT_OF_MEMORY
	}
	*handle = C.uintptr_t(cgo.NewHandle(made))
	return C.ZMQJS_OK
}

//export goVMSetArguments
func goVMSetArguments(handle C.uintptr_t, count C.size_t, list **C.char) {
	arguments := make([]string, count)
	for i, argument := range unsafe.Slice(list, int(count)) {
		arguments[i] = C.GoString(argument)
	}
	machineAt(handle).vm.SetArgs(arguments)
}

// goVMRun begins to run a file, or source if that is not NULL, on a goroutine, which calls
// vm_finished at the end.
//
//export goVMRun
func goVMRun(c *C.vm, handle C.uintptr_t, name, source *C.char, length C.size_t) {
	m, script := machineAt(handle), C.GoString(name)
	run := func() error { return m.vm.RunFile(script) }
	if source != nil {
		text := string(unsafe.Slice((*byte)(unsafe.Pointer(source)), int(length)))
		run = func() error { return m.vm.Eval(script, text) }
	}
	release := gostall.Hold()
	go func() {
		defer release()
		m.err = protect(run)
		C.vm_finished(c)
	}()
}

// goVMResult returns how the last run has ended: a status of zmqjs.h, with the exit status or the
// text of the failure.
//
//export goVMResult
func goVMResult(handle C.uintptr_t, exitStatus *C.int, text **C.char) C.int {
	m := machineAt(handle)
	var exit *gojavm.ExitError
	var interrupted *gojavm.InterruptedError
	switch {
	case m.err == nil:
		return C.ZMQJS_OK
	case errors.As(m.err, &exit):
		*exitStatus = C.int(exit.Status)
		return C.ZMQJS_EXITED
	case errors.As(m.err, &interrupted):
		*text = C.CString("interrupted")
		return C.ZMQJS_INTERRUPTED
	}
	*text = C.CString(strings.ReplaceAll(message(m.err), "\x00", "\\0"))
	return C.ZMQJS_SCRIPT_ERROR
}

// message is the text of a failed run; "" if the VM has printed it already.
func message(err error) string {
	var script *gojavm.ScriptError
	if errors.As(err, &script) && script.Reported {
		return ""
	}
	return err.Error()
}

//export goVMInterrupt
func goVMInterrupt(handle C.uintptr_t) { machineAt(handle).vm.Interrupt() }

// goVMForget drops an interrupt that came too late for the last run.
//
//export goVMForget
func goVMForget(handle C.uintptr_t) { machineAt(handle).vm.DropInterrupt() }

//export goVMSignal
func goVMSignal(handle C.uintptr_t, number C.int) { machineAt(handle).vm.Signal(int(number)) }

// goVMClose begins to close the VM on a goroutine, which calls vm_finished at the end: it may have
// to wait for unsent messages.
//
//export goVMClose
func goVMClose(c *C.vm, handle C.uintptr_t) {
	m := machineAt(handle)
	cgo.Handle(handle).Delete()
	release := gostall.Hold()
	go func() {
		defer release()
		_ = protect(m.vm.Close)
		C.vm_finished(c)
	}()
}
