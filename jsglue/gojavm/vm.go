package gojavm

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// ErrClosed is returned by a run on a VM that was closed.
var ErrClosed = errors.New("gojavm: the VM is closed")

// ErrRunning is returned by Eval, RunFile and Close when the running script calls
// them.
var ErrRunning = errors.New("gojavm: the VM is already running")

// ModuleFunc creates a native module. It runs on the VM's goroutine at the
// module's first import. The object's own enumerable properties become the
// module's exports. A run stays on one thread of the operating system; the next
// one may have another.
type ModuleFunc func(vm *VM) (*goja.Object, error)

// Options configure a VM. The zero value is usable: without streams, standard
// input is empty and output is discarded.
type Options struct {
	// Stdin, Stdout and Stderr are the script's standard streams. The VM uses
	// their descriptors directly and does not close them.
	Stdin, Stdout, Stderr *os.File

	// Modules are native modules by the name under which scripts import them.
	Modules map[string]ModuleFunc

	// SignalAction installs or removes the host's handler for sig; os.signal
	// calls it. The handler calls [VM.Signal]. If SignalAction is nil,
	// os.signal throws.
	SignalAction func(sig int, action SignalAction) error

	// MemoryLimit is the largest number of bytes of memory that the script may use, 0 for no
	// limit. Above it the run ends with a *[MemoryError]. The growth of the heap since
	// the VM was created counts; all VMs of the process share the heap.
	MemoryLimit uint64

	// StartProcess starts the child processes of os.exec, std.popen and std.urlGet
	// and returns the process id. If it is nil, [syscall.ForkExec] is used, and
	// the child inherits the signal mask of a thread of the Go runtime.
	StartProcess StartProcessFunc
}

// VM is one JavaScript engine with its global object and event loop.
type VM struct {
	rt       *goja.Runtime
	opts     Options
	start    time.Time
	classes  classes
	overflow overflow
	ff       ffClasses
	stdin    *stdFile
	stdout   *stdFile
	stderr   *stdFile

	// The fields below belong to the goroutine that runs the VM.
	running    bool
	broken     bool
	exit       *ExitError
	reported   *ScriptError
	native     map[string]*goja.Object
	modules    map[string]*module
	evaluator  evaluator
	main       *goja.Promise
	rejections []*goja.Promise
	timers     timerQueue
	timerProto *goja.Object
	fileProto  *goja.Object
	timerSeq   uint64
	signals    []signalHandler
	terminals  map[int]posix.TerminalMode
	fdHandlers []*fdHandler
	seenSeq    uint64
	runEnds    []func()

	// state is shared with goroutines that call Interrupt and Signal.
	state struct {
		sync.Mutex
		closed    bool
		reason    error      // the error with which the run must end, nil if there is none
		stopped   chan error // receives reason when it is set
		wakeEvent posix.Event
		wakeFuncs []*wakeFunc
	}
	handled atomic.Uint64
	pending atomic.Uint64
	sigSeq  atomic.Uint64

	files fileSet

	// leftover belongs to the calling goroutine. It is closed when the built-in function
	// that an interrupted run left running has ended.
	leftover <-chan struct{}

	guardSource, guardStrictSource, guardImport, guardPower, guardRegExp, guardTrue goja.Value
	guardAsyncFunction, guardAsyncMethods                                           goja.Value
	asyncFunctions                                                                  *asyncFunctions // nil until a script needs them
	toPrimitive                                                                     *goja.Symbol    // the script's Symbol.toPrimitive

	memory  memory
	matches matches
	realm   realm
	joining []*goja.Object
	places  map[place]frame
	chains  knownChains
	joins   joins
	nested  int // active calls of built-in functions
}

// New creates a VM. Close frees it.
func New(opts Options) (vm *VM, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = panicError(x)
		}
		if err != nil && vm != nil {
			_ = vm.Close()
			vm = nil
		}
	}()
	readLayout()
	vm = &VM{
		rt:      goja.New(),
		opts:    opts,
		start:   time.Now(),
		native:  make(map[string]*goja.Object),
		modules: make(map[string]*module),
	}
	vm.state.stopped = make(chan error, 1)
	vm.joins.most = maxJoined
	vm.initMemory()
	if err := vm.openWake(); err != nil {
		return vm, fmt.Errorf("gojavm: %w", err)
	}
	vm.rt.SetPromiseRejectionTracker(vm.trackRejection)
	vm.initClasses()
	vm.initErrorClasses()
	vm.initSymbols()
	if err := vm.initEvaluator(); err != nil {
		return vm, err
	}
	vm.initStdio()
	vm.initConsole()
	vm.initTimers()
	vm.initWeb()
	if err := vm.initFFArrays(); err != nil {
		return vm, err
	}
	if err := vm.initBuiltins(); err != nil {
		return vm, err
	}
	if err := vm.initOverflow(); err != nil {
		return vm, err
	}
	global := vm.rt.GlobalObject()
	for _, m := range []struct {
		name string
		make func() *goja.Object
	}{{"std", vm.newStd}, {"os", vm.newOS}} {
		obj := m.make()
		vm.native[m.name] = obj
		vm.define(global, m.name, obj)
	}
	vm.SetArgs(nil)
	return vm, nil
}

// Runtime returns the goja runtime. It may be used only on the goroutine that
// runs the VM.
func (vm *VM) Runtime() *goja.Runtime { return vm.rt }

// SetArgs sets the script's global scriptArgs.
func (vm *VM) SetArgs(args []string) {
	items := make([]any, len(args))
	for i, a := range args {
		items[i] = a
	}
	vm.define(vm.rt.GlobalObject(), "scriptArgs", vm.rt.NewArray(items...))
}

// Eval runs source, then the event loop until nothing is left to do. Error
// positions show the name, and relative imports are resolved from its
// directory.
//
// The error is a *[ScriptError] if the script failed, an *[ExitError] if it
// called std.exit, an *[InterruptedError] after [VM.Interrupt].
func (vm *VM) Eval(name, source string) error {
	if name == "" {
		name = "<input>"
	}
	return vm.run(func() error { return vm.evalSource(name, source) })
}

// RunFile is Eval for a file; "-" is standard input.
func (vm *VM) RunFile(path string) error {
	return vm.run(func() error {
		if path == "-" {
			source, err := vm.stdin.readAll()
			if err != nil {
				return loadError("<stdin>", err)
			}
			return vm.evalSource("<stdin>", string(source))
		}
		source, err := readSource(path)
		if err != nil {
			return loadError(path, err)
		}
		return vm.evalSource(path, source)
	})
}

// finish flushes the script's output, resets the VM for the next run and returns
// the error of the run.
func (vm *VM) finish(err error) error {
	vm.files.flush()
	reason := vm.takeInterrupt()
	if err != nil || reason != nil || vm.exit != nil {
		vm.timers = nil
		vm.fdHandlers = nil
	}
	vm.main = nil
	vm.rejections = nil
	switch {
	case vm.exit != nil:
		return vm.exit
	case reason != nil:
		return reason
	case err != nil:
		return vm.asScriptError(err)
	case vm.reported != nil:
		return vm.reported
	}
	return nil
}

// Running reports whether a script is running. It may be called only on the goroutine
// that runs the VM.
func (vm *VM) Running() bool { return vm.running }

// Close restores the host's signal actions, flushes and closes the script's
// files and frees the VM's descriptor. It returns ErrRunning while a script runs.
// Calling it again does nothing. If an interrupted run left a built-in function
// running, the VM is closed when that function has ended.
func (vm *VM) Close() error {
	if vm.leftover != nil {
		select {
		case <-vm.leftover:
		default:
			if idle := vm.leftover; !vm.isClosed() {
				go func() {
					<-idle
					_ = vm.closeIdle()
				}()
			}
			return nil
		}
	} else if vm.running {
		return ErrRunning
	}
	return vm.closeIdle()
}

func (vm *VM) closeIdle() error {
	if !vm.closeWake() {
		return nil
	}
	var errs []error
	for _, h := range vm.signals {
		errs = append(errs, vm.opts.SignalAction(h.sig, SignalDefault))
	}
	vm.signals = nil
	vm.handled.Store(0)
	vm.files.close()
	vm.restoreTerminals()
	return errors.Join(errs...)
}

// exitNow ends the run. No script code runs after it.
func (vm *VM) exitNow(status int) {
	vm.exit = &ExitError{Status: status}
	// Unwinding closes iterators, which would run script code. The interrupt
	// flag ends that code before its first instruction.
	vm.rt.Interrupt(vm.exit)
	panic(&goja.InterruptedError{})
}

var errBroken = errors.New("gojavm: the VM is unusable after an internal failure")

func panicError(x any) error {
	if err, ok := x.(error); ok {
		return fmt.Errorf("gojavm: internal failure: %w\n%s", err, debug.Stack())
	}
	return fmt.Errorf("gojavm: internal failure: %v\n%s", x, debug.Stack())
}

// absPath resolves path against the working directory.
func absPath(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return filepath.Clean("/" + path)
	}
	return abs
}
