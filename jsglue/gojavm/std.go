package gojavm

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

var stdErrors = map[string]int{
	"EINVAL":    int(posix.EINVAL),
	"EIO":       int(posix.EIO),
	"EACCES":    int(posix.EACCES),
	"EEXIST":    int(posix.EEXIST),
	"ENOSPC":    int(posix.ENOSPC),
	"ENOSYS":    int(posix.ENOSYS),
	"EBUSY":     int(posix.EBUSY),
	"ENOENT":    int(posix.ENOENT),
	"EPERM":     int(posix.EPERM),
	"EPIPE":     int(posix.EPIPE),
	"EBADF":     int(posix.EBADF),
	"EAGAIN":    int(posix.EAGAIN),
	"EINTR":     int(posix.EINTR),
	"ENOTDIR":   int(posix.ENOTDIR),
	"EISDIR":    int(posix.EISDIR),
	"ENOTEMPTY": int(posix.ENOTEMPTY),
}

// newStd makes the std module.
func (vm *VM) newStd() *goja.Object {
	vm.fileProto = vm.newFileProto()
	std := vm.rt.NewObject()
	vm.setFuncs(std, []funcSpec{
		{"exit", 1, func(call goja.FunctionCall) goja.Value {
			vm.exitNow(toInt32(call.Argument(0)))
			return nil
		}},
		{"gc", 0, func(goja.FunctionCall) goja.Value {
			runtime.GC()
			return goja.Undefined()
		}},
		{"evalScript", 1, func(call goja.FunctionCall) goja.Value {
			if v := vm.property(call.Argument(1), "async"); v != nil && v.ToBoolean() {
				vm.throwType("std.evalScript: the option async is not supported; use import() of a module")
			}
			return vm.evalNested("<evalScript>", toString(vm, call.Argument(0)))
		}},
		{"loadScript", 1, vm.loadScript},
		{"loadFile", 1, vm.loadFile},
		{"getenv", 1, vm.getenv},
		{"setenv", 2, vm.setenv},
		{"unsetenv", 1, func(call goja.FunctionCall) goja.Value {
			unsetEnv(toString(vm, call.Argument(0)))
			return goja.Undefined()
		}},
		{"getenviron", 0, vm.getenviron},
		{"urlGet", 1, vm.urlGet},
		{"parseExtJSON", 1, vm.parseExtJSON},
		{"strerror", 1, func(call goja.FunctionCall) goja.Value {
			return vm.rt.ToValue(strerror(posix.Errno(toInt32(call.Argument(0)))))
		}},
		{"open", 2, vm.stdOpen},
		{"popen", 2, vm.stdPopen},
		{"fdopen", 2, vm.stdFdopen},
		{"tmpfile", 0, vm.stdTmpfile},
		{"puts", 1, func(call goja.FunctionCall) goja.Value { return vm.puts(vm.stdout, call.Arguments) }},
		{"printf", 1, func(call goja.FunctionCall) goja.Value { return vm.printf(vm.stdout, call.Arguments) }},
		{"sprintf", 1, func(call goja.FunctionCall) goja.Value {
			return vm.rt.ToValue(string(vm.format(call.Arguments)))
		}},
	})
	vm.setInts(std, map[string]int{
		"SEEK_SET": io.SeekStart,
		"SEEK_CUR": io.SeekCurrent,
		"SEEK_END": io.SeekEnd,
	})
	codes := vm.rt.NewObject()
	vm.setInts(codes, stdErrors)
	rethrow(std.Set("Error", codes))
	rethrow(std.Set("in", vm.fileObject(vm.stdin)))
	rethrow(std.Set("out", vm.fileObject(vm.stdout)))
	rethrow(std.Set("err", vm.fileObject(vm.stderr)))
	return std
}

// newFileProto makes the prototype of FILE objects.
func (vm *VM) newFileProto() *goja.Object {
	proto := vm.rt.NewObject()
	rethrow(proto.DefineDataPropertySymbol(goja.SymToStringTag, vm.rt.ToValue("FILE"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	method := func(f func(file *stdFile, call goja.FunctionCall) goja.Value) nativeFunc {
		return func(call goja.FunctionCall) goja.Value { return f(vm.fileOf(call.This), call) }
	}
	vm.defineFuncs(proto, []funcSpec{
		{"close", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value { return vm.closeFile(f) })},
		{"puts", 1, method(func(f *stdFile, call goja.FunctionCall) goja.Value { return vm.puts(f, call.Arguments) })},
		{"printf", 1, method(func(f *stdFile, call goja.FunctionCall) goja.Value { return vm.printf(f, call.Arguments) })},
		{"flush", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value {
			f.state.mu.Lock()
			defer f.state.mu.Unlock()
			_ = f.state.flush(vm)
			return goja.Undefined()
		})},
		{"tell", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value {
			at, _ := f.tell()
			return vm.rt.ToValue(at)
		})},
		{"tello", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value {
			at, _ := f.tell()
			return vm.bigInt(at)
		})},
		{"seek", 2, method(func(f *stdFile, call goja.FunctionCall) goja.Value {
			return vm.result(f.seek(toInt64(call.Argument(0)), toInt32(call.Argument(1))))
		})},
		{"eof", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value { return vm.rt.ToValue(f.state.eof) })},
		{"error", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value { return vm.rt.ToValue(f.state.err) })},
		{"clearerr", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value {
			f.state.eof, f.state.err = false, false
			return goja.Undefined()
		})},
		{"fileno", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value { return vm.rt.ToValue(f.state.fd) })},
		{"read", 3, method(func(f *stdFile, call goja.FunctionCall) goja.Value {
			return vm.rt.ToValue(f.read(vm.bufferArgs(call.Arguments)))
		})},
		{"write", 3, method(func(f *stdFile, call goja.FunctionCall) goja.Value {
			return vm.rt.ToValue(f.write(vm.bufferArgs(call.Arguments)))
		})},
		{"getline", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value {
			line, ok := f.readLine()
			if !ok {
				return goja.Null()
			}
			return vm.text(line)
		})},
		{"readAsString", 0, method(func(f *stdFile, call goja.FunctionCall) goja.Value {
			limit := int64(-1)
			if v := call.Argument(0); !goja.IsUndefined(v) {
				limit = vm.toIndex(v)
			}
			return vm.text(f.readString(limit))
		})},
		{"getByte", 0, method(func(f *stdFile, _ goja.FunctionCall) goja.Value {
			var b [1]byte
			if f.read(b[:]) == 0 {
				return vm.rt.ToValue(-1)
			}
			return vm.rt.ToValue(int(b[0]))
		})},
		{"putByte", 1, method(func(f *stdFile, call goja.FunctionCall) goja.Value {
			c := byte(toInt32(call.Argument(0)))
			if f.write([]byte{c}) == 0 {
				return vm.rt.ToValue(-1)
			}
			return vm.rt.ToValue(int(c))
		})},
	})
	return proto
}

// text decodes UTF-8 into a string. Invalid bytes become U+FFFD.
func (vm *VM) text(b []byte) goja.Value {
	return vm.rt.ToValue(strings.ToValidUTF8(string(b), "\uFFFD"))
}

func (vm *VM) puts(f *stdFile, args []goja.Value) goja.Value {
	var b []byte
	for _, arg := range args {
		b = append(b, toString(vm, arg)...)
	}
	if len(b) > 0 {
		f.write(b)
	}
	return goja.Undefined()
}

func (vm *VM) printf(f *stdFile, args []goja.Value) goja.Value {
	b := vm.format(args)
	if len(b) == 0 {
		return vm.rt.ToValue(0)
	}
	return vm.rt.ToValue(f.write(b))
}

// bufferArgs returns the bytes that the arguments (buffer, position, length)
// select.
func (vm *VM) bufferArgs(args []goja.Value) []byte {
	arg := func(i int) goja.Value {
		if i < len(args) {
			return args[i]
		}
		return goja.Undefined()
	}
	b, ok := vm.Bytes(arg(0))
	if !ok {
		vm.throwType("not an ArrayBuffer, typed array or FFArray")
	}
	at, n := vm.toIndex(arg(1)), vm.toIndex(arg(2))
	if at > int64(len(b)) || n > int64(len(b))-at {
		vm.throwRange("read/write array buffer overflow")
	}
	return b[at : at+n]
}

func (vm *VM) closeFile(f *stdFile) goja.Value {
	err := f.state.close(vm)
	vm.files.remove(f.state)
	if f.cmd != nil {
		status, waitErr := f.cmd.wait()
		if waitErr != nil {
			return vm.result(waitErr)
		}
		return vm.rt.ToValue(int(status))
	}
	return vm.result(err)
}

// setErrno stores the error number, 0 for success, in the optional argument errorObj.
func (vm *VM) setErrno(errorObj goja.Value, err error) {
	if obj, ok := errorObj.(*goja.Object); ok {
		rethrow(obj.Set("errno", errnoOf(err)))
	}
}

// openFlags returns the flags of open(2) for a mode of fopen(3), -1 if the first letter is not r, w or a.
func (vm *VM) openFlags(mode, allowed string) int {
	if mode == "" || strings.Trim(mode, allowed) != "" {
		vm.throwType("invalid file mode")
	}
	access := posix.O_WRONLY
	if strings.Contains(mode, "+") {
		access = posix.O_RDWR
	}
	switch mode[0] {
	case 'r':
		if access == posix.O_WRONLY {
			access = posix.O_RDONLY
		}
		return access
	case 'w':
		return access | posix.O_CREAT | posix.O_TRUNC
	case 'a':
		return access | posix.O_CREAT | posix.O_APPEND
	}
	return -1
}

func (vm *VM) stdOpen(call goja.FunctionCall) goja.Value {
	name := toString(vm, call.Argument(0))
	flags := vm.openFlags(toString(vm, call.Argument(1)), "rwa+b")
	fd, err := -1, error(posix.EINVAL)
	if flags >= 0 {
		fd, err = vm.openFD(name, flags, 0o666)
	}
	return vm.openResult(fd, err, call.Argument(2))
}

func (vm *VM) stdFdopen(call goja.FunctionCall) goja.Value {
	fd := toInt32(call.Argument(0))
	flags := vm.openFlags(toString(vm, call.Argument(1)), "rwa+")
	var err error
	if flags < 0 {
		err = posix.EINVAL
	} else {
		err = posix.CheckOpen(fd)
	}
	return vm.openResult(fd, err, call.Argument(2))
}

func (vm *VM) stdTmpfile(call goja.FunctionCall) goja.Value {
	fd, err := posix.TemporaryFile()
	return vm.openResult(fd, err, call.Argument(0))
}

// openResult returns a FILE object, or null if the file could not be opened.
func (vm *VM) openResult(fd int, err error, errorObj goja.Value) goja.Value {
	vm.setErrno(errorObj, err)
	if err != nil {
		return goja.Null()
	}
	return vm.fileObject(vm.newFile(fd))
}

func (vm *VM) loadFile(call goja.FunctionCall) goja.Value {
	data, err := os.ReadFile(toString(vm, call.Argument(0)))
	if err != nil {
		return goja.Null()
	}
	return vm.text(data)
}

func (vm *VM) loadScript(call goja.FunctionCall) goja.Value {
	name := toString(vm, call.Argument(0))
	data, err := os.ReadFile(name)
	if err != nil {
		panic(vm.newError(vm.classes.referenceError, fmt.Sprintf("could not load '%s'", name)))
	}
	return vm.evalNested(name, string(data))
}

// evalNested runs a classic script on behalf of the calling script.
func (vm *VM) evalNested(name, source string) goja.Value {
	program, err := vm.compileNested(name, source)
	if err != nil {
		var e *ScriptError
		if errors.As(err, &e) {
			vm.throwScriptError(e)
		}
		vm.throwError(err)
	}
	v, err := vm.rt.RunProgram(program)
	rethrow(err)
	return v
}

func (vm *VM) getenv(call goja.FunctionCall) goja.Value {
	v, ok := lookupEnv(toString(vm, call.Argument(0)))
	if !ok {
		return goja.Undefined()
	}
	return vm.rt.ToValue(v)
}

func (vm *VM) setenv(call goja.FunctionCall) goja.Value {
	_ = os.Setenv(toString(vm, call.Argument(0)), toString(vm, call.Argument(1)))
	return goja.Undefined()
}

func (vm *VM) getenviron(goja.FunctionCall) goja.Value {
	obj := vm.rt.NewObject()
	for _, pair := range environ() {
		if name, value, ok := strings.Cut(pair, "="); ok {
			rethrow(obj.Set(name, value))
		}
	}
	return obj
}
