package gojavm

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// ExitError reports that the script called std.exit.
type ExitError struct {
	Status int
}

func (e *ExitError) Error() string { return fmt.Sprintf("exit status %d", e.Status) }

// InterruptedError reports that the run was ended by [VM.Interrupt].
type InterruptedError struct{}

func (*InterruptedError) Error() string { return "interrupted" }

// ScriptError reports an error in a script: one that cannot be read or
// compiled, an exception that nothing caught, or a rejected promise that
// nothing handled.
type ScriptError struct {
	// Message is the exception as a string, such as "TypeError: not a function"; if it has
	// a code, that follows: "Error: Socket is closed [ENOTSOCK]".
	Message string
	// Stack has one line for each frame: "    at f (file.js:3:9)".
	Stack string
	// File, Line and Column tell where the error arose, in the source that
	// the script's author wrote. Line and Column count from 1; Line is 0 if
	// the place is unknown.
	File         string
	Line, Column int
	// Reported reports that the VM has already written the error to Stderr: it
	// arose in a timer, signal or descriptor handler, and the event loop went
	// on.
	Reported bool
}

// Error returns what a runner prints: the message and, below it, the stack.
func (e *ScriptError) Error() string {
	if e.Stack == "" {
		return e.Message
	}
	return e.Message + "\n" + e.Stack
}

// isUncatchable reports whether err ends the whole run.
func isUncatchable(err error) bool {
	var interrupted *goja.InterruptedError
	return errors.As(err, &interrupted)
}

// rethrow continues err, which a call into the script returned, in the calling
// script.
func rethrow(err error) {
	if err != nil {
		panic(err)
	}
}

// asScriptError describes an error of a run. Errors that are not the script's
// are returned as they are.
func (vm *VM) asScriptError(err error) error {
	var ex *goja.Exception
	if errors.As(err, &ex) {
		return vm.describe(ex.Value(), ex.Stack())
	}
	return err
}

// describe makes the error for a thrown value. An Error's own stack, which
// tells where it was made, goes before frames, which tell where it was thrown.
func (vm *VM) describe(val goja.Value, frames []goja.StackFrame) *ScriptError {
	e := &ScriptError{}
	if val == nil {
		val = goja.Undefined()
	}
	if !vm.try(func() { e.Message = toString(vm, val) }) {
		e.Message = "[exception]"
	}
	if obj, ok := val.(*goja.Object); ok && obj.ClassName() == "Error" {
		vm.try(func() {
			if s, ok := obj.Get("stack").(goja.String); ok {
				e.setFrames(parseStack(s.String()))
			}
		})
		vm.try(func() {
			if code, ok := obj.Get("code").(goja.String); ok {
				e.Message += " [" + code.String() + "]"
			}
		})
		if e.Stack != "" {
			return e
		}
	}
	e.setFrames(vm.visible(frames))
	return e
}

// try runs f, which may call script code, and reports whether it went well.
func (vm *VM) try(f func()) (ok bool) {
	defer func() {
		// An interrupt stays noted in vm.state.
		if x := recover(); x != nil {
			ok = false
		}
	}()
	return vm.rt.Try(f) == nil
}

// setFrames sets the stack, and the place to that of the innermost frame with one.
func (e *ScriptError) setFrames(frames []frame) {
	for _, f := range frames {
		if f.line > 0 && e.Line == 0 {
			e.File, e.Line, e.Column = f.file, f.line, f.column
		}
	}
	e.Stack = strings.TrimSuffix(stackText(frames), "\n")
}

// placedError is an error at a known place that was found before any code ran.
func placedError(message, file string, line, column int) *ScriptError {
	e := &ScriptError{Message: message}
	e.setFrames([]frame{{file: unescapeName(file), line: line, column: column}})
	return e
}

// loadError reports a script that cannot be read.
func loadError(name string, err error) error {
	if isUncatchable(err) {
		return err
	}
	return &ScriptError{Message: name + ": " + errorText(err), File: name}
}

// errorText is err as C's strerror words it, if it stems from a system call.
func errorText(err error) string {
	if errno, ok := posix.ErrnoOf(err); ok {
		return strerror(errno)
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}

// Errno is the error of a number of C, for functions of [Options] that fail with one.
func Errno(number int) error { return posix.Errno(number) }

// strerror is C's text for an error number, which Go has with a small letter
// at its start.
func strerror(errno posix.Errno) string {
	if errno == 0 {
		return "Success"
	}
	s := errno.Error()
	if s == "errno "+strconv.Itoa(int(errno)) {
		return "Unknown error " + strconv.Itoa(int(errno))
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// errnoOf is the error number in err, 0 if err is nil.
func errnoOf(err error) int {
	if err == nil {
		return 0
	}
	if errno, ok := posix.ErrnoOf(err); ok {
		return int(errno)
	}
	return int(posix.EIO)
}
