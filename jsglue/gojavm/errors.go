package gojavm

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
	"github.com/zmqjs/zmqjs/jsglue/internal/cerrno"
)

// ExitError reports that the script called std.exit.
type ExitError struct {
	Status int
}

func (e *ExitError) Error() string { return fmt.Sprintf("exit status %d", e.Status) }

// InterruptedError reports that [VM.Interrupt] ended the run.
type InterruptedError struct{}

func (*InterruptedError) Error() string { return "interrupted" }

// ScriptError reports a script that cannot be read or compiled, an uncaught
// exception or an unhandled promise rejection.
type ScriptError struct {
	// Message is the exception as a string, such as "TypeError: not a function". The code
	// of the error, if any, follows: "Error: Socket is closed [ENOTSOCK]".
	Message string
	// Stack has one line for each frame: "    at f (file.js:3:9)".
	Stack string
	// File, Line and Column are the position of the error in the original
	// source. Line and Column count from 1; Line is 0 if the position is
	// unknown.
	File         string
	Line, Column int
	// Reported is true if the VM has already written the error to Stderr: a
	// timer, signal or descriptor handler threw it, and the event loop
	// continued.
	Reported bool
}

// Error returns the message and, on the lines below it, the stack.
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

// rethrow throws err, which a call into the script returned, in the calling
// script.
func rethrow(err error) {
	if err != nil {
		panic(err)
	}
}

// asScriptError turns an exception into a *ScriptError. It returns other errors
// unchanged.
func (vm *VM) asScriptError(err error) error {
	var ex *goja.Exception
	if errors.As(err, &ex) {
		return vm.describe(ex.Value(), ex.Stack())
	}
	return err
}

// describe makes the error for a thrown value. The position is that of the
// Error's own stack, where it was created; without one, that of frames, where
// the value was thrown.
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

// try runs f, which may call script code, and reports whether it succeeded.
func (vm *VM) try(f func()) (ok bool) {
	defer func() {
		// vm.state still records an interrupt.
		if x := recover(); x != nil {
			ok = false
		}
	}()
	return vm.rt.Try(f) == nil
}

// setFrames sets the stack, and the position to that of the innermost frame that has one.
func (e *ScriptError) setFrames(frames []frame) {
	for _, f := range frames {
		if f.line > 0 && e.Line == 0 {
			e.File, e.Line, e.Column = f.file, f.line, f.column
		}
	}
	e.Stack = strings.TrimSuffix(stackText(frames), "\n")
}

// placedError returns an error with a position, found before any code ran.
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

// errorText returns the text of err; for an error of a system call, that of C's strerror.
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

// Errno returns the error for a C error number. Functions in [Options] return it to fail with that number.
func Errno(number int) error { return posix.Errno(number) }

// strerror returns the text of an error number, in glibc's words. For a number that only another system has it is Go's,
// which begins with a lower-case letter.
func strerror(errno posix.Errno) string {
	if errno == 0 {
		return "Success"
	}
	if text := cerrno.Text(int(errno)); text != "" {
		return text
	}
	s := errno.Error()
	if s == "errno "+strconv.Itoa(int(errno)) {
		return "Unknown error " + strconv.Itoa(int(errno))
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// errnoOf returns the error number in err, 0 if err is nil.
func errnoOf(err error) int {
	if err == nil {
		return 0
	}
	if errno, ok := posix.ErrnoOf(err); ok {
		return int(errno)
	}
	return int(posix.EIO)
}
