package gojavm

import (
	"os"
	"path/filepath"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

var osConstants = map[string]int{
	"O_RDONLY": posix.O_RDONLY,
	"O_WRONLY": posix.O_WRONLY,
	"O_RDWR":   posix.O_RDWR,
	"O_APPEND": posix.O_APPEND,
	"O_CREAT":  posix.O_CREAT,
	"O_EXCL":   posix.O_EXCL,
	"O_TRUNC":  posix.O_TRUNC,
	"S_IFMT":   posix.S_IFMT,
	"S_IFIFO":  posix.S_IFIFO,
	"S_IFCHR":  posix.S_IFCHR,
	"S_IFDIR":  posix.S_IFDIR,
	"S_IFBLK":  posix.S_IFBLK,
	"S_IFREG":  posix.S_IFREG,
	"S_IFSOCK": posix.S_IFSOCK,
	"S_IFLNK":  posix.S_IFLNK,
	"S_ISGID":  posix.S_ISGID,
	"S_ISUID":  posix.S_ISUID,
	"WNOHANG":  posix.WNOHANG,
}

// newOS makes the os module.
func (vm *VM) newOS() *goja.Object {
	obj := vm.rt.NewObject()
	arg := func(call goja.FunctionCall, i int) string { return toString(vm, call.Argument(i)) }
	// errnoOfPath makes a function that takes a path and returns 0 or -errno.
	errnoOfPath := func(f func(path string) error) nativeFunc {
		return func(call goja.FunctionCall) goja.Value { return vm.result(f(arg(call, 0))) }
	}
	vm.setFuncs(obj, []funcSpec{
		{"now", 0, vm.now},
		{"sleep", 1, func(call goja.FunctionCall) goja.Value {
			return vm.result(vm.sleep(toDelay(call.Argument(0))))
		}},
		{"sleepAsync", 1, vm.sleepAsync},
		{"setTimeout", 2, vm.setTimer(false)},
		{"clearTimeout", 1, vm.clearTimer},
		{"setReadHandler", 2, vm.setFDHandler(false)},
		{"setWriteHandler", 2, vm.setFDHandler(true)},
		{"signal", 2, vm.osSignal},

		{"getcwd", 0, func(goja.FunctionCall) goja.Value {
			dir, err := posix.Getwd()
			return vm.resultPair(dir, err)
		}},
		{"chdir", 1, errnoOfPath(posix.Chdir)},
		{"mkdir", 1, func(call goja.FunctionCall) goja.Value {
			mode := 0o777
			if len(call.Arguments) > 1 {
				mode = toInt32(call.Argument(1))
			}
			return vm.result(posix.Mkdir(arg(call, 0), uint32(mode)))
		}},
		{"remove", 1, errnoOfPath(posix.Remove)},
		{"rename", 2, func(call goja.FunctionCall) goja.Value {
			return vm.result(posix.Rename(arg(call, 0), arg(call, 1)))
		}},
		{"symlink", 2, func(call goja.FunctionCall) goja.Value {
			return vm.result(posix.Symlink(arg(call, 0), arg(call, 1)))
		}},
		{"readlink", 1, func(call goja.FunctionCall) goja.Value {
			target, err := os.Readlink(arg(call, 0))
			return vm.resultPair(target, err)
		}},
		{"realpath", 1, func(call goja.FunctionCall) goja.Value {
			path, err := realpath(arg(call, 0))
			return vm.resultPair(path, err)
		}},
		{"readdir", 1, func(call goja.FunctionCall) goja.Value {
			return vm.readdir(arg(call, 0))
		}},
		{"stat", 1, func(call goja.FunctionCall) goja.Value {
			return vm.stat(arg(call, 0), posix.Stat)
		}},
		{"lstat", 1, func(call goja.FunctionCall) goja.Value {
			return vm.stat(arg(call, 0), posix.Lstat)
		}},
		{"utimes", 3, func(call goja.FunctionCall) goja.Value {
			return vm.result(posix.Utimes(arg(call, 0), toInt64(call.Argument(1)), toInt64(call.Argument(2))))
		}},

		{"open", 2, vm.osOpen},
		{"close", 1, func(call goja.FunctionCall) goja.Value {
			return vm.result(posix.Close(toInt32(call.Argument(0))))
		}},
		{"seek", 3, vm.osSeek},
		{"read", 4, vm.osRead},
		{"write", 4, vm.osWrite},
		{"isatty", 1, func(call goja.FunctionCall) goja.Value {
			return vm.rt.ToValue(posix.IsTerminal(toInt32(call.Argument(0))))
		}},
		{"ttyGetWinSize", 1, func(call goja.FunctionCall) goja.Value {
			columns, rows, err := posix.TerminalSize(toInt32(call.Argument(0)))
			if err != nil {
				return goja.Null()
			}
			return vm.rt.NewArray(columns, rows)
		}},
		{"ttySetRaw", 1, vm.ttySetRaw},
		{"pipe", 0, func(goja.FunctionCall) goja.Value {
			read, write, err := posix.Pipe()
			if err != nil {
				return goja.Null()
			}
			return vm.rt.NewArray(read, write)
		}},
		{"dup", 1, func(call goja.FunctionCall) goja.Value {
			fd, err := posix.Dup(toInt32(call.Argument(0)))
			return vm.fdResult(fd, err)
		}},
		{"dup2", 2, func(call goja.FunctionCall) goja.Value {
			from, to := toInt32(call.Argument(0)), toInt32(call.Argument(1))
			return vm.fdResult(to, posix.Dup2(from, to))
		}},

		{"exec", 1, vm.exec},
		{"waitpid", 2, vm.waitpid},
		{"kill", 2, func(call goja.FunctionCall) goja.Value {
			return vm.result(posix.Kill(toInt32(call.Argument(0)), toInt32(call.Argument(1))))
		}},
		{"getpid", 0, func(goja.FunctionCall) goja.Value { return vm.rt.ToValue(posix.Getpid()) }},
	})
	vm.setInts(obj, osConstants)
	vm.setInts(obj, posix.Signals)
	rethrow(obj.Set("platform", posix.Platform))
	return obj
}

func realpath(path string) (string, error) {
	if path == "" {
		return "", posix.ENOENT
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// readdir returns [names, errno]; the names include "." and "..".
func (vm *VM) readdir(path string) goja.Value {
	dir, err := os.Open(path)
	if err != nil {
		return vm.resultPair(vm.rt.NewArray(), err)
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return vm.resultPair(vm.rt.NewArray(), err)
	}
	items := []any{".", ".."}
	for _, name := range names {
		items = append(items, name)
	}
	return vm.resultPair(vm.rt.NewArray(items...), nil)
}

func (vm *VM) stat(path string, call func(string) (posix.Status, error)) goja.Value {
	st, err := call(path)
	if err != nil {
		return vm.resultPair(goja.Null(), err)
	}
	obj := vm.rt.NewObject()
	for _, f := range []struct {
		name  string
		value int64
	}{
		{"dev", st.Device},
		{"ino", st.Inode},
		{"mode", st.Mode},
		{"nlink", st.Links},
		{"uid", st.User},
		{"gid", st.Group},
		{"rdev", st.Special},
		{"size", st.Size},
		{"blocks", st.Blocks},
		{"atime", st.Accessed},
		{"mtime", st.Modified},
		{"ctime", st.Changed},
	} {
		rethrow(obj.Set(f.name, f.value))
	}
	return vm.resultPair(obj, nil)
}
