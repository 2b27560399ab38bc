package gojavm

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// StartProcessFunc starts a program and returns its process id, as
// [syscall.ForkExec] does.
type StartProcessFunc func(path string, argv []string, attr *syscall.ProcAttr) (pid int, err error)

// exitNotRun is the exit status of a child whose program cannot be run.
const exitNotRun = 127

// child is a child process that the VM waits for.
type child struct {
	vm  *VM
	pid int
}

// wait blocks until the child has ended. Signals do not end the wait, or the
// status would be lost.
func (c *child) wait() (posix.WaitStatus, error) {
	for {
		_, status, err := c.vm.wait4(c.pid, 0, false)
		if err != nil || status.Exited() || status.Signaled() {
			return status, err
		}
	}
}

// wait4 is wait4(2), but ends on an interrupt and, if signals is set, on a signal.
func (vm *VM) wait4(pid, options int, signals bool) (int, posix.WaitStatus, error) {
	for {
		got, status, err := posix.WaitNow(pid, options)
		if err != nil || got != 0 || options&posix.WNOHANG != 0 {
			return got, status, err
		}
		if err := vm.waitExit(pid, options, signals); err != nil {
			return -1, 0, err
		}
	}
}

// waitExit blocks until wait4 can return a status. Another goroutine waits for the
// child without reaping it, so that no status is lost if the wait is interrupted.
func (vm *VM) waitExit(pid, options int, signals bool) error {
	var ended atomic.Bool
	go func() {
		posix.AwaitEnd(pid, options)
		ended.Store(true)
		vm.wake()
	}()
	for !ended.Load() {
		vm.CheckInterrupt()
		if signals && vm.TakeSignal() {
			return posix.EINTR
		}
		if err := vm.wait(nil, -1); err != nil {
			return err
		}
	}
	return nil
}

// startProcess starts a child process. It fails, for example with ENOENT, if the
// program cannot be run.
func (vm *VM) startProcess(path string, argv []string, attr *syscall.ProcAttr) (int, error) {
	if vm.opts.StartProcess != nil {
		return vm.opts.StartProcess(path, argv, attr)
	}
	return posix.StartProcess(path, argv, attr)
}

// exec is os.exec(args, options). It returns the exit status, or the negative number
// of the signal that ended the child; with {block: false}, the process id.
func (vm *VM) exec(call goja.FunctionCall) goja.Value {
	args := call.Argument(0).ToObject(vm.rt)
	n := toInt64(args.Get("length"))
	if n < 1 || n > 65535 {
		vm.throwType("invalid number of arguments")
	}
	argv := make([]string, n)
	for i := range argv {
		v := args.Get(vm.rt.ToValue(i).String())
		if v == nil {
			v = goja.Undefined()
		}
		argv[i] = toString(vm, v)
	}
	options := call.Argument(1)
	flag := func(name string, value bool) bool {
		if v := vm.property(options, name); v != nil {
			return v.ToBoolean()
		}
		return value
	}
	text := func(name, value string) string {
		if v := vm.property(options, name); v != nil {
			return toString(vm, v)
		}
		return value
	}
	block := flag("block", true)
	usePath := flag("usePath", true)
	file := text("file", argv[0])
	attr := &syscall.ProcAttr{
		Dir:   text("cwd", ""),
		Env:   vm.execEnv(options),
		Files: vm.execFiles(options),
		Sys:   vm.execUser(options),
	}
	path, err := file, error(nil)
	if usePath {
		path, err = posix.LookPath(file, attr.Dir)
	}
	vm.flushFiles()
	var pid int
	if err == nil {
		pid, err = vm.startProcess(path, argv, attr)
	}
	switch {
	case err != nil && block:
		return vm.rt.ToValue(exitNotRun)
	case err != nil:
		return vm.result(err)
	case !block:
		return vm.rt.ToValue(pid)
	}
	status, err := (&child{vm, pid}).wait()
	switch {
	case err != nil:
		return vm.result(err)
	case status.Signaled():
		return vm.rt.ToValue(-int(status.Signal()))
	}
	return vm.rt.ToValue(status.ExitStatus())
}

// flushFiles writes the script's buffered output before a child may write to the
// same file.
func (vm *VM) flushFiles() { vm.files.flush() }

func (vm *VM) execEnv(options goja.Value) []string {
	v := vm.property(options, "env")
	if v == nil {
		return environ()
	}
	obj := v.ToObject(vm.rt)
	env := []string{}
	for _, name := range obj.Keys() {
		env = append(env, name+"="+toString(vm, obj.Get(name)))
	}
	return env
}

// execFiles returns the child's standard streams: the script's own, or the
// descriptors in the options stdin, stdout and stderr.
func (vm *VM) execFiles(options goja.Value) []uintptr {
	const none = ^uintptr(0)
	files := make([]uintptr, 3)
	for i, own := range []*stdFile{vm.stdin, vm.stdout, vm.stderr} {
		files[i] = none
		if own.state.fd >= 0 && !own.state.closed {
			files[i] = uintptr(own.state.fd)
		}
		if v := vm.property(options, [...]string{"stdin", "stdout", "stderr"}[i]); v != nil {
			files[i] = uintptr(toInt32(v))
		}
	}
	return files
}

func (vm *VM) execUser(options goja.Value) *syscall.SysProcAttr {
	uid, gid := vm.property(options, "uid"), vm.property(options, "gid")
	if uid == nil && gid == nil {
		return nil
	}
	number := func(v goja.Value) int64 {
		if v == nil {
			return posix.Same
		}
		return int64(uint32(toInt32(v)))
	}
	attributes, err := posix.AsUser(number(uid), number(gid))
	if err != nil {
		vm.throwError(fmt.Errorf("os.exec: uid and gid: %w", err))
	}
	return attributes
}

// waitpid is os.waitpid(pid, options): [pid, status] or [-errno, 0].
func (vm *VM) waitpid(call goja.FunctionCall) goja.Value {
	pid, status, err := vm.wait4(toInt32(call.Argument(0)), toInt32(call.Argument(1)), true)
	if err != nil {
		return vm.rt.NewArray(-errnoOf(err), 0)
	}
	return vm.rt.NewArray(pid, int(status))
}

// stdPopen is std.popen(command, mode, errorObj). The file's close() returns the status
// in the encoding of waitpid.
func (vm *VM) stdPopen(call goja.FunctionCall) goja.Value {
	command := toString(vm, call.Argument(0))
	mode := toString(vm, call.Argument(1))
	if mode == "" || strings.Trim(mode, "rw") != "" {
		vm.throwType("invalid file mode")
	}
	f, err := vm.popen(command, mode)
	vm.setErrno(call.Argument(2), err)
	if err != nil {
		return goja.Null()
	}
	return vm.fileObject(f)
}

func (vm *VM) popen(command, mode string) (*stdFile, error) {
	if mode != "r" && mode != "w" {
		return nil, posix.EINVAL
	}
	path, argv := posix.Shell(command)
	return vm.startPiped(mode, path, argv...)
}

// startPiped starts a program and returns a file to read its output (mode r) or to write its input
// (mode w). Closing the file waits for the end of the program.
func (vm *VM) startPiped(mode, path string, argv ...string) (*stdFile, error) {
	ours, theirs, err := posix.Pipe()
	if err != nil {
		return nil, err
	}
	files := vm.execFiles(nil)
	if mode == "r" {
		files[1] = uintptr(theirs)
	} else {
		ours, theirs = theirs, ours
		files[0] = uintptr(theirs)
	}
	vm.flushFiles()
	attr := &syscall.ProcAttr{Env: environ(), Files: files}
	pid, err := vm.startProcess(path, argv, attr)
	if closeErr := posix.Close(theirs); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, errors.Join(err, posix.Close(ours))
	}
	f := vm.newFile(ours)
	f.cmd = &child{vm, pid}
	return f, nil
}
